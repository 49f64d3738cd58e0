"""The organisations and projects of a release, read from it in parts."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from io import StringIO
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from graph_app.columns.declined import ColumnsError, Declined
from graph_app.columns.engine import ColumnStore
from graph_app.identity.described import Code, Described, code_of
from graph_app.identity.index import Entity
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed
from graph_app.questions.parameters import bind
from graph_app.questions.results import Term
from graph_app.releases.release import Release
from loaders.vocabulary import DCT, IG, SKOS, prefixes

__all__ = ["CLASSES", "read_entities"]

#: Kind to its class.
CLASSES: Mapping[str, str] = MappingProxyType({"organisation": str(IG.Organisation), "project": str(IG.Project)})

_TITLES = frozenset(map(str, (SKOS.prefLabel, SKOS.altLabel, DCT.title)))
_WHOLES = frozenset(map(str, (IG.partOf, DCT.isPartOf, IG.continues)))
_CODES = frozenset(map(str, (IG.identifier, DCT.identifier)))
_ACRONYM, _SEAT, _START, _END = map(str, (IG.acronym, IG.seat, IG.startDate, IG.endDate))

#: Sorts before every IRI.
_BEFORE_ALL = "!"
_CSV = "text/csv"
#: Rows of one part.
_PART = 20_000

#: Entity, property, value and register.
_Row = tuple[str, ...]


def read_entities(engine: Engine, kind: str) -> Iterator[Entity]:
    """Read all entities of a kind: from the columns of the release at once, else from its engine in parts.

    :param engine: the engine on the release.
    :param kind: ``organisation`` or ``project``.
    :raises QueryError: if there is no answer.
    """
    rows = _from_columns(engine.release, kind) if engine.release.columns.is_dir() else _in_parts(engine, kind)
    for iri, said in groupby(rows, itemgetter(0)):
        yield Entity(iri, _described(kind, said))


def _from_columns(release: Release, kind: str) -> Iterable[_Row]:
    try:
        with closing(ColumnStore.open(release.columns)) as columns:
            found = columns.arrays(_query(kind, _BEFORE_ALL), prefixes=prefixes())
    except (ColumnsError, Declined, MemoryError) as error:
        raise QueryFailed(f"The columns of release {release.version} do not tell its names: {error}") from error
    terms = dict(zip(found.terms["code"].to_pylist(), found.terms["lex"].to_pylist(), strict=True))
    codes = (column.to_pylist() for column in found.codes.columns)
    return zip(*([terms.get(code, "") for code in column] for column in codes), strict=True)


def _in_parts(engine: Engine, kind: str) -> Iterator[_Row]:
    after = _BEFORE_ALL
    while True:
        answer = engine.respond(_query(kind, after), media=_CSV, row_limit=_PART)
        rows = list(csv.reader(StringIO(answer.body.decode())))[1:]
        if answer.truncated:
            # The last entity is perhaps cut in the middle; the next part begins with it.
            rows = [row for row in rows if row[0] != rows[-1][0]]
        if answer.truncated and not rows:
            raise QueryFailed(f"What the graph says of one {kind} is more than one answer holds: {answer.notice}")
        for row in rows:
            yield tuple(row)
        if not answer.truncated:
            return
        after = rows[-1][0]


def _query(kind: str, after: str) -> str:
    given = {"class": [Term("iri", CLASSES[kind])], "after": [Term("literal", after)]}
    return bind(view("named-entities").text, given)


def _described(kind: str, rows: Iterable[_Row]) -> Described:
    said: dict[str, list[str]] = {}
    codes: list[Code | None] = []
    for _, written, value, scheme in rows:
        said.setdefault(written, []).append(value)
        if written in _CODES:
            codes.append(code_of(scheme, value))
    seats = said.get(_SEAT, [""])
    return Described(
        kind,
        tuple(sorted({text for name in _TITLES for text in said.get(name, ())})),
        tuple(sorted(said.get(_ACRONYM, ()))),
        # One that is said to have its seat in two countries is not told from others by it.
        seats[0].rsplit("/", 1)[-1] if len(set(seats)) == 1 else "",
        frozenset(code for code in codes if code is not None),
        min(said.get(_START, [""])),
        max(said.get(_END, [""])),
        frozenset(iri for name in _WHOLES for iri in said.get(name, ())),
    )
