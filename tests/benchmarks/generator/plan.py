"""Who does what with whom in the generated graph, as columns of numbers; nothing here is text yet."""

from dataclasses import dataclass

import numpy as np

from loaders.schemes import scheme
from tests.benchmarks.generator.draw import Ints, Source, cumulative
from tests.benchmarks.generator.words import COUNTRIES, DONOR_KINDS, MOTTOS, ORGANISATION_KINDS, SENTENCES, TOWNS

__all__ = ["FIRST_YEAR", "PROGRAMMES_A_DONOR", "Plan", "make_plan"]

FIRST_YEAR = 2004
PROGRAMMES_A_DONOR = 3

#: Share of projects with 2, 3, … 12 participants; 4.7 on average.
_SIZES = [0.20, 0.18, 0.17, 0.14, 0.10, 0.07, 0.05, 0.035, 0.025, 0.018, 0.012]
#: Zipf-Mandelbrot with exponent 1: the weight of rank r is 1 / (r + this). With 30,000 organisations the largest takes
#: part in about 4 % of all projects.
_FLATTENING = 14
#: Share of participants that come from the organisations of the project's own field.
_OF_THE_FIELD = 0.7
_ORGANISATIONS_A_PROJECT = 0.3
#: Evenly spaced quantiles of the first month, counted from January of the first year, and of lengths in months.
_STARTS = [0, 48, 84, 108, 126, 144, 162, 180, 198, 216, 234, 252, 270]
_LENGTHS = [4, 10, 12, 12, 18, 24, 24, 30, 36, 36, 48, 60]
#: Quantiles of awards in euros.
_AWARDS = [2_000, 15_000, 40_000, 80_000, 150_000, 250_000, 400_000, 700_000, 1_200_000, 2_500_000, 6_000_000]
#: Partner, associated partner, implementing organisation, affiliated entity; the coordinator is told apart before.
_ROLES = [0.72, 0.14, 0.10, 0.04]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The columns. Organisations, projects and so on are numbers from 0.

    :param seed: what it was made from.
    :param projects: number of projects.
    :param kind: kind of each organisation, those of donors after those of others.
    :param town: number of its town.
    :param seat: number of its country.
    :param code: its number in a register, or 0.
    :param website: whether it has one.
    :param donors: organisations that give money, largest first; each has programmes of its own.
    :param field: theme of each project.
    :param second_theme: further theme, the same where there is none.
    :param group: target group.
    :param second_group: further target group, the same where there is none.
    :param motto: first words of its title.
    :param sentences: three sentences of its description, a row each.
    :param people: number of people in its description.
    :param start: first month, counted from January of the first year.
    :param length: months.
    :param precision: 0 where dates are days, 1 for months, 2 for years.
    :param fate: number from 0 to 99 that decides on unusual statuses.
    :param offsets: participations of project p are those from ``offsets[p]`` up to ``offsets[p + 1]``, left out.
    :param participant: organisation of each participation, rising within a project.
    :param role: 0 for the coordinator, then partner, associated partner, implementing organisation, affiliated entity.
    :param coordinator: organisation that coordinates each project.
    :param grants: grants of each project, 1 or 2.
    :param donor: place among the donors, a row for each of the two grants.
    :param programme: number of the programme among the donor's own, likewise.
    :param cents: award in hundredths of a euro, likewise.
    :param total: whether the total cost is told beside the award, likewise.
    """

    seed: int
    projects: int
    kind: Ints
    town: Ints
    seat: Ints
    code: Ints
    website: Ints
    donors: Ints
    field: Ints
    second_theme: Ints
    group: Ints
    second_group: Ints
    motto: Ints
    sentences: Ints
    people: Ints
    start: Ints
    length: Ints
    precision: Ints
    fate: Ints
    offsets: Ints
    participant: Ints
    role: Ints
    coordinator: Ints
    grants: Ints
    donor: Ints
    programme: Ints
    cents: Ints
    total: Ints

    @property
    def organisations(self) -> int:
        """Number of organisations."""
        return len(self.kind)

    def busiest(self) -> Ints:
        """Return the organisations, the one that takes part in most projects first."""
        return np.argsort(-np.bincount(self.participant, minlength=self.organisations), kind="stable")


def make_plan(projects: int, seed: int = 1) -> Plan:
    """Decide on everything.

    :param projects: number of projects, one or more.
    :param seed: the same seed gives the same plan on every machine.
    """
    source = Source(seed)
    organisations = max(20, round(projects * _ORGANISATIONS_A_PROJECT))
    donors = source.shuffled(organisations)[: max(5, organisations // 100)]
    kind = source.chosen(cumulative([row[1] for row in ORGANISATION_KINDS]), organisations)
    kind[donors] = len(ORGANISATION_KINDS) + np.arange(len(donors)) % len(DONOR_KINDS)
    codes = (np.arange(1, organisations + 1) * 7_654_321) % 99_999_989
    towns = int(np.prod([len(part) for part in TOWNS]))
    themes, groups = len(scheme("themes").concepts), len(scheme("target-groups").concepts)
    common_groups = cumulative(1.0 / (source.shuffled(groups) + 3.0))
    field = source.below(themes, projects)
    group = source.chosen(common_groups, projects)
    offsets, participant, role, coordinator = _participations(source, organisations, field)
    donor = source.chosen(cumulative(1.0 / (np.arange(len(donors)) + 2.0)), projects * 2).reshape(2, projects)
    # A donor does not pay itself: the next one does.
    donor = np.where(donors[donor] == coordinator, (donor + 1) % len(donors), donor)
    return Plan(
        seed=seed,
        projects=projects,
        kind=kind,
        town=source.below(towns, organisations),
        seat=source.chosen(cumulative([weight for _, weight in COUNTRIES]), organisations),
        code=np.where(source.uniform(organisations) < 0.6, codes, 0),
        website=source.below(5, organisations) // 2,
        donors=donors,
        field=field,
        second_theme=np.where(source.uniform(projects) < 0.45, source.below(themes, projects), field),
        group=group,
        second_group=np.where(source.uniform(projects) < 0.6, source.chosen(common_groups, projects), group),
        motto=source.below(len(MOTTOS), projects),
        sentences=source.below(len(SENTENCES), projects * 3).reshape(3, projects),
        people=source.below(480, projects) + 20,
        start=source.between(_STARTS, projects).astype(np.int64),
        length=source.between(_LENGTHS, projects).astype(np.int64),
        precision=source.chosen(cumulative([0.8, 0.12, 0.08]), projects),
        fate=source.below(100, projects),
        offsets=offsets,
        participant=participant,
        role=role,
        coordinator=coordinator,
        grants=1 + source.below(8, projects) // 7,
        donor=donor,
        programme=source.below(PROGRAMMES_A_DONOR, projects * 2).reshape(2, projects),
        cents=(source.between(_AWARDS, projects * 2) * 100).astype(np.int64).reshape(2, projects),
        total=source.below(5, projects * 2).reshape(2, projects) // 4,
    )


def _participations(source: Source, organisations: int, field: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Draw the participants of each project, most of them from its own field, none twice."""
    sizes = 2 + source.chosen(cumulative(_SIZES), len(field))
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    project = np.repeat(np.arange(len(field)), sizes)
    fields = min(int(field.max()) + 1, max(1, organisations // 20))
    # Ranks are dealt to fields like cards, so that each field has its large and its small organisations.
    ranks = np.argsort(np.arange(organisations) % fields, kind="stable")
    sums = cumulative(1.0 / (ranks + 1.0 + _FLATTENING))
    bounds = np.searchsorted(np.sort(np.arange(organisations) % fields), np.arange(fields + 1))
    edges = np.concatenate(([0.0], sums))[bounds]
    own = field[project] % fields
    narrow = source.uniform(len(project)) < _OF_THE_FIELD
    places = source.uniform(len(project))
    places = np.where(narrow, edges[own] + places * (edges[own + 1] - edges[own]), places)
    chosen = np.minimum(np.searchsorted(sums, places, side="right"), organisations - 1)
    first = np.zeros(len(project), dtype=bool)
    first[offsets[:-1]] = True
    while True:
        order = np.lexsort((~first, chosen, project))
        again = np.zeros(len(project), dtype=bool)
        again[order[1:]] = (project[order[1:]] == project[order[:-1]]) & (chosen[order[1:]] == chosen[order[:-1]])
        if not again.any():
            break
        chosen[again] = source.chosen(sums, int(again.sum()))
    names = source.shuffled(organisations)
    participant = names[ranks[chosen]]
    role = np.where(first, 0, 1 + source.chosen(cumulative(_ROLES), len(project)))
    order = np.lexsort((participant, project))
    return offsets, participant[order], role[order], participant[offsets[:-1]]
