"""Answers in the form in which programs take them: SPARQL results JSON, N-Triples, a truth value."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, Literal

from graph_app.columns.algebra.nodes import Node, Path, Step, Triple, Variable
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import DATATYPES
from graph_app.columns.kinds import BY_ORDINAL, RESOURCES, Kind
from graph_app.columns.plan import Output
from graph_app.columns.relation import Form
from graph_app.columns.terms import Constant

__all__ = ["ColumnAnswer", "Row", "computed", "construct", "constructed", "json_term", "ntriples_term", "table"]

#: A row of an answer: a written term, or none, for each output.
Row = Sequence[str | None]


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


def computed(columns: Sequence[Sequence[Any]], output: Output) -> Iterator[Constant | None]:
    """Read the terms of a variable that the query has computed, from the columns of SQL.

    :param columns: the columns.
    :param output: where the variable stands in them.
    :returns: the term of each row, or none where there is none.
    """
    start = output.start
    if output.form is Form.SCALAR:
        kind, datatype = output.kind, DATATYPES.get(output.kind, "")
        for value in columns[start]:
            yield None if value is None else Constant(kind, str(value), datatype)
        return
    for kind, lex, datatype, language in zip(*columns[start : start + 4], strict=True):
        yield None if kind is None else Constant(BY_ORDINAL[kind], lex, datatype, language)


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


def construct(
    template: tuple[Triple, ...],
    names: tuple[str, ...],
    rows: Iterable[Row],
    row_limit: int | None,
    byte_limit: int | None,
) -> ColumnAnswer:
    """Write the triples of a template (SPARQL 1.1, section 16.2), each once.

    :param template: the template.
    :param names: variables of the rows.
    :param rows: the solutions, their terms as :func:`ntriples_term` writes them.
    :param row_limit: most triples to give.
    :param byte_limit: most bytes to give.
    """
    lines, limit = _limited(_each_once(constructed(template, names, rows)), row_limit, byte_limit)
    return ColumnAnswer("triples", b"".join(lines), limit=limit, count=len(lines))


def constructed(template: tuple[Triple, ...], names: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """Write the triples of a template for each row, as lines of N-Triples; some are repeated.

    :param template: the template.
    :param names: variables of the rows.
    :param rows: the solutions, their terms as :func:`ntriples_term` writes them.
    """
    places = {name: place for place, name in enumerate(names)}
    fixed = [node for one in template for node in _written(one, places) if not isinstance(node, int)]
    new = [node for node in fixed if node.startswith("_:")]
    ends = {node: len(names) + place for place, node in enumerate(fixed)}
    wanted = [
        tuple(node if isinstance(node, int) else ends[node] for node in _written(one, places)) for one in template
    ]
    for number, row in enumerate(rows):
        # A blank node of the template is another one in each row.
        terms = (*row, *([f"{node}x{number}" if node in new else node for node in fixed] if new else fixed))
        for first, second, third in wanted:
            subject, predicate, target = terms[first], terms[second], terms[third]
            # A literal is no subject, and nothing but an IRI is a predicate: such a triple is left out.
            if subject is None or predicate is None or target is None or subject[0] == '"' or predicate[0] != "<":
                continue
            yield f"{subject} {predicate} {target} .\n"


def _written(triple: Triple, places: dict[str, int]) -> tuple[int | str, int | str, int | str]:
    """Return where each node of a triple stands in a row, or how it is written."""
    return _place(triple.subject, places), _place(triple.predicate, places), _place(triple.object, places)


def _each_once(lines: Iterable[str]) -> Iterator[bytes]:
    seen: set[str] = set()
    for line in lines:
        if line not in seen:
            seen.add(line)
            yield line.encode()


def _place(node: Node | Path, places: dict[str, int]) -> int | str:
    """Return where a node of a template stands in a row, or how it is written."""
    match node:
        case Step(iri):
            return ntriples_term(Constant(Kind.IRI, iri))
        case Variable(name):
            return f"_:new{name[2:]}" if name.startswith("_:") else places[name]
        case Constant():
            return ntriples_term(node)
    raise Declined("a template holds a path")


#: Looked for first, since few texts hold them and translating takes ten times as long.
_ESCAPED = re.compile(r'[\\"\n\r]')
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def ntriples_term(term: Constant) -> str:
    """Write a term as N-Triples.

    :param term: the term.
    """
    match term.kind:
        case Kind.IRI:
            return f"<{term.lex}>"
        case Kind.BLANK:
            return f"_:g{term.lex}"  # those of a template begin otherwise, and so are others
    lex = term.lex.translate(_ESCAPES) if _ESCAPED.search(term.lex) else term.lex
    text = f'"{lex}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


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
