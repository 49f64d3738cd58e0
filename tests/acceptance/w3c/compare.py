"""Compare results as the suite means it: rows in any order but as often, blank nodes by their place, graphs likewise.

Numbers and truth values of one datatype are equal where their values are: the store keeps ``1.0E6`` as ``1E6``, and
the truth value ``0`` as ``false``.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.compare import isomorphic

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

Row = tuple[object, ...]
Result = tuple[tuple[str, ...], list[Row]] | bool

_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def read(body: bytes, form: str) -> Result:
    """Read a result set in the format of a media type or a file's ending."""
    if form in {".csv", "text/csv"}:
        head, *rows = csv.reader(body.decode().splitlines(keepends=True))
        return tuple(head), [tuple(map(_cell, row)) for row in rows]
    found = ox.parse_query_results(body, format=_FORMATS[form])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(_value(row[column]) for column in columns) for row in found]


def same_results(given: Result, expected: Result, *, ordered: bool) -> str:
    """Say how two results differ, or nothing where they are the same."""
    if isinstance(given, bool) or isinstance(expected, bool):
        return "" if given is expected else f"{given}, not {expected}"
    if set(given[0]) != set(expected[0]):
        return f"columns {given[0]}, not {expected[0]}"
    places = [given[0].index(column) for column in expected[0]]
    rows = [tuple(row[place] for place in places) for row in given[1]]
    if len(rows) != len(expected[1]):
        return f"{len(rows)} rows, not {len(expected[1])}"
    same = _match_in_order(rows, expected[1]) if ordered else _match(rows, expected[1])
    return "" if same else f"rows {rows[:5]}, not {expected[1][:5]}"


def same_graphs(turtle: bytes, expected: Path) -> str:
    """Say how two graphs differ, or nothing where they are the same."""
    given = Graph().parse(data=turtle, format="turtle")
    wanted = Graph().parse(expected, publicID=expected.as_uri())
    return "" if isomorphic(given, wanted) else f"{len(given)} triples, not the {len(wanted)} of {expected.name}"


def is_result_set(path: Path) -> bool:
    """Whether a Turtle file describes a result set."""
    return (None, RDF.type, RS.ResultSet) in Graph().parse(path)


def read_described(path: Path) -> Result:
    """Read a result set described in Turtle."""
    graph = Graph().parse(path, publicID=path.as_uri())
    root = graph.value(None, RDF.type, RS.ResultSet)
    truth = graph.value(root, RS.boolean)
    if isinstance(truth, Literal):
        return bool(truth.value)
    columns = tuple(map(str, graph.objects(root, RS.resultVariable)))
    rows = []
    for solution in graph.objects(root, RS.solution):
        bound = {str(graph.value(cell, RS.variable)): cell for cell in graph.objects(solution, RS.binding)}
        terms = {name: graph.value(cell, RS.value) for name, cell in bound.items()}
        text = {name: term.n3() for name, term in terms.items() if term is not None}
        rows.append(tuple(_value(_parse(text[name])) if name in text else None for name in columns))
    return columns, rows


def _parse(n3: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    (quad,) = ox.parse(f"<urn:s> <urn:p> {n3} .", format=ox.RdfFormat.TURTLE)
    return quad.object


def _value(term: object) -> object:
    if isinstance(term, ox.Literal) and term.datatype == _BOOLEAN:
        return term.value in {"true", "1"}, term.datatype.value
    if isinstance(term, ox.Literal) and _NUMBER.fullmatch(term.value) and not term.language:
        datatype = term.datatype.value
        if datatype.startswith("http://www.w3.org/2001/XMLSchema#") and not datatype.endswith(("string", "Binary")):
            return float(term.value), datatype
    return term


def _cell(text: str) -> object:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return float(text) if _NUMBER.fullmatch(text) else text


def _match(rows: Sequence[Row], expected: Sequence[Row]) -> bool:
    fixed, wanted = (Counter(row for row in side if not _blank(row)) for side in (rows, expected))
    if fixed != wanted:
        return False
    return _pair([row for row in rows if _blank(row)], [row for row in expected if _blank(row)], {})


def _match_in_order(rows: Sequence[Row], expected: Sequence[Row]) -> bool:
    names: dict[object, object] | None = {}
    for row, other in zip(rows, expected, strict=True):
        names = _unify(row, other, names) if names is not None else None
    return names is not None


def _pair(rows: list[Row], expected: list[Row], names: dict[object, object]) -> bool:
    if not rows:
        return True
    for place, other in enumerate(expected):
        more = _unify(rows[0], other, names)
        if more is not None and _pair(rows[1:], expected[:place] + expected[place + 1 :], more):
            return True
    return False


def _unify(row: Row, other: Row, names: dict[object, object]) -> dict[object, object] | None:
    names = dict(names)
    for mine, yours in zip(row, other, strict=True):
        if isinstance(mine, ox.BlankNode) and isinstance(yours, ox.BlankNode):
            if names.setdefault(mine, yours) != yours or list(names.values()).count(yours) > 1:
                return None
        elif mine != yours:
            return None
    return names


def _blank(row: Row) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in row)
