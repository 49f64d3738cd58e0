"""Ask a release: check the query, bind its parameters, have a worker answer it under the limits."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict

from graph_app.questions import guard
from graph_app.questions.asked import ARROW, Asked
from graph_app.questions.catalogue import Question, with_prefixes
from graph_app.questions.choices import Choices, alike, one
from graph_app.questions.errors import QueryRefused
from graph_app.questions.failures import explain_end, explain_reply
from graph_app.questions.frames import Header
from graph_app.questions.lanes import LaneBusy, SlowLaneFull
from graph_app.questions.parameters import ParameterError, bind, has_only_slots, read
from graph_app.questions.pool import Pool
from graph_app.questions.process import WorkerEnded, WorkerSettings, WorkerTimeout
from graph_app.questions.responses import JSON, MEDIA, Response, kind_of, with_notice
from graph_app.questions.results import Table, Term, Triples, Truth, notice, read_table
from graph_app.questions.router import OXIGRAPH, Choice
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.store.address import StoreAddress
from loaders.vocabulary import prefixes

if TYPE_CHECKING:
    from graph_app.questions.arrays import Arrays

__all__ = ["Engine"]

#: What is counted in each kind of answer.
_COUNTED = {"table": "rows", "triples": "triples", "truth": "rows"}


class Engine:
    """Answers questions on one release; safe to use from many threads. Close it, or use it in a ``with`` block."""

    def __init__(self, release: Release, settings: Settings) -> None:
        """Start the first worker.

        :param release: the release to ask.
        :param settings: the limits.
        """
        self.release = release
        self._settings = settings
        #: Whether its store was there when it was opened; else columns alone answer, until another engine is opened.
        self.complete = bool(settings.store) or release.complete or not release.columns.is_dir()
        told = WorkerSettings(
            _address(release, settings) if self.complete else None,
            settings.time_limit,
            prefixes(),
            settings.memory_limit,
            _columns(release, settings),
            release.triples,
        )
        self._pool = Pool(told, settings.workers)
        self._choices = Choices()

    def ask(
        self,
        text: str,
        params: Mapping[str, Sequence[Term]] | None = None,
        *,
        row_limit: int | None = None,
        client: str = "",
    ) -> Table | Triples | Truth:
        """Answer one SPARQL query over the union of all graphs.

        :param text: SELECT, CONSTRUCT, DESCRIBE or ASK; declared prefixes need no PREFIX lines.
        :param params: variable name to the terms that go into its slot ``VALUES ?name { UNDEF }``.
        :param row_limit: fewer rows than the settings allow.
        :param client: who asks, so that no client holds up another; empty for the program itself.
        :returns: a table for SELECT, triples for CONSTRUCT and DESCRIBE, a truth value for ASK.
        :raises QueryRefused: if the query may not run here.
        :raises QuerySyntaxError: if it is not SPARQL.
        :raises QueryTimeout: if it was stopped at the time limit.
        :raises QueryBusy: if no worker was free within the time limit.
        :raises StoreInMaking: if the store of the release is still being made, and columns do not answer it.
        :raises QueryFailed: if it cannot be evaluated.
        """
        guard.check(text)
        try:
            bound = bind(text, params or {})
        except ParameterError as error:
            raise QueryRefused(str(error)) from error
        rows = min(row_limit or self._settings.row_limit, self._settings.row_limit)
        terms = {name: values for name, values in (params or {}).items() if values}
        if not has_only_slots(text, terms):
            text, terms = bound, {}
        asked = Asked(bound, rows, self._settings.byte_limit, text, terms, self._settings.engine)
        return self._answer(*self._run(asked, client))

    def answer(
        self,
        question: Question,
        values: Mapping[str, Sequence[str]] | None = None,
        *,
        row_limit: int | None = None,
        client: str = "",
    ) -> Table | Triples | Truth:
        """Answer a question of the library.

        :param question: the question.
        :param values: parameter name to values as people write them.
        :param row_limit: fewer rows than the settings allow.
        :param client: as :meth:`ask`.
        :returns: the answer.
        :raises ParameterError: if a value does not fit its parameter.
        :raises QueryError: as :meth:`ask`.
        """
        terms = read(question.params, values or {}, base=self._settings.base)
        return self.ask(question.text, terms, row_limit=row_limit, client=client)

    def arrays(
        self, question: Question, values: Mapping[str, Sequence[str]] | None = None, *, client: str = ""
    ) -> "Arrays":
        """Answer a question of the library whole, as arrays.

        :param question: a SELECT.
        :param values: parameter name to values as people write them.
        :param client: as :meth:`ask`.
        :returns: its rows, all of them but for what no network has.
        :raises ParameterError: if a value does not fit its parameter.
        :raises QueryError: as :meth:`ask`.
        """
        # Imported late: most processes ask for no arrays, and start without the package behind them.
        from graph_app.questions.arrays import MOST_BYTES, MOST_ROWS, Arrays, read_arrays  # noqa: PLC0415

        terms = read(question.params, values or {}, base=self._settings.base)
        bound = bind(question.text, terms)
        asked = Asked(bound, MOST_ROWS, MOST_BYTES, question.text, terms, self._settings.engine, media=ARROW)
        header, body = self._run(asked, client)
        columns, arrow = read_arrays(body)
        return Arrays(columns, arrow, self.release.version, bool(header["limit"]), with_prefixes(bound))

    def respond(
        self,
        text: str,
        *,
        media: str = "",
        client: str = "",
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        row_limit: int | None = None,
    ) -> Response:
        """Answer one SPARQL query for another program.

        :param text: as :meth:`ask`.
        :param media: one of :data:`~graph_app.questions.responses.MEDIA` for the kind of answer; empty for the usual.
        :param client: as :meth:`ask`.
        :param default_graphs: IRIs of the graphs whose union the query reads, in place of its own ``FROM``.
        :param named_graphs: IRIs of the graphs that ``GRAPH`` may name, in place of its own ``FROM NAMED``.
        :param row_limit: fewer rows than the settings allow at the endpoint.
        :returns: the serialised answer; JSON that was cut says so itself.
        :raises QueryError: as :meth:`ask`, and if the answer has no form of that media type.
        """
        guard.check(text)
        most = self._settings.endpoint_row_limit
        rows = min(row_limit or most, most)
        media = media or MEDIA[kind_of(text)][0]
        asked = Asked(
            text,
            rows,
            self._settings.byte_limit,
            engine=self._settings.engine,
            media=media,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
        )
        header, body = self._run(asked, client)
        kind, limit = str(header["status"]), str(header["limit"])
        said = notice(limit, int(str(header["count"])), _COUNTED[kind])
        return Response(
            body=with_notice(body, said) if limit and media == JSON else body,
            media=media,
            kind=kind,
            truncated=bool(limit),
            limit=limit,
            notice=said,
            seconds=float(str(header["seconds"])),
            release=self.release.version,
            engine=str(header["engine"]),
            reason=str(header["reason"]),
        )

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

    def _run(self, asked: Asked, client: str) -> tuple[Header, bytes]:
        request = asked.header(self._settings.time_limit, self._choices.find(asked))
        try:
            header, body = self._pool.run(request, asked.text.encode(), self._settings.time_limit, client)
        except (WorkerTimeout, WorkerEnded, LaneBusy, SlowLaneFull) as error:
            raise explain_end(error, self._settings) from error
        fault = explain_reply(header, asked.text, self._settings)
        if fault is not None:
            raise fault
        known = header["known"]
        if isinstance(known, dict):
            self._choices.learn(alike(asked) if header["alike"] else one(asked), Choice(**known))
        return header, body

    def _answer(self, header: Header, body: bytes) -> Table | Triples | Truth:
        kind, limit, count = str(header["status"]), str(header["limit"]), int(str(header["count"]))
        about = _About(
            truncated=bool(limit),
            notice=notice(limit, count, _COUNTED[kind]),
            seconds=float(str(header["seconds"])),
            release=self.release.version,
            engine=str(header["engine"]),
            reason=str(header["reason"]),
        )
        if kind == "truth":
            return Truth(body == b"true", **about)
        if kind == "triples":
            return Triples(body.decode(), **about)
        return Table(*read_table(body), **about)


class _About(TypedDict):
    """What every answer says about itself."""

    truncated: bool
    notice: str
    seconds: float
    release: str
    engine: str
    reason: str


def _columns(release: Release, settings: Settings) -> str:
    if settings.store or settings.engine == OXIGRAPH or not release.columns.is_dir():
        return ""
    return str(release.columns.resolve())


def _address(release: Release, settings: Settings) -> StoreAddress:
    if not settings.store:
        return StoreAddress(path=str(release.store.resolve()))
    return StoreAddress(
        query=settings.store,
        user=settings.store_user,
        password=settings.store_password,
        union=settings.store_union,
    )
