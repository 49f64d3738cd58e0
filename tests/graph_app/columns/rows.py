"""Answers as rows of cells that compare as the tests mean it: terms exactly, numbers by datatype and value."""

import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

import numpy as np
import pyoxigraph as ox

__all__ = ["Row", "Rows", "Term", "cell", "graph", "rows"]

Row = tuple[object, ...]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Rows = tuple[tuple[str, ...], list[Row]]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER, _DECIMAL = re.compile(r"[+-]?\d+"), re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_DOUBLE = re.compile(rf"{_DECIMAL.pattern}([eE][+-]?\d+)?|[+-]?INF|NaN")
_NOTHING = re.compile(r"(?!)")
#: Datatypes of exact numbers, and how these are written.
_EXACT = {f"{_XSD}decimal": _DECIMAL} | {
    _XSD + name: _INTEGER
    for name in (
        "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip


def rows(body: bytes, keep: Callable[[Term], Term] = lambda term: term) -> Rows:
    """Read SPARQL results in JSON.

    :param body: the results.
    :param keep: what to make of each term before.
    """
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return columns, [tuple(cell(keep(row[column])) for column in columns) for row in found]


def cell(term: Term) -> object:
    """Make a term comparable: blank nodes stay what they are, so that a comparison may tell them by their place."""
    if not isinstance(term, ox.Literal):
        return term
    text, datatype = term.value, term.datatype.value
    value: object = text
    if _EXACT.get(datatype, _NOTHING).fullmatch(text):
        value = Decimal(text)
    elif datatype in {f"{_XSD}double", f"{_XSD}float"} and _DOUBLE.fullmatch(text):
        number = float(text) if datatype.endswith("double") else _single(float(text))
        value = "NaN" if math.isnan(number) else number  # which is not equal to itself
    elif datatype == f"{_XSD}boolean" and text in {"true", "false", "1", "0"}:
        value = text in {"true", "1"}
    return value, datatype, term.language


def _single(number: float) -> float:
    return float(np.float32(number))


def graph(triples: Iterable[ox.Triple]) -> frozenset[str]:
    """Make triples comparable, blank nodes told by their place."""
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(str(quad.triple) for quad in dataset)
