"""Build an Oxigraph store from N-Quads, and open it read-only for queries."""

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox

from graph_app.store.evaluation import Answer, evaluate
from graph_app.store.media import in_media
from graph_app.store.union import UnionPart, union_text

__all__ = ["OxigraphStore", "StoreError", "build_store", "extend_store", "open_store"]

#: Parts that the store takes in at once: it works outside the lock of Python, a part on one core, and more at once need
#: more memory.
_AT_ONCE = 2


class StoreError(Exception):
    """The store cannot be built or opened; the text is a sentence for people."""


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
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        media: str = "",
    ) -> Answer:
        """Evaluate one SPARQL query, as :func:`graph_app.store.evaluation.evaluate` and :func:`in_media` say."""
        answer = evaluate(
            self._store,
            text,
            prefixes=prefixes,
            row_limit=row_limit,
            byte_limit=byte_limit,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
        )
        return in_media(answer, media, prefixes)


def build_store(path: Path, *contents: Path) -> None:
    """Make a store on disk from files of N-Quads, strictly: one bad line and there is no store.

    :param path: folder of the new store; it must not exist.
    :param contents: the files; every line names its graph.
    :raises StoreError: if a line is not valid N-Quads (the message names it), or the disk refuses.
    """
    if path.exists():
        raise StoreError(f"A store cannot be built at {path}: something is there already.")
    extend_store(path, *contents)


def extend_store(path: Path, *contents: Path) -> None:
    """Add files of N-Quads to a store on disk that nobody reads yet; each statement also to the default graph, once.

    What follows is not compacted: that takes a third as long again, doubles the disk for a while, and leaves look-ups
    as quick as they are.

    :param path: folder of the store.
    :param contents: the files; every line names its graph.
    :raises StoreError: if a line is not valid N-Quads (the message names it), or the disk refuses.
    """
    try:
        store = ox.Store(str(path))
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            at_work: deque[Future[None]] = deque()
            for part in union_text(contents):
                if len(at_work) == _AT_ONCE:
                    at_work.popleft().result()
                at_work.append(threads.submit(_load, store, part))
            for load in at_work:
                load.result()
        store.flush()
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store {path} cannot be built: {error}") from error


def _load(store: ox.Store, part: UnionPart) -> None:
    try:
        store.bulk_load(part.text, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreError(f"{part.place(error.lineno)}: {error.msg}") from error


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
