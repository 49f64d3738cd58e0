"""Answers in the form in which programs take them: SPARQL results JSON, N-Triples, a truth value."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from json.encoder import encode_basestring
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from graph_app.columns.expressions.operand import DATATYPES
from graph_app.columns.kinds import BY_ORDINAL, RESOURCES, Kind
from graph_app.columns.relation import Form, Output
from graph_app.columns.terms import Constant

__all__ = ["Batch", "ColumnAnswer", "Row", "construct", "json_term", "table", "written"]

_Written = TypeVar("_Written")

#: A row of an answer: a written term, or none, for each output.
Row = Sequence[str | None]


class Batch(NamedTuple, Generic[_Written]):
    """Some solutions.

    :param size: how many.
    :param columns: the written term of each, or none, for each variable.
    """

    size: int
    columns: Sequence[Iterable[_Written | None]]

    def rows(self) -> Iterable[tuple[_Written | None, ...]]:
        """Return the solutions one by one."""
        return zip(*self.columns, strict=True) if self.columns else repeat((), self.size)


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What a query gave, serialised.

    :param kind: ``table``, ``triples`` or ``truth``.
    :param body: SPARQL results JSON, N-Triples, or ``true`` or ``false``.
    :param columns: names of the columns of a table.
    :param limit: ``rows`` or ``bytes`` where the result was cut at that limit, else empty.
    :param count: how many rows or triples it holds.
    """

    kind: Literal["table", "triples", "truth"]
    body: bytes
    columns: tuple[str, ...] = ()
    limit: str = ""
    count: int = 0


def written(
    columns: Sequence[Sequence[Any]], output: Output, write: Callable[[Constant], _Written]
) -> list[_Written | None]:
    """Write the terms of a variable that the query has computed, each different one once.

    :param columns: the columns of SQL.
    :param output: where the variable stands in them.
    :param write: writes a term.
    :returns: the term of each row, or none where there is none.
    """
    start = output.start
    found: list[Any]
    if output.form is Form.SCALAR:
        found = [None if value is None else str(value) for value in columns[start]]
        kind, datatype = output.kind, DATATYPES.get(output.kind, "")
        known = {text: write(Constant(kind, text, datatype)) for text in set(found) if text is not None}
    else:
        found = list(zip(*columns[start : start + 4], strict=True))
        known = {one: write(Constant(BY_ORDINAL[one[0]], *one[1:])) for one in set(found) if one[0] is not None}
    return list(map(known.get, found))


def table(names: tuple[str, ...], rows: Iterable[Row], row_limit: int | None, byte_limit: int | None) -> ColumnAnswer:
    """Write rows as SPARQL results JSON.

    :param names: names of the columns.
    :param rows: the rows, their terms as :func:`json_term` writes them.
    :param row_limit: most rows to give.
    :param byte_limit: most bytes to give.
    """
    heads = [f"{encode_basestring(name)}:" for name in names]
    written = (
        f"{{{','.join([head + term for head, term in zip(heads, row, strict=True) if term is not None])}}}".encode()
        for row in rows
    )
    pieces, limit = _limited(written, row_limit, byte_limit)
    head = json.dumps({"vars": names}, ensure_ascii=False)
    body = f'{{"head":{head},"results":{{"bindings":['.encode() + b",".join(pieces) + b"]}}"
    return ColumnAnswer("table", body, names, limit, len(pieces))


def construct(lines: Iterable[str], row_limit: int | None, byte_limit: int | None) -> ColumnAnswer:
    """Write triples (SPARQL 1.1, section 16.2), each once.

    :param lines: lines of N-Triples, some of them repeated.
    :param row_limit: most triples to give.
    :param byte_limit: most bytes to give.
    """
    kept, limit = _limited(_each_once(lines), row_limit, byte_limit)
    return ColumnAnswer("triples", b"".join(kept), limit=limit, count=len(kept))


def _each_once(lines: Iterable[str]) -> Iterator[bytes]:
    seen: set[str] = set()
    for line in lines:
        if line not in seen:
            seen.add(line)
            yield line.encode()


def json_term(term: Constant) -> str:
    """Write a term as SPARQL results JSON.

    :param term: the term.
    """
    value = encode_basestring(term.lex)
    if term.kind & RESOURCES:
        return f'{{"type":"{"uri" if term.kind is Kind.IRI else "bnode"}","value":{value}}}'
    if term.language:
        return f'{{"type":"literal","value":{value},"xml:lang":{encode_basestring(term.language)}}}'
    if term.datatype:
        return f'{{"type":"literal","value":{value},"datatype":{encode_basestring(term.datatype)}}}'
    return f'{{"type":"literal","value":{value}}}'


def _limited(pieces: Iterable[bytes], row_limit: int | None, byte_limit: int | None) -> tuple[list[bytes], str]:
    kept: list[bytes] = []
    size = 0
    for piece in pieces:
        if row_limit is not None and len(kept) >= row_limit:
            return kept, "rows"
        size += len(piece) + 1
        if byte_limit is not None and size > byte_limit:
            return kept, "bytes"
        kept.append(piece)
    return kept, ""
