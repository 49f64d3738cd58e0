"""Build an Oxigraph store from N-Quads, and open it read-only for queries."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from graph_app.store.evaluation import Answer, evaluate
from graph_app.store.media import in_media

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
