"""Columns that are opened when they are first needed: what reads them takes a second to import."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph_app.questions.results import Term

if TYPE_CHECKING:
    from graph_app.columns.answers import ColumnAnswer
    from graph_app.columns.arrays import Arrays
    from graph_app.columns.engine import ColumnStore
    from graph_app.columns.plan import Plan
    from graph_app.columns.terms import Constant

__all__ = ["LateColumns", "NotByColumns"]

#: Bytes of address space that the program and both engines take before any query, as measured, and some room.
_TAKEN = 480 << 20
#: Bytes that columns may fill at least; of what is left beyond that they get half, answers need the rest.
_LEAST = 64 << 20
_THREADS = 2
#: Bytes that a query may write to disk beyond that: as much as a question about a million projects takes.
_SCRATCH = 4 << 30


class NotByColumns(Exception):
    """Columns do not answer a query; the text says why, as the end of a sentence."""


class LateColumns:
    """The columns of a release; safe to use from several threads, which take turns.

    :param path: their folder.
    :param memory_limit: bytes of address space that the process has.
    :param prefixes: prefixes that queries may use without declaring them.
    :param scratch: folder for what does not fit into memory.
    """

    def __init__(self, path: Path, memory_limit: int, prefixes: Mapping[str, str], scratch: Path) -> None:
        self._path = path
        self._scratch = scratch
        self._memory_limit = max(_LEAST, (memory_limit - _TAKEN) // 2)
        self._prefixes = prefixes
        self._lock = threading.Lock()
        self._store: ColumnStore | None = None

    @property
    def warm(self) -> bool:
        """Whether they are open."""
        return self._store is not None

    def warm_up(self) -> None:
        """Open them, unless they are open; what cannot be opened is told to whoever needs it."""
        try:
            with self._opened():
                pass
        except NotByColumns:
            return

    def plan(self, text: str, params: Mapping[str, Sequence[Term]]) -> "Plan":
        """Make a query ready.

        :param text: the query, with empty places for parameters.
        :param params: variable to the terms that go into its place.
        :raises NotByColumns: if they do not answer it.
        """
        with self._opened() as store:
            return store.plan(text, prefixes=self._prefixes, params=_constants(params))

    def evaluate(
        self, text: str, params: Mapping[str, Sequence[Term]], row_limit: int, byte_limit: int
    ) -> "ColumnAnswer":
        """Answer a query.

        :param text: the query, with empty places for parameters.
        :param params: variable to the terms that go into its place.
        :param row_limit: most rows or triples to give.
        :param byte_limit: most bytes to give.
        :raises NotByColumns: if they do not answer it.
        :raises MemoryError: if it needs more memory than it may have.
        """
        with self._opened() as store:
            constants = _constants(params)
            try:
                return store.evaluate(
                    text, prefixes=self._prefixes, params=constants, row_limit=row_limit, byte_limit=byte_limit
                )
            except SystemError as error:  # so it says that there was no memory for an error either
                raise MemoryError from error

    def arrays(self, text: str, params: Mapping[str, Sequence[Term]], row_limit: int) -> "Arrays":
        """Answer a SELECT as arrays.

        :param text: the query, with empty places for parameters.
        :param params: variable to the terms that go into its place.
        :param row_limit: most rows to give.
        :raises NotByColumns: if they do not answer it.
        :raises MemoryError: if it needs more memory than it may have.
        """
        with self._opened() as store:
            return store.arrays(text, prefixes=self._prefixes, params=_constants(params), row_limit=row_limit)

    def interrupt(self) -> None:
        """End what another thread asks, whose answer nobody waits for any more."""
        store = self._store
        if store is not None:
            store.interrupt()

    @contextmanager
    def _opened(self) -> "Iterator[ColumnStore]":
        with self._lock:
            from graph_app.columns.declined import ColumnsError, Declined  # noqa: PLC0415
            from graph_app.columns.engine import ColumnStore  # noqa: PLC0415

            try:
                if self._store is None:
                    self._store = ColumnStore.open(
                        self._path,
                        memory_limit=self._memory_limit,
                        threads=_THREADS,
                        scratch=self._scratch,
                        scratch_limit=_SCRATCH,
                    )
                yield self._store
            except (ColumnsError, Declined) as error:
                raise NotByColumns(str(error).rstrip(".")) from error
            except MemoryError:
                raise
            except Exception as error:  # a fault of the columns must not keep Oxigraph from answering
                raise NotByColumns(f"they fail with {type(error).__name__}: {error}") from error


def _constants(params: Mapping[str, Sequence[Term]]) -> "dict[str, list[Constant]]":
    from graph_app.columns.kinds import Kind  # noqa: PLC0415
    from graph_app.columns.terms import Constant  # noqa: PLC0415

    return {
        name: [
            Constant(Kind.IRI, term.value)
            if term.kind == "iri"
            else Constant.literal(term.value, term.datatype, term.language)
            for term in terms
        ]
        for name, terms in params.items()
    }
