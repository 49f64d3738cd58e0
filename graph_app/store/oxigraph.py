"""Build an Oxigraph store from N-Quads, and open it read-only for queries."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph_app.store.evaluation import Answer, evaluate
from graph_app.store.media import in_media
from graph_app.store.union import UnionText

__all__ = ["OxigraphStore", "StoreError", "build_store", "extend_store", "open_store"]


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
    union = UnionText(contents)
    try:
        store = ox.Store(str(path))
        for part in union:
            store.bulk_load(part, format=ox.RdfFormat.N_QUADS)
        store.flush()
    except SyntaxError as error:
        file, line = union.place(error.lineno or 1)
        place = f"{file.name}, line {line}" if error.lineno else ", ".join(content.name for content in contents)
        raise StoreError(f"{place}: {error.msg}") from error
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The store {path} cannot be built: {error}") from error


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
