"""Terms of random graphs and queries, few enough to meet often, with every kind that compares in its own way.

Each is written as Oxigraph keeps it, which forgets ``1.50`` for ``1.5``: only so do both engines hold the same terms.
"""

import re
from functools import cache

import pyoxigraph as ox

from tests.graph_app.columns.rows import Term

__all__ = [
    "BLANKS",
    "CLASSES",
    "FAMILIES",
    "KINDS",
    "NODES",
    "PREDICATES",
    "PREFIXES",
    "TYPE",
    "XSD",
    "family",
    "kept",
    "shortened",
]

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"": "http://example.org/", "xsd": XSD}
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
NODES = tuple(f"<http://example.org/{name}>" for name in "abcdef")
BLANKS = ("_:one", "_:two")
CLASSES = ("<http://example.org/C>", "<http://example.org/D>")


@cache
def kept(term: Term) -> Term:
    """Return a term as Oxigraph keeps it."""
    if not isinstance(term, ox.Literal):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term))
    (quad,) = store
    return quad.object


def _typed(datatype: str, *forms: str) -> tuple[str, ...]:
    return tuple(str(kept(ox.Literal(form, datatype=ox.NamedNode(XSD + datatype)))) for form in forms)


#: Literals by the kind of value they have, the plainest first.
KINDS: dict[str, tuple[str, ...]] = {
    "integer": _typed("integer", "1", "2", "0", "3", "-1", "10", "42", "2020"),
    "decimal": _typed("decimal", "1.5", "1", "0.5", "-2.25", "0", "2", "1000000.01", "0.1"),
    # Sums of these are exact in any order.
    "double": _typed("double", "1.5", "1", "0", "-2.25", "2", "0.5", "1000"),
    "float": _typed("float", "1.5", "1", "0", "-0.5"),
    "odd number": (
        *_typed("double", "NaN", "INF", "-INF", "-0.0"),
        *_typed("float", "NaN", "INF"),
        *_typed("integer", "9223372036854775807", "-9223372036854775808", "9223372036854775808"),
        *_typed("integer", "100000000000000000000", "9007199254740993"),
        *_typed("decimal", "0.000000000000000001", "99999999999999999999.5"),
        *_typed("double", "9007199254740992"),
    ),
    "text": (
        '"a"', '"b"', '""', '"ab"', '"Abc"', '"1"', '"10"', '"true"', '"žluťoučký"', '"a.c"', '"2020-01-01"', '"😀x"',
        r'"a\"b\\c\n"', '"ß"', '"A B"', '"http://example.org/a"', '"en"',
    ),
    "tagged": ('"a"@en', '"a"@cs', '"b"@en', '"ab"@en-gb', '"Abc"@cs', '""@en', '"žluťoučký"@cs'),
    "boolean": _typed("boolean", "true", "false"),
    "date": _typed("date", "2020-01-01", "2020-01-02", "2019-12-31", "2020-02-29", "1969-07-20"),
    "dateTime": _typed(
        "dateTime", "2020-01-01T00:00:00", "2020-01-01T12:30:00", "2019-12-31T23:59:59", "2020-06-15T08:00:00.5"
    ),
    "zoned": _typed(
        "dateTime", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", "2020-01-01T12:30:00-05:00",
        "2019-12-31T23:59:59Z",
    ),
    "odd time": (
        *_typed("date", "2020-01-01Z", "2020-01-01+02:00", "-0044-03-15", "12020-01-01"),
        *_typed("gYear", "2020", "2019", "2020Z"),
        *_typed("gYearMonth", "2020-01", "2019-12"),
        *_typed("time", "12:00:00", "08:30:00Z"),
        *_typed("dayTimeDuration", "P1D", "PT1H"),
        *_typed("yearMonthDuration", "P1Y"),
        *_typed("duration", "P1Y2D"),
        *_typed("dateTime", "2020-01-01T00:00:00.123456789", "0000-01-01T00:00:00"),
        *_typed("gMonth", "--05"),
    ),
    "ill-typed": (
        *_typed("integer", "abc", "1.5", ""), *_typed("decimal", "1e3"), *_typed("double", "x"),
        *_typed("boolean", "yes"), *_typed("date", "2020-02-30", "2020-13-01"), *_typed("dateTime", "2020-01-01"),
    ),
    "unknown": ('"x"^^<http://example.org/dt>', '"y"^^<http://example.org/dt>', '"1"^^<http://example.org/other>'),
}  # fmt: skip

_NUMBERS = {"integer", "decimal", "double", "float", "odd number"}
#: Variables by what they mostly stand for, so that patterns join where something can meet.
FAMILIES = {
    "node": ("?x", "?y", "?z"),
    "number": ("?m", "?n"),
    "text": ("?s", "?t"),
    "other": ("?v", "?w"),
}

#: Predicates to the kinds of their objects in a well-kept graph; ``node`` and ``class`` stand for entities.
PREDICATES: dict[str, tuple[str, ...]] = {
    "<http://example.org/knows>": ("node",),
    "<http://example.org/part>": ("node",),
    TYPE: ("class",),
    "<http://example.org/label>": ("text", "tagged"),
    "<http://example.org/name>": ("text",),
    "<http://example.org/count>": ("integer",),
    "<http://example.org/amount>": ("decimal",),
    "<http://example.org/number>": ("integer", "decimal", "double", "float"),
    "<http://example.org/measure>": ("double",),
    "<http://example.org/date>": ("date",),
    "<http://example.org/time>": ("dateTime",),
    "<http://example.org/moment>": ("dateTime", "zoned", "date"),
    "<http://example.org/flag>": ("boolean",),
    "<http://example.org/any>": (*KINDS, "node"),
}


def family(term: str) -> str:
    """The family of variables that mostly stand for a term."""
    return _FAMILY.get(term, "node")


_FAMILY = {
    term: {"text": "text", "tagged": "text"}.get(kind, "number" if kind in _NUMBERS else "other")
    for kind, terms in KINDS.items()
    for term in terms
}


def shortened(text: str) -> str:
    """Write IRIs of a query by their prefixes."""
    return _LONG.sub(lambda found: f"{_SHORT[found[1]]}:{found[2]}", text)


_SHORT = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_LONG = re.compile(rf"<({'|'.join(map(re.escape, _SHORT))})(\w+)>")
