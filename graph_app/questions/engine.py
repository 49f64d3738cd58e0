"""Ask a release: check the query, bind its parameters, have a worker answer it under the limits."""

import signal
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from graph_app.questions import guard
from graph_app.questions.catalogue import Question
from graph_app.questions.errors import QueryBusy, QueryError, QueryFailed, QueryRefused, QueryTimeout
from graph_app.questions.frames import Header
from graph_app.questions.parameters import ParameterError, bind, read
from graph_app.questions.pool import NoFreeWorker, Pool
from graph_app.questions.process import WorkerEnded, WorkerSettings, WorkerTimeout
from graph_app.questions.results import Table, Term, Triples, Truth, notice, read_table
from graph_app.questions.syntax import explain
from graph_app.releases.release import Release
from graph_app.settings import Settings
from loaders.vocabulary import prefixes

__all__ = ["Engine"]


class Engine:
    """Answers questions on one release; safe to use from many threads. Close it, or use it in a ``with`` block."""

    def __init__(self, release: Release, settings: Settings) -> None:
        """Start the first worker.

        :param release: the release to ask.
        :param settings: the limits.
        """
        self.release = release
        self._settings = settings
        told = WorkerSettings(release.store, prefixes(), settings.memory_limit)
        self._pool = Pool(told, settings.workers)

    def ask(
        self, text: str, params: Mapping[str, Sequence[Term]] | None = None, *, row_limit: int | None = None
    ) -> Table | Triples | Truth:
        """Answer one SPARQL query over the union of all graphs.

        :param text: SELECT, CONSTRUCT, DESCRIBE or ASK; declared prefixes need no PREFIX lines.
        :param params: variable name to the terms that go into its slot ``VALUES ?name { UNDEF }``.
        :param row_limit: fewer rows than the settings allow.
        :returns: a table for SELECT, triples for CONSTRUCT and DESCRIBE, a truth value for ASK.
        :raises QueryRefused: if the query may not run here.
        :raises QuerySyntaxError: if it is not SPARQL.
        :raises QueryTimeout: if it was stopped at the time limit.
        :raises QueryBusy: if no worker was free within the time limit.
        :raises QueryFailed: if it cannot be evaluated.
        """
        guard.check(text)
        try:
            bound = bind(text, params or {})
        except ParameterError as error:
            raise QueryRefused(str(error)) from error
        rows = min(row_limit or self._settings.row_limit, self._settings.row_limit)
        header, body = self._run(bound, rows)
        return self._answer(header, body, bound)

    def answer(
        self, question: Question, values: Mapping[str, Sequence[str]] | None = None, *, row_limit: int | None = None
    ) -> Table | Triples | Truth:
        """Answer a question of the library.

        :param question: the question.
        :param values: parameter name to values as people write them.
        :param row_limit: fewer rows than the settings allow.
        :returns: the answer.
        :raises ParameterError: if a value does not fit its parameter.
        :raises QueryError: as :meth:`ask`.
        """
        terms = read(question.params, values or {}, base=self._settings.base)
        return self.ask(question.text, terms, row_limit=row_limit)

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """Process ids of the workers."""
        return self._pool.pids

    def close(self) -> None:
        """End the workers, and with them what they are doing. They also end with the program, and when forgotten."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, text: str, rows: int) -> tuple[Header, bytes]:
        seconds = self._settings.time_limit
        request: Header = {"seconds": seconds, "row_limit": rows, "byte_limit": self._settings.byte_limit}
        try:
            return self._pool.run(request, text.encode(), seconds)
        except WorkerTimeout as error:
            raise QueryTimeout(
                f"The query was stopped after {seconds:g} seconds, the time limit. Narrow it: name an organisation, "
                "project or country in place of a variable, link every pattern to another by a shared variable, "
                "or add LIMIT."
            ) from error
        except NoFreeWorker as error:
            raise QueryBusy(f"All workers were busy for {seconds:g} seconds. Ask again in a moment.") from error
        except WorkerEnded as error:
            raise self._explain_end(error) from error

    def _explain_end(self, error: WorkerEnded) -> QueryError:
        if error.message:
            return QueryFailed(error.message)
        if error.code == -signal.SIGSEGV:
            return QueryFailed("The query is too deeply nested for the engine. Take it apart into smaller ones.")
        if error.code == -signal.SIGABRT:
            return self._out_of_memory()
        return QueryFailed(f"The worker ended before it could answer (code {error.code}). Ask again.")

    def _out_of_memory(self) -> QueryError:
        limit = self._settings.memory_limit / 1024**2
        return QueryFailed(
            f"The query needed more memory than the {limit:,.0f} MiB that it may have. "
            "Ask for fewer rows, or group and sort less at once."
        )

    def _answer(self, header: Header, body: bytes, text: str) -> Table | Triples | Truth:
        status = header["status"]
        if status == "syntax":
            place = int(str(header["line"])), int(str(header["column"]))
            raise explain(str(header["message"]), text, place, prefixes())
        if status == "memory":
            raise self._out_of_memory()
        if status == "failed":
            raise QueryFailed(f"The query could not be evaluated: {str(header['message']).rstrip('.')}.")
        limit, seconds, version = str(header["limit"]), float(str(header["seconds"])), self.release.version
        truncated = bool(limit)
        if status == "truth":
            return Truth(body == b"true", seconds=seconds, release=version)
        if status == "triples":
            ntriples = body.decode()
            said = notice(limit, ntriples.count("\n"), "triples")
            return Triples(ntriples, truncated=truncated, notice=said, seconds=seconds, release=version)
        columns, rows = read_table(body)
        said = notice(limit, len(rows), "rows")
        return Table(columns, rows, truncated=truncated, notice=said, seconds=seconds, release=version)
