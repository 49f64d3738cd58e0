"""Answers in the form in which programs take them: SPARQL results JSON, N-Triples, a truth value."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph_app.columns.algebra.nodes import Step, Triple, Variable
from graph_app.columns.expressions.operand import DATATYPES
from graph_app.columns.kinds import BY_ORDINAL, LITERALS, RESOURCES, Kind
from graph_app.columns.plan import Output
from graph_app.columns.relation import Form
from graph_app.columns.terms import Constant

__all__ = ["ColumnAnswer", "Row", "construct", "table", "terms_of"]

#: A row of an answer: a term, or none, for each output.
Row = Sequence[Constant | None]


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


def terms_of(
    row: Sequence[object], outputs: Sequence[Output], dictionary: dict[int, Constant]
) -> list[Constant | None]:
    """Read the terms of one row of SQL.

    :param row: the row.
    :param outputs: what its columns hold.
    :param dictionary: terms by id.
    """
    return [_term(row, output, dictionary) for output in outputs]


def _term(row: Sequence[object], output: Output, dictionary: dict[int, Constant]) -> Constant | None:
    if output.start < 0 or row[output.start] is None:
        return None
    first = row[output.start]
    match output.form:
        case Form.ID:
            return dictionary[int(str(first))]
        case Form.SCALAR:
            return Constant(output.kind, str(first), DATATYPES.get(output.kind, ""))
    _, lex, datatype, language = row[output.start : output.start + 4]
    return Constant(BY_ORDINAL[int(str(first))], str(lex), str(datatype), str(language))


def table(names: tuple[str, ...], rows: Iterable[Row], row_limit: int | None, byte_limit: int | None) -> ColumnAnswer:
    """Write rows as SPARQL results JSON.

    :param names: names of the columns.
    :param rows: the rows.
    :param row_limit: most rows to give.
    :param byte_limit: most bytes to give.
    """
    known: dict[Constant, str] = {}
    heads = [json.dumps(name, ensure_ascii=False) + ":" for name in names]

    def cell(term: Constant) -> str:
        if term not in known:
            known[term] = json.dumps(_json(term), ensure_ascii=False, separators=(",", ":"))
        return known[term]

    written = (
        "{" + ",".join(head + cell(term) for head, term in zip(heads, row, strict=True) if term is not None) + "}"
        for row in rows
    )
    pieces, limit = _limited((one.encode() for one in written), row_limit, byte_limit)
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
    :param rows: the solutions.
    :param row_limit: most triples to give.
    :param byte_limit: most bytes to give.
    """
    lines, limit = _limited(_triples(template, names, rows), row_limit, byte_limit)
    return ColumnAnswer("triples", b"".join(lines), limit=limit, count=len(lines))


def _triples(template: tuple[Triple, ...], names: tuple[str, ...], rows: Iterable[Row]) -> Iterator[bytes]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        values = dict(zip(names, row, strict=True))
        for triple in template:
            subject, target = (_filled(node, values, number) for node in (triple.subject, triple.object))
            predicate = _predicate(triple, values)
            if subject is None or predicate is None or target is None or subject.kind & LITERALS:
                continue
            line = f"{_ntriples(subject)} {_ntriples(predicate)} {_ntriples(target)} .\n"
            if line not in seen:
                seen.add(line)
                yield line.encode()


def _filled(node: Variable | Constant, values: dict[str, Constant | None], number: int) -> Constant | None:
    if not isinstance(node, Variable):
        return node
    if node.name.startswith("_:"):
        return Constant(Kind.BLANK, f"row{number}{node.name[2:]}")
    return values[node.name]


def _predicate(triple: Triple, values: dict[str, Constant | None]) -> Constant | None:
    match triple.predicate:
        case Step(iri):
            return Constant(Kind.IRI, iri)
        case Variable(name):
            found = values[name]
            return found if found is not None and found.kind is Kind.IRI else None
    return None


_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def _ntriples(term: Constant) -> str:
    match term.kind:
        case Kind.IRI:
            return f"<{term.lex}>"
        case Kind.BLANK:
            return f"_:{term.lex}"
    text = f'"{term.lex.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _json(term: Constant) -> dict[str, str]:
    if term.kind & RESOURCES:
        return {"type": "uri" if term.kind is Kind.IRI else "bnode", "value": term.lex}
    cell = {"type": "literal", "value": term.lex}
    if term.language:
        return cell | {"xml:lang": term.language}
    return cell | {"datatype": term.datatype} if term.datatype else cell


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
