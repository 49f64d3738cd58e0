"""Build an Oxigraph store from N-Quads, open it read-only, and evaluate one query on it.

Nothing here limits time: Oxigraph cannot be interrupted. Queries that people write run in a worker process
(:mod:`graph_app.questions.worker`) that is killed at its limit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

__all__ = ["Answer", "OxigraphStore", "StoreError", "build_store", "extend_store", "open_store"]

#: Triples are serialised in batches, large enough to be quick and small enough to stop near the byte limit.
_BATCH = 200


class StoreError(Exception):
    """The store cannot be built or opened; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, serialised.

    :param kind: ``table`` (SPARQL results JSON), ``triples`` (N-Triples) or ``truth`` (``true`` or ``false``).
    :param body: the serialised result.
    :param columns: names of the columns of a table.
    :param limit: ``rows`` or ``bytes`` where the result was cut at that limit, else empty.
    """

    kind: str
    body: bytes
    columns: tuple[str, ...] = ()
    limit: str = ""


class OxigraphStore:
    """A store opened for reading."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def evaluate(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        row_limit: int | None = None,
        byte_limit: int | None = None,
    ) -> Answer:
        """Evaluate one SPARQL query over the union of all graphs and serialise what it gives, up to the limits.

        :param text: the query.
        :param prefixes: prefixes that the query may use without declaring them.
        :param row_limit: most rows or triples to give.
        :param byte_limit: most bytes to give.
        :returns: the result.
        :raises SyntaxError: if the text is not a SPARQL query; the message holds line and column.
        :raises RuntimeError: if evaluation fails.
        :raises OSError: if the store cannot be read.
        """
        result = self._store.query(text, prefixes=dict(prefixes or {}))
        if isinstance(result, ox.QuerySolutions):
            return _table(result, row_limit, byte_limit)
        if isinstance(result, ox.QueryTriples):
            return _triples(result, row_limit, byte_limit)
        return Answer("truth", b"true" if result else b"false")


def build_store(path: Path, nquads: Path) -> None:
    """Make a store on disk from a file of N-Quads, strictly: one bad line and there is no store.

    :param path: folder of the new store; it must not exist.
    :param nquads: the file; every line names its graph.
    :raises StoreError: if a line is not valid N-Quads (the message names it), or the disk refuses.
    """
    if path.exists():
        raise StoreError(f"A store cannot be built at {path}: something is there already.")
    extend_store(path, nquads)


def extend_store(path: Path, nquads: Path) -> None:
    """Add a file of N-Quads to a store on disk that nobody reads yet.

    Each statement goes to its named graph, and once to the default graph, which so is the union of all graphs.
    Oxigraph's own union gives a statement of two graphs twice, and counts and sums with it.

    :param path: folder of the store.
    :param nquads: the file; every line names its graph.
    :raises StoreError: if a line is not valid N-Quads (the message names it), or the disk refuses.
    """
    union = path.with_name(f"{path.name}-union.nt")
    try:
        store = ox.Store(str(path))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        with (
            nquads.open(encoding="utf-8", newline="\n") as quads,
            union.open("w", encoding="utf-8", newline="\n") as triples,
        ):
            triples.writelines(f"{quad.rpartition(' <')[0]} .\n" for quad in quads if quad.strip())
        store.bulk_load(path=str(union), format=ox.RdfFormat.N_TRIPLES)
        store.optimize()
        store.flush()
    except SyntaxError as error:
        place = f"line {error.lineno}" if error.lineno else "a line"
        raise StoreError(f"{nquads.name}, {place}: {error.msg}") from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store {path} cannot be built: {error}") from error
    finally:
        union.unlink(missing_ok=True)


def open_store(path: Path) -> OxigraphStore:
    """Open a store for reading. No process may write to it meanwhile, which holds for every release.

    :param path: folder of the store.
    :returns: the store.
    :raises StoreError: if there is no readable store.
    """
    if not path.is_dir():
        raise StoreError(f"There is no store at {path}.")
    try:
        return OxigraphStore(ox.Store.read_only(str(path)))
    except (OSError, RuntimeError) as error:  # Oxigraph reports damage as either
        raise StoreError(f"The store {path} cannot be opened: {error}") from error


def _table(solutions: ox.QuerySolutions, row_limit: int | None, byte_limit: int | None) -> Answer:
    columns = tuple(variable.value for variable in solutions.variables)
    head = json.dumps({"vars": columns}, ensure_ascii=False)
    rows, limit = _limited((_row(columns, solution) for solution in solutions), row_limit, byte_limit)
    body = f'{{"head":{head},"results":{{"bindings":['.encode() + b",".join(rows) + b"]}}"
    return Answer("table", body, columns, limit)


def _triples(triples: ox.QueryTriples, row_limit: int | None, byte_limit: int | None) -> Answer:
    lines, limit = _limited(_lines(triples), row_limit, byte_limit)
    return Answer("triples", b"".join(lines), limit=limit)


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
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case ox.Literal():
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case ox.Triple():
            parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
            return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
