"""Make a store from another one that differs little."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from graph_app.store.oxigraph import StoreError

__all__ = ["copy_store", "patch_store"]

_Item = TypeVar("_Item")

#: Quads added in one transaction: enough to be quick, few enough for memory.
_BATCH = 20_000
_UNION = ox.DefaultGraph()


def copy_store(source: Path, target: Path) -> None:
    """Copy a store by hard links, in milliseconds. The source is only read, and never changes with the copy.

    :param source: folder of the store.
    :param target: folder of the copy; it must not exist.
    :raises StoreError: if the store cannot be read, or the copy cannot be made.
    """
    try:
        ox.Store.read_only(str(source)).backup(str(target))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store {source} cannot be copied: {error}") from error


def patch_store(path: Path, removed: Iterable[bytes], added: Iterable[bytes]) -> None:
    """Remove statements from a store that nobody reads yet, then add others.

    A statement leaves the default graph when no named graph holds it any more; a graph without statements is gone.

    :param path: folder of the store.
    :param removed: lines of N-Quads; every line names its graph.
    :param added: lines of N-Quads; every line names its graph.
    :raises StoreError: if a line is not valid N-Quads, or the disk refuses.
    """
    try:
        store = ox.Store(str(path))
        graphs = {_remove(store, quad) for quad in _quads(removed)}
        for batch in _batches(_quads(added)):
            store.extend(batch)
            store.extend([ox.Quad(*quad.triple) for quad in batch])
        for graph in graphs:
            if next(store.quads_for_pattern(None, None, None, graph), None) is None:
                store.remove_graph(graph)
        store.flush()
    except SyntaxError as error:
        raise StoreError(f"The store {path} cannot be changed: {error.msg}") from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store {path} cannot be changed: {error}") from error


def _remove(store: ox.Store, quad: ox.Quad) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    store.remove(quad)
    held = store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    if all(other.graph_name == _UNION for other in held):
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, _UNION))
    return quad.graph_name


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    for batch in _batches(lines):
        yield from ox.parse(b"".join(batch), format=ox.RdfFormat.N_QUADS)


def _batches(items: Iterable[_Item]) -> Iterator[Sequence[_Item]]:
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        yield batch
