"""Whether an answer is the one that a test of the suite expects."""

import csv
import re

import pyoxigraph as ox

from graph_app.columns.engine import ColumnAnswer
from tests.acceptance.w3c.compare import same_results
from tests.graph_app.columns.rows import Row, Rows, cell, graph, rows
from tests.graph_app.columns.w3c.suite import Case, read_text

__all__ = ["fault"]

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_FORMATS = {
    "srx": ox.QueryResultsFormat.XML,
    "srj": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}
#: The variables that the rows of the whole query are sorted by; the suite sorts by nothing else.
_SORTED = re.compile(r"\bORDER\s+BY((\s+\?\w+)+)\s*$")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def fault(case: Case, answer: ColumnAnswer) -> str:
    """Say what is wrong with an answer, or nothing."""
    ending = case.result.rpartition(".")[2]
    if answer.kind == "triples":
        given = graph(quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES))
        return "" if given == _triples(case.result) else f"triples {sorted(given)}"
    if ending == "csv":
        return _faults_of_csv(answer, read_text(case.result).decode())
    expected = _described(case.result) if ending == "ttl" else _read(case.result, ending)
    if isinstance(expected, bool) or answer.kind == "truth":
        return "" if expected is (answer.body == b"true") else f"{answer.body.decode()}, not {expected}"
    return _differences(case, rows(answer.body), expected)


def _differences(case: Case, given: Rows, expected: Rows) -> str:
    found = same_results(given, expected, ordered=False)
    keys = _SORTED.search(read_text(case.query).decode())
    if found or keys is None:
        return found
    places = [[side[0].index(key.strip("? ")) for key in keys[1].split()] for side in (given, expected)]
    ordered = [
        [tuple(row[place] for place in chosen) for row in side[1]]
        for side, chosen in zip((given, expected), places, strict=True)
    ]
    columns = tuple(keys[1].split())
    return same_results((columns, ordered[0]), (columns, ordered[1]), ordered=True)


def _read(iri: str, ending: str) -> Rows | bool:
    found = ox.parse_query_results(read_text(iri), format=_FORMATS[ending])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(cell(row[column]) for column in columns) for row in found]


def _described(iri: str) -> Rows:
    """Read rows described in Turtle."""
    known: dict[object, dict[str, list[object]]] = {}
    for quad in ox.parse(read_text(iri), format=ox.RdfFormat.TURTLE, base_iri=iri):
        local = quad.predicate.value.removeprefix(_RS)
        known.setdefault(quad.subject, {}).setdefault(local, []).append(quad.object)
    (root,) = (properties for properties in known.values() if "resultVariable" in properties)
    columns = tuple(str(name.value) for name in root["resultVariable"] if isinstance(name, ox.Literal))
    found: list[Row] = []
    for solution in root.get("solution", ()):
        cells = [known[binding] for binding in known[solution].get("binding", ())]
        bound = {str(one["variable"][0].value): cell(one["value"][0]) for one in cells}
        found.append(tuple(bound.get(column) for column in columns))
    return columns, found


def _triples(iri: str) -> frozenset[str]:
    form = ox.RdfFormat.from_extension(iri.rpartition(".")[2])
    return graph(quad.triple for quad in ox.parse(read_text(iri), format=form, base_iri=iri))


def _faults_of_csv(answer: ColumnAnswer, expected: str) -> str:
    """Compare with a table that knows no kinds of terms."""
    head, *body = csv.reader(expected.splitlines(keepends=True))
    found = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    columns = tuple(variable.value for variable in found.variables)
    given = [tuple(_plain(row[column]) for column in columns) for row in found]
    return same_results((columns, given), (tuple(head), [tuple(map(_told, row)) for row in body]), ordered=False)


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> object:
    return term if isinstance(term, ox.BlankNode) else _told("" if term is None else term.value)


def _told(text: str) -> object:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return float(text) if _NUMBER.fullmatch(text) else text
