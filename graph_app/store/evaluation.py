"""Evaluate one query on an Oxigraph store and serialise what it gives, up to limits of rows and bytes.

Nothing here limits time: Oxigraph cannot be interrupted. Queries that people write run in a worker process
(:mod:`graph_app.questions.worker`) that is killed at its limit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

__all__ = ["Answer", "evaluate", "serialise"]

#: Triples are serialised in batches, large enough to be quick and small enough to stop near the byte limit.
_BATCH = 200
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, serialised.

    :param kind: ``table``, ``triples`` or ``truth``.
    :param body: the serialised result: SPARQL results JSON, N-Triples, ``true`` or ``false``, unless another format
        was asked for.
    :param columns: names of the columns of a table.
    :param limit: ``rows`` or ``bytes`` where the result was cut at that limit, else empty.
    :param count: how many rows or triples it holds.
    """

    kind: str
    body: bytes
    columns: tuple[str, ...] = ()
    limit: str = ""
    count: int = 0


def evaluate(
    store: ox.Store,
    text: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    row_limit: int | None = None,
    byte_limit: int | None = None,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> Answer:
    """Evaluate one SPARQL query and serialise what it gives, up to the limits.

    :param store: the store.
    :param text: the query.
    :param prefixes: prefixes that the query may use without declaring them.
    :param row_limit: most rows or triples to give.
    :param byte_limit: most bytes to give.
    :param default_graphs: IRIs of the graphs whose union the query reads, in place of its own ``FROM``.
    :param named_graphs: IRIs of the graphs that ``GRAPH`` may name, in place of its own ``FROM NAMED``. Where either is
        given, the dataset is these graphs and no others.
    :returns: the result.
    :raises SyntaxError: if the text is not a SPARQL query; the message holds line and column.
    :raises RuntimeError: if evaluation fails.
    :raises OSError: if the store cannot be read.
    :raises ValueError: if a graph is not named by an IRI.
    """
    known = dict(prefixes or {})
    if default_graphs is None and named_graphs is None:
        result = store.query(text, prefixes=known)
    else:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.NamedNode(iri) for iri in default_graphs or ()
        ]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in named_graphs or ()]
        result = store.query(text, prefixes=known, default_graph=default, named_graphs=named)
    return serialise(result, row_limit, byte_limit)


def serialise(
    result: ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple], row_limit: int | None, byte_limit: int | None
) -> Answer:
    """Serialise a result, up to the limits; what lies beyond them is never read.

    :param result: rows, triples or a truth value.
    :param row_limit: most rows or triples to give.
    :param byte_limit: most bytes to give.
    :returns: the result.
    """
    if isinstance(result, ox.QuerySolutions):
        return _table(result, row_limit, byte_limit)
    if isinstance(result, ox.QueryBoolean):
        return Answer("truth", b"true" if result else b"false")
    if isinstance(result, ox.QueryTriples) and row_limit is None and byte_limit is None:
        body = result.serialize(format=ox.RdfFormat.N_TRIPLES) or b""  # at once, without making objects of the triples
        return Answer("triples", body, count=body.count(b"\n"))
    return _triples(result, row_limit, byte_limit)


def _table(solutions: ox.QuerySolutions, row_limit: int | None, byte_limit: int | None) -> Answer:
    columns = tuple(variable.value for variable in solutions.variables)
    head = json.dumps({"vars": columns}, ensure_ascii=False)
    rows, limit = _limited((_row(columns, solution) for solution in solutions), row_limit, byte_limit)
    body = f'{{"head":{head},"results":{{"bindings":['.encode() + b",".join(rows) + b"]}}"
    return Answer("table", body, columns, limit, len(rows))


def _triples(triples: Iterable[ox.Triple], row_limit: int | None, byte_limit: int | None) -> Answer:
    lines, limit = _limited(_lines(triples), row_limit, byte_limit)
    return Answer("triples", b"".join(lines), limit=limit, count=len(lines))


def _lines(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    source = iter(triples)
    while batch := list(islice(source, _BATCH)):
        text = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b""
        yield from text.splitlines(keepends=True)


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


def _row(columns: tuple[str, ...], solution: ox.QuerySolution) -> bytes:
    cells = {}
    for column in columns:
        term = solution[column]
        if term is not None:
            cells[column] = _term(term)
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, object]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal() if term.language:
            cell: dict[str, object] = {"type": "literal", "value": term.value, "xml:lang": term.language}
            return cell | {"its:dir": term.direction.value} if term.direction else cell
        case ox.Literal() if term.datatype == _STRING:
            return {"type": "literal", "value": term.value}
        case ox.Literal():
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
