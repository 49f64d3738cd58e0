"""Answers: a table, triples or a truth value, with whether anything was cut off and which release gave them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Answer", "Table", "Term", "Triples", "Truth", "read_table"]

XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    XSD + name
    for sign in ("nonNegative", "nonPositive", "positive", "negative")
    for name in ("integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", f"{sign}Integer")
)

_NOTICES = {
    "": "",
    "rows": "Only the first {count:,} {what} are here; there are more. Narrow the question, or add LIMIT and OFFSET.",
    "bytes": "Only the first {count:,} {what} are here: the answer is too large. Ask for fewer columns or rows.",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term.

    :param kind: ``iri``, ``literal`` or ``bnode``.
    :param value: the IRI, the text of the literal, or the name of the blank node.
    :param language: language tag of a literal, or empty.
    :param datatype: IRI of the datatype of a literal, or empty for a plain string.
    """

    kind: Literal["iri", "literal", "bnode"]
    value: str
    language: str = ""
    datatype: str = ""

    def python(self) -> str | int | Decimal | bool:
        """Return the value as Python has it: a number, a truth value, or text.

        :returns: ``int``, ``Decimal`` or ``bool`` for these datatypes, the text as it is otherwise.
        """
        try:
            if self.datatype in _INTEGERS:
                return int(self.value)
            if self.datatype == XSD + "decimal":
                return Decimal(self.value)
        except (ValueError, InvalidOperation):
            return self.value
        if self.datatype == XSD + "boolean":
            return self.value in {"true", "1"}
        return self.value


@dataclass(frozen=True, slots=True)
class Answer:
    """What every answer says about itself.

    :param truncated: whether a limit cut the answer.
    :param notice: a sentence about what was cut and what to do, or empty.
    :param seconds: how long the answer took.
    :param release: version of the release that gave it.
    :param engine: who answered: ``columns``, ``oxigraph`` or ``remote``.
    :param reason: why that engine, in a few words.
    """

    truncated: bool = field(default=False, kw_only=True)
    notice: str = field(default="", kw_only=True)
    seconds: float = field(default=0.0, kw_only=True, compare=False)
    release: str = field(default="", kw_only=True)
    engine: str = field(default="", kw_only=True, compare=False)
    reason: str = field(default="", kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Table(Answer):
    """The answer of a SELECT.

    :param columns: names of the columns, in the order of the query.
    :param rows: the rows; ``None`` where a variable has no value.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[Mapping[str, Term]]:
        """Give each row as column to term, leaving out columns without value."""
        for row in self.rows:
            yield {column: term for column, term in zip(self.columns, row, strict=True) if term is not None}

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, str | int | Decimal | bool | None]]:
        """Return the rows as column to Python value, ``None`` where there is none.

        :returns: one dictionary a row.
        """
        return [
            {column: None if term is None else term.python() for column, term in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]

    def to_pandas(self) -> "DataFrame":
        """Return the rows as a table of pandas: whole numbers and truth values as such, decimals exact.

        :returns: a row each, in their order, missing values as :data:`pandas.NA` or ``None``.
        """
        from pandas import DataFrame  # noqa: PLC0415

        return DataFrame(self.records(), columns=list(self.columns), dtype=object).convert_dtypes()


@dataclass(frozen=True, slots=True)
class Triples(Answer):
    """The answer of a CONSTRUCT or DESCRIBE.

    :param ntriples: the triples as N-Triples, one a line.
    """

    ntriples: str

    @property
    def lines(self) -> list[str]:
        """The triples, one each; literals may hold what other ways of splitting text take for ends of lines."""
        return self.ntriples.rstrip("\n").split("\n") if self.ntriples else []


@dataclass(frozen=True, slots=True)
class Truth(Answer):
    """The answer of an ASK."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


def notice(limit: str, count: int, what: str) -> str:
    """Say that a limit cut an answer.

    :param limit: ``rows``, ``bytes`` or empty.
    :param count: how many rows or triples are left.
    :param what: ``rows`` or ``triples``.
    :returns: a sentence, or empty where nothing was cut.
    """
    return _NOTICES[limit].format(count=count, what=what)


def read_table(body: bytes) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    """Read SPARQL results JSON.

    :param body: the JSON text.
    :returns: columns and rows.
    """
    document = json.loads(body)
    columns = tuple(document["head"]["vars"])
    rows = tuple(
        tuple(_term(binding[column]) if column in binding else None for column in columns)
        for binding in document["results"]["bindings"]
    )
    return columns, rows


def _term(cell: Mapping[str, str]) -> Term:
    match cell["type"]:
        case "uri":
            return Term("iri", cell["value"])
        case "bnode":
            return Term("bnode", cell["value"])
        case "triple":
            return Term("literal", json.dumps(cell["value"], ensure_ascii=False))
    datatype = cell.get("datatype", "")
    return Term("literal", cell["value"], cell.get("xml:lang", ""), "" if datatype == XSD + "string" else datatype)
