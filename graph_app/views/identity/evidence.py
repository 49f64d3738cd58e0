"""What the graph says of the two entities of a pair, made ready to be compared."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graph_app.components.evidence import Aspect
from graph_app.components.links import Outward, Reference
from graph_app.components.rows import Cell
from graph_app.components.texts import text
from graph_app.components.values import shown
from graph_app.questions.results import Table, Term
from graph_app.views.entity.identifiers import identifier_cells
from graph_app.views.reading import answer, references, settings
from loaders.vocabulary import DCT, FOAF, IG, SKOS

__all__ = ["aspects_of", "queries_of"]

_ORGANISATION = "organisation"
_NAMES = tuple(map(str, (SKOS.prefLabel, DCT.title, SKOS.altLabel)))
#: Properties that tell who an organisation or project is, in the order in which they are shown.
_TELLING = tuple(
    map(
        str,
        (
            IG.acronym,
            IG.seat,
            IG.organisationType,
            IG.partOf,
            IG.startDate,
            IG.endDate,
            IG.status,
            IG.country,
            IG.continues,
            FOAF.homepage,
        ),
    )
)
#: Kind to the query on who takes part in what, and its column that leads there.
_TIES: Mapping[str, tuple[str, str]] = {
    _ORGANISATION: ("organisation-participations", "project"),
    "project": ("project-participations", _ORGANISATION),
}


def aspects_of(kind: str, left: str, right: str) -> list[Aspect]:
    """Return what is known of two entities, aspect by aspect.

    :param kind: ``organisation`` or ``project``.
    :param left: IRI of the first.
    :param right: of the second.
    """
    both = (left, right)
    facts = tuple(_facts(iri) for iri in both)
    named = references(
        {*_TELLING, *(term.value for told in facts for terms in told.values() for term in terms if term.kind == "iri")}
    )
    aspects = [Aspect(text("who.address"), *([iri.removeprefix(settings().base)] for iri in both))]
    aspects.append(Aspect(text("who.names"), *(_names(told) for told in facts)))
    aspects.append(Aspect(text("section.identifiers"), *(_identifiers(iri) for iri in both)))
    for key in _TELLING:
        values = [
            [named[one.value] if one.kind == "iri" else shown(one) for one in told.get(key, ())] for told in facts
        ]
        label = named[key].label
        aspects.append(Aspect(label[:1].upper() + label[1:], *values))
    aspects.append(Aspect(text("who.datasets"), *(_column("sources", "dataset", iri) for iri in both)))
    return aspects + _ties(kind, left, right)


def queries_of(kind: str) -> Sequence[str]:
    """Return the names of the queries that tell of each entity of a pair.

    :param kind: ``organisation`` or ``project``.
    """
    return ("facts", "identifiers", "sources", _TIES[kind][0])


def _facts(iri: str) -> Mapping[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for row in answer("facts", iri=iri):
        found.setdefault(row["property"].value, []).append(row["value"])
    return found


def _names(told: Mapping[str, list[Term]]) -> list[Cell]:
    return [
        f"{term.value} ({term.language})" if term.language else term.value
        for key in _NAMES
        for term in told.get(key, ())
    ]


def _identifiers(iri: str) -> list[Cell]:
    rows = identifier_cells(answer("identifiers", iri=iri), iri)
    return [
        Outward(f"{scheme}: {code.label}", code.address) if isinstance(code, Outward) else f"{scheme}: {code}"
        for scheme, code in rows
    ]


def _ties(kind: str, left: str, right: str) -> list[Aspect]:
    query, column = _TIES[kind]
    tables = tuple(answer(query, iri=iri) for iri in (left, right))
    aspects = [
        Aspect(text("who.roles"), *(_roles(table) for table in tables)),
        Aspect(text(f"who.{column}s"), *(_distinct(table, column) for table in tables)),
    ]
    if kind == _ORGANISATION:
        shared = _column("shared-partners", "organisation", "", left=left, right=right)
        own = (_column("related-organisations", "organisation", iri) for iri in (left, right))
        aspects.append(
            Aspect(text("who.partners"), *([*shared, *(one for one in top if one not in shared)] for top in own))
        )
    return aspects


def _roles(table: Table) -> list[Cell]:
    counts = Counter(row["role"].value for row in table if "role" in row)
    named = references(counts)
    return [f"{named[role].label} ({count})" for role, count in counts.most_common()]


def _column(query: str, column: str, iri: str, **values: str) -> list[Cell]:
    return _distinct(answer(query, **(values or {"iri": iri})), column)


def _distinct(table: Table, column: str) -> list[Cell]:
    iris = dict.fromkeys(row[column].value for row in table if column in row)
    named = references(iris)
    found: list[Reference] = [named[iri] for iri in iris]
    return [*found]
