"""Run one expression on the columns, with its arguments as constants, columns or computed values, and on Oxigraph."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyoxigraph as ox

from graph_app.columns.algebra.nodes import Call, Expression, Extend, Project
from graph_app.columns.algebra.parse import parse
from graph_app.columns.algebra.select import read_select
from graph_app.columns.algebra.translate import GroupReader
from graph_app.columns.declined import Declined
from graph_app.columns.expressions import udf
from graph_app.columns.expressions.functions.registry import apply
from graph_app.columns.expressions.operand import Literal, Operand, Parts, Scalar, constant_part
from graph_app.columns.kinds import BY_ORDINAL, Kind
from graph_app.columns.terms import XSD, Constant

PREFIXES = {"xsd": XSD, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
LETTERS = "kldginfbmz"
_TYPES = dict(
    zip(
        LETTERS,
        ("UTINYINT", *["VARCHAR"] * 3, "BIGINT", "DECIMAL(38,18)", "DOUBLE", "BOOLEAN", "TIMESTAMP", "SMALLINT"),
        strict=True,
    )
)
#: Every kind of term whose value is known.
KNOWN = Kind(sum(Kind)) & ~Kind.UNSURE
#: Arguments that have to be written out, by function.
_WRITTEN = {"REGEX": (1, 2), "REPLACE": (1, 2, 3), "STRDT": (1,), "STRLANG": (1,)}
_SCALARS = {
    Kind.IRI: "l",
    Kind.STRING: "l",
    Kind.BOOLEAN: "b",
    Kind.INTEGER: "i",
    Kind.DECIMAL: "n",
    Kind.DOUBLE: "f",
}

STORE = ox.Store()


def read_expression(text: str) -> Expression:
    """Read an expression with the reader of queries."""
    parsed = parse(f"SELECT ({text} AS ?r) WHERE {{}}", PREFIXES)
    pattern = read_select(parsed.tree, GroupReader(parsed.names))
    assert isinstance(pattern, Project)
    assert isinstance(pattern.pattern, Extend)
    return pattern.pattern.expression


@dataclass
class Bench:
    """A connection with the functions, and the columns that arguments are read from."""

    connection: duckdb.DuckDBPyConnection
    columns: list[str] = field(default_factory=list)

    def literal(self, term: Constant) -> Operand:
        return Literal(kinds=term.kind, nullable=False, term=term)

    def column(self, term: Constant) -> Operand:
        return self._parts(term, term.kind, nullable=False)

    def mixed(self, term: Constant) -> Operand:
        return self._parts(term, KNOWN | term.kind, nullable=True)

    def scalar(self, term: Constant) -> Operand:
        column = self.column(term)
        computed = term.datatype in {"", *(XSD + name for name in ("integer", "decimal", "double", "boolean"))}
        if term.kind not in _SCALARS or not computed:
            return column
        return Scalar(kinds=term.kind, sql=column.part(_SCALARS[term.kind]))

    def _parts(self, term: Constant, kinds: Kind, *, nullable: bool) -> Operand:
        number = len(self.columns)
        values = ", ".join(f"({typed(term, letter)}) AS {letter}{number}" for letter in LETTERS)
        self.columns.append(values)
        return Parts(kinds=kinds, nullable=nullable, parts=lambda letter: f"{letter}{number}")

    def select(self, operand: Operand) -> dict[str, Any]:
        """Return the parts of an operand in the one row that there is."""
        rows = ", ".join(self.columns) or "0 AS nothing"
        wanted = ", ".join(f"({operand.part(letter)}) AS {letter}" for letter in LETTERS)
        # The row is kept apart, so that columns are columns and no constants.
        sql = f"WITH t AS MATERIALIZED (SELECT {rows}) SELECT {wanted} FROM t"  # noqa: S608 - a test writes it
        try:
            ((*found,),) = self.connection.execute(sql).fetchall()
        except duckdb.InvalidInputException as error:
            raise Declined("a value is met that columns cannot work with") from error
        return dict(zip(LETTERS, found, strict=True))


def typed(term: Constant, letter: str) -> str:
    return f"({constant_part(term, letter)})::{_TYPES[letter]}"


MODES = ("literal", "column", "mixed", "scalar")


def build(
    expression: Expression, mode: Callable[[Constant], Operand], constant: Callable[[Constant], Operand]
) -> Operand:
    match expression:
        case Constant():
            return mode(expression)
        case Call(name, arguments):
            written = _WRITTEN.get(name, ())
            return apply(
                name,
                [
                    build(argument, constant if place in written else mode, constant)
                    for place, argument in enumerate(arguments)
                ],
            )
    raise AssertionError(expression)


@contextmanager
def connected() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config={"threads": 1})
    udf.register(connection)
    try:
        yield connection
    finally:
        connection.close()


def ours(connection: duckdb.DuckDBPyConnection, expression: Expression, mode: str) -> Constant | None:
    """Return what the columns make of an expression, after checking that the parts of the result belong together."""
    bench = Bench(connection)
    operand = build(expression, getattr(bench, mode), bench.literal)
    found = bench.select(operand)
    if found["k"] is None:
        assert operand.nullable, "a result that is never missing is missing"
        for letter in "inb":
            assert found[letter] is None, f"part {letter} of an error"
        return None
    kind = BY_ORDINAL[found["k"]]
    assert operand.kinds & kind, f"{kind!r} is not among {operand.kinds!r}"
    term = Constant(kind, found["l"], found["d"], found["g"])
    if kind not in {Kind.UNSURE, Kind.OTHER}:
        _check_values(connection, kind, term, found)
    return term


def _check_values(connection: duckdb.DuckDBPyConnection, kind: Kind, term: Constant, found: dict[str, Any]) -> None:
    if kind & (Kind.IRI | Kind.BLANK):
        assert (term.datatype, term.language) == ("", "")
        return
    if kind in {Kind.STRING, Kind.LANG}:
        assert term.datatype == ""
        assert bool(term.language) == (kind is Kind.LANG)
        return
    again = Constant.literal(term.lex, term.datatype)
    assert again.kind is kind
    letters = {
        Kind.INTEGER: "inf",
        Kind.DECIMAL: "nf",
        Kind.FLOAT: "f",
        Kind.DOUBLE: "f",
        Kind.BOOLEAN: "b",
        Kind.DATETIME: "mz",
        Kind.DATE: "m",
    }.get(kind, "")
    for letter in letters:
        row = connection.execute(f"SELECT {typed(again, letter)}").fetchone()
        assert row is not None
        assert repr(row[0]) == repr(found[letter]), f"part {letter} of {term}"


def normal(term: Constant | None) -> str | None:
    """Write a term as Oxigraph does, which rewrites numbers and dates."""
    if term is None:
        return None
    if term.kind is Kind.IRI:
        return str(ox.NamedNode(term.lex))
    if term.language:
        return str(ox.Literal(term.lex, language=term.language))
    literal = ox.Literal(term.lex, datatype=ox.NamedNode(term.datatype or XSD + "string"))
    return str(next(iter(STORE.query(f"SELECT (COALESCE({literal}) AS ?r) {{}}")))["r"])


def theirs(text: str) -> str | None:
    prefixes = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    found = next(iter(STORE.query(f"{prefixes} SELECT ({text} AS ?r) {{}}")))["r"]
    return None if found is None else str(found)


def spelt(expression: Expression) -> str:
    """Write an expression as SPARQL."""
    match expression:
        case Constant(Kind.IRI, lex):
            return f"<{lex}>"
        case Constant(_, lex, datatype, language):
            if language:
                return str(ox.Literal(lex, language=language))
            return str(ox.Literal(lex, datatype=ox.NamedNode(datatype or XSD + "string")))
        case Call(name, (left, right)) if name in {"+", "-", "*", "/"}:
            return f"({spelt(left)} {name} {spelt(right)})"
        case Call(name, (only,)) if name.startswith("unary "):
            return f"({name[-1]} {spelt(only)})"
        case Call(name, arguments):
            called = f"<{name}>" if ":" in name else name
            return f"{called}({', '.join(spelt(argument) for argument in arguments)})"
    raise AssertionError(expression)
