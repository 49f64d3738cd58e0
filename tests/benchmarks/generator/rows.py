"""The plan as rows of text: what every writer writes, whatever its format."""

from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from loaders.schemes import scheme
from tests.benchmarks.generator.plan import FIRST_YEAR, PROGRAMMES_A_DONOR, Plan
from tests.benchmarks.generator.words import COUNTRIES, DONOR_KINDS, MOTTOS, ORGANISATION_KINDS, SENTENCES, TOWNS

__all__ = [
    "Amount",
    "Grant",
    "Organisation",
    "Participation",
    "Programme",
    "Project",
    "grants",
    "organisation_id",
    "organisations",
    "participations",
    "programmes",
    "project_id",
    "projects",
]

_CHUNK = 10_000
_ROLES = ("coordinator", "partner", "associated-partner", "implementing-organisation", "affiliated-entity")
#: Currency of awards by the coordinator's country, and how many of it a euro is; the rest is in euros.
_CURRENCIES = {"CZE": ("CZK", 25), "POL": ("PLN", 4), "SWE": ("SEK", 11)}
#: The month as of which projects are finished or still running, counted like the months of the plan.
_AS_OF = (2026 - FIRST_YEAR) * 12 + 5


class Organisation(NamedTuple):
    """One organisation; the register is empty where it has no code."""

    id: str
    name_en: str
    name_cs: str
    type: str
    seat: str
    website: str
    register: str
    code: str


class Programme(NamedTuple):
    """One programme; the first of a donor is the fund that the others are part of."""

    id: str
    name_en: str
    name_cs: str
    part_of: str
    donor: str


class Project(NamedTuple):
    """One project."""

    id: str
    title_en: str
    title_cs: str
    description_en: str
    description_cs: str
    start: str
    end: str
    status: str
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    themes: tuple[str, ...]


class Participation(NamedTuple):
    """One participation; sorted by project and organisation."""

    project: str
    organisation: str
    role: str


class Amount(NamedTuple):
    """One amount of a grant."""

    value: str
    currency: str
    kind: str


class Grant(NamedTuple):
    """One grant with its amounts."""

    id: str
    project: str
    donor: str
    programme: str
    recipient: str
    number: str
    amounts: tuple[Amount, ...]


def organisation_id(number: int) -> str:
    """Return the id of an organisation of the plan."""
    return f"o{number + 1:07d}"


def project_id(number: int) -> str:
    """Return the id of a project of the plan."""
    return f"p{number + 1:07d}"


def organisations(plan: Plan) -> Iterator[Organisation]:
    """Yield all organisations by id."""
    kinds = [(kind, english, czech) for kind, _, english, czech in ORGANISATION_KINDS] + list(DONOR_KINDS)
    seats = [code for code, _ in COUNTRIES]
    columns = zip(
        *(column.tolist() for column in (plan.kind, plan.town, plan.seat, plan.code, plan.website)), strict=True
    )
    for number, (kind, town, seat, code, website) in enumerate(columns):
        name, country = _town(town), seats[seat]
        identifier = organisation_id(number)
        register = ("CZ-ICO" if country == "CZE" else "XI-PIC") if code else ""
        yield Organisation(
            identifier,
            kinds[kind][1].format(name),
            kinds[kind][2].format(name),
            kinds[kind][0],
            country,
            f"https://www.{identifier}.example/" if website else "",
            register,
            f"{code:08d}" if code else "",
        )


def programmes(plan: Plan) -> Iterator[Programme]:
    """Yield all programmes by id."""
    names = (
        ("Integration Fund", "Integrační fond"),
        ("Local Partnerships", "Místní partnerství"),
        ("Skills", "Dovednosti"),
    )
    for place, donor in enumerate(plan.donors.tolist()):
        town = _town(int(plan.town[donor]))
        for number in range(PROGRAMMES_A_DONOR):
            english, czech = names[number]
            parent = _programme_id(place, 0) if number else ""
            yield Programme(
                _programme_id(place, number), f"{town} {english}", f"{czech} {town}", parent, organisation_id(donor)
            )


def projects(plan: Plan) -> Iterator[Project]:
    """Yield all projects by id."""
    themes = [(concept.key, concept.label("en"), concept.label("cs")) for concept in scheme("themes").concepts]
    groups = [(concept.key, concept.label("en"), concept.label("cs")) for concept in scheme("target-groups").concepts]
    seats = [code for code, _ in COUNTRIES]
    for first in range(0, plan.projects, _CHUNK):
        part = slice(first, first + _CHUNK)
        one, two, three = plan.sentences[:, part].tolist()
        # The coordinator's country, and that of the first participant by id.
        leads = plan.seat[plan.coordinator[part]].tolist()
        others = plan.seat[plan.participant[plan.offsets[:-1][part]]].tolist()
        columns = zip(
            *(
                column[part].tolist()
                for column in (
                    plan.field, plan.second_theme, plan.group, plan.second_group, plan.motto, plan.people,
                    plan.start, plan.length, plan.precision, plan.fate,
                )
            ),
            one, two, three, leads, others, strict=True,
        )  # fmt: skip
        for number, row in enumerate(columns, start=first):
            theme, theme_2, group, group_2, motto, people, start, length, precision, fate, a, b, c, lead, other = row
            begin, end = _dates(start, length, precision)
            motto_en, motto_cs = MOTTOS[motto]
            year = FIRST_YEAR + start // 12
            yield Project(
                project_id(number),
                f"{motto_en} {year}: {themes[theme][1]} for {groups[group][1]}",
                f"{motto_cs} {year}: {themes[theme][2]}, {groups[group][2]}",
                f"The project reaches {people} people. {SENTENCES[a][0]} {SENTENCES[b][0]} {SENTENCES[c][0]}",
                f"Projekt osloví {people} lidí. {SENTENCES[a][1]} {SENTENCES[b][1]} {SENTENCES[c][1]}",
                begin,
                end,
                _status(start, start + length, fate),
                tuple(sorted({seats[lead], seats[other]})),
                tuple(sorted({groups[group][0], groups[group_2][0]})),
                tuple(sorted({themes[theme][0], themes[theme_2][0]})),
            )


def participations(plan: Plan) -> Iterator[Participation]:
    """Yield all participations by project and organisation."""
    for first in range(0, plan.projects, _CHUNK):
        last = min(first + _CHUNK, plan.projects)
        part = slice(plan.offsets[first], plan.offsets[last])
        sizes = (plan.offsets[first + 1 : last + 1] - plan.offsets[first:last]).tolist()
        rows = zip(plan.participant[part].tolist(), plan.role[part].tolist(), strict=True)
        for number, size in enumerate(sizes, start=first):
            project = project_id(number)
            for _ in range(size):
                organisation, role = next(rows)
                yield Participation(project, f"o{organisation + 1:07d}", _ROLES[role])


def grants(plan: Plan) -> Iterator[Grant]:
    """Yield all grants by project."""
    seats = [code for code, _ in COUNTRIES]
    donors = plan.donors.tolist()
    for first in range(0, plan.projects, _CHUNK):
        part = slice(first, first + _CHUNK)
        given = [
            [column[which, part].tolist() for column in (plan.donor, plan.programme, plan.cents, plan.total)]
            for which in (0, 1)
        ]
        columns = zip(
            plan.grants[part].tolist(), plan.coordinator[part].tolist(), plan.start[part].tolist(), strict=True
        )
        countries = plan.seat[plan.coordinator[part]].tolist()
        for at, (count, recipient, start) in enumerate(columns):
            currency, rate = _CURRENCIES.get(seats[countries[at]], ("EUR", 1))
            for which in range(count):
                donor, programme, cents, total = (column[at] for column in given[which])
                number = first + at
                amounts = [Amount(_money(cents * rate), currency, "awarded")]
                if total:
                    amounts.append(Amount(_money(cents * rate * 100 // 85), currency, "total-cost"))
                yield Grant(
                    f"g{number + 1:07d}-{which + 1}",
                    project_id(number),
                    organisation_id(donors[donor]),
                    _programme_id(donor, programme),
                    organisation_id(recipient),
                    f"{donor + 1:03d}.{programme + 1}/{FIRST_YEAR + start // 12}/{number + 1:06d}",
                    tuple(sorted(amounts)),
                )


def _programme_id(place: int, number: int) -> str:
    return f"f{place + 1:05d}-{number + 1}"


def _town(number: int) -> str:
    starts, middles, ends = TOWNS
    number, end = divmod(number, len(ends))
    start, middle = divmod(number, len(middles))
    return f"{starts[start]}{middles[middle]}{ends[end]}"


def _dates(start: int, length: int, precision: int) -> tuple[str, str]:
    year, month = FIRST_YEAR + start // 12, start % 12 + 1
    last = start + length - 1
    end_year, end_month = FIRST_YEAR + last // 12, last % 12 + 1
    if precision == 2:
        return str(year), str(end_year)
    if precision == 1:
        return f"{year}-{month:02d}", f"{end_year}-{end_month:02d}"
    return f"{year}-{month:02d}-01", f"{end_year}-{end_month:02d}-{monthrange(end_year, end_month)[1]}"


def _status(start: int, end: int, fate: int) -> str:
    if end <= _AS_OF:
        return "cancelled" if fate < 2 else "finished"
    if start > _AS_OF:
        return "planned"
    return "suspended" if fate < 1 else "running"


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
