"""Who could lead a consortium: who has led projects on a theme in the countries that it is for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

__all__ = ["COORDINATOR", "Lead", "Led", "leads"]

COORDINATOR = "https://w3id.org/integration-graph/role/coordinator"


@dataclass(frozen=True, slots=True)
class Led:
    """An organisation that leads a project, or carries it out, in a country.

    :param organisation: its IRI.
    :param project: IRI of the project.
    :param role: IRI of its role.
    :param country: IRI of the country, or empty where the project states none.
    :param end: last year of the project, or 0.
    """

    organisation: str
    project: str
    role: str
    country: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Lead:
    """An organisation that could lead.

    :param iri: its IRI.
    :param coordinated: IRIs of the projects that it has coordinated.
    :param carried_out: IRIs of those that it carried out, of which no source says that it led them.
    :param countries: the countries asked for in which these projects took place.
    :param last: last year of its projects, or 0 where no source states one.
    """

    iri: str
    coordinated: tuple[str, ...]
    carried_out: tuple[str, ...]
    countries: tuple[str, ...]
    last: int


def leads(work_led: Iterable[Led], countries: Collection[str] = ()) -> tuple[Lead, ...]:
    """Rank who could lead.

    :param work_led: who led what, on the theme.
    :param countries: the countries that the consortium is for; none for any.
    :returns: those known in most of the countries first, then who has coordinated most, carried out most, and latest.
    """
    wanted = frozenset(countries)
    rows: dict[str, list[Led]] = {}
    for led in work_led:
        if not wanted or led.country in wanted:
            rows.setdefault(led.organisation, []).append(led)
    found = []
    for organisation, own in rows.items():
        coordinated = {led.project for led in own if led.role == COORDINATOR}
        carried_out = {led.project for led in own} - coordinated
        places = {led.country for led in own if led.country}
        last = max(led.end for led in own)
        names = (tuple(sorted(coordinated)), tuple(sorted(carried_out)), tuple(sorted(places)))
        found.append(Lead(organisation, *names, last))
    return tuple(
        sorted(
            found,
            key=lambda lead: (
                -len(lead.countries) if wanted else 0,
                -len(lead.coordinated),
                -len(lead.carried_out),
                -lead.last,
                lead.iri,
            ),
        )
    )
