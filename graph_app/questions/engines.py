"""Both engines of a worker: each query is answered by the one that the router chooses."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph_app.questions.asked import ARROW, Asked
from graph_app.questions.choices import Choices, Key, alike, one
from graph_app.questions.late_columns import LateColumns, NotByColumns
from graph_app.questions.router import COLUMNS, OXIGRAPH, Choice, Scene, choose, choose_unread, sums_up
from graph_app.questions.running import begin, first_of
from graph_app.store.evaluation import Answer
from graph_app.store.media import NoSuchForm, in_media
from graph_app.store.oxigraph import OxigraphStore
from graph_app.store.syntax import check_syntax

if TYPE_CHECKING:
    from graph_app.store.remote import RemoteStore

__all__ = ["Engines", "Found", "NoStoreYet", "NotByColumns"]

#: Seconds that Oxigraph has for a query of which nothing is known. Nobody reads the text meanwhile: a look-up ends in
#: a tenth of that time.
_HEAD_START = 0.05


class NoStoreYet(Exception):
    """Only the store could answer a query, and it is still being made.

    The text says why columns do not answer, as the end of a sentence; it is empty where Oxigraph was asked for.
    """


@dataclass(frozen=True, slots=True)
class Found:
    """An answer.

    :param answer: the answer.
    :param choice: who gave it, and why.
    :param known: who is to be asked the next time, where that was found out.
    :param alike: whether that holds for other terms of the same parameters too.
    """

    answer: Answer
    choice: Choice
    known: Choice | None = None
    alike: bool = True


class Engines:
    """Both engines of a worker.

    :param scene: what there is to choose from.
    :param store: the store, or the remote engine; ``None`` as long as the store is being made.
    :param columns: the columns of the release.
    :param prefixes: prefixes that queries may use without declaring them.
    """

    def __init__(
        self,
        scene: Scene,
        store: "OxigraphStore | RemoteStore | None",
        columns: LateColumns,
        prefixes: Mapping[str, str],
    ) -> None:
        self._scene = scene
        self._store = store
        self._columns = columns
        self._prefixes = prefixes
        self._choices = Choices()
        self._left: Future[Answer] | None = None

    def answer(self, asked: Asked) -> Found:
        """Answer a query.

        :param asked: the query.
        :raises NotByColumns: if only columns may answer it, and they do not.
        :raises NoStoreYet: if only the store could answer it, and there is none yet.
        :raises SyntaxError: if it is none; all else as the engines raise it.
        """
        some_graphs = asked.default_graphs is not None or asked.named_graphs is not None
        choice = choose_unread(self._scene, asked.template, asked.engine, some_graphs=some_graphs)
        if asked.media == ARROW or asked.engine == COLUMNS:
            return (self._arrays if asked.media == ARROW else self._by_columns_alone)(asked, choice)
        if choice is not None:
            return Found(self._by_store(asked), choice) if self._scene.store else self._without_store(asked, choice)
        known, found_out = self._choices.find(asked) or asked.known, None
        if known is None and self._columns.warm and sums_up(asked.template) and not asked.params:
            check_syntax(asked.text, self._prefixes)
            self._read(asked)
            known = found_out = self._choices.find(asked)
        if known is None:
            return self._with_head_start(asked)
        if known.engine == OXIGRAPH:
            return Found(self._by_store(asked), known, found_out)
        try:
            return Found(self._by_columns(asked), known, found_out)
        except NotByColumns as error:
            declined = self._remember(alike(asked), _declined(error))
            return Found(self._by_store(asked), declined, declined)

    @property
    def busy(self) -> bool:
        """Whether the store still works on a query that was answered without it."""
        return self._left is not None and not self._left.done()

    def _arrays(self, asked: Asked, choice: Choice | None) -> Found:
        """Answer as arrays, which columns hold already; where they decline, Oxigraph's rows are numbered."""
        from graph_app.questions.arrays import of_codes, of_json  # noqa: PLC0415 - most workers give none

        check_syntax(asked.text, self._prefixes)
        if choice is None or choice.engine == COLUMNS:
            try:
                arrays = self._columns.arrays(asked.template, asked.params, asked.row_limit + 1)
            except NotByColumns as error:
                choice = _declined(error)
            else:
                cut = "rows" if len(arrays.codes) > asked.row_limit else ""
                codes = arrays.codes.slice(0, asked.row_limit)
                body = of_codes(codes, arrays.terms)
                answer = Answer("table", body, tuple(codes.column_names), cut, len(codes))
                return Found(answer, choice or Choice(COLUMNS, "arrays are theirs"))
        if not self._scene.store or asked.engine == COLUMNS:
            raise (NotByColumns if asked.engine == COLUMNS else NoStoreYet)(choice.reason)
        told = self._by_store(replace(asked, media=""))
        if told.kind != "table":
            raise NoSuchForm("Only the rows of a SELECT have a form as arrays.")
        return Found(replace(told, body=of_json(told.body)), choice)

    def _by_columns_alone(self, asked: Asked, choice: Choice | None) -> Found:
        if choice is not None:
            raise NotByColumns(choice.reason)
        check_syntax(asked.text, self._prefixes)
        return Found(self._by_columns(asked), Choice(COLUMNS, "asked for"))

    def _without_store(self, asked: Asked, choice: Choice) -> Found:
        check_syntax(asked.text, self._prefixes)
        if choice.engine == OXIGRAPH:
            raise NoStoreYet("" if asked.engine == OXIGRAPH else choice.reason)
        try:
            return Found(self._by_columns(asked), choice)
        except NotByColumns as error:
            raise NoStoreYet(str(error)) from error

    def _with_head_start(self, asked: Asked) -> Found:
        """Let Oxigraph begin; where it does not end soon, read the query."""
        running = self._left = begin(lambda: self._by_store(asked))
        if first_of(running, seconds=_HEAD_START):
            return Found(running.result(), Choice(OXIGRAPH, "it ended at once"))
        reading = begin(lambda: self._read(asked))
        first_of(running, reading)
        if running.done():
            return Found(running.result(), Choice(OXIGRAPH, "it ended while the query was read"))
        choice = reading.result()
        if choice.engine == OXIGRAPH and choice == self._choices.find(asked):
            return Found(running.result(), choice, choice)
        return self._race(asked, choice, running)

    def _read(self, asked: Asked) -> Choice:
        try:
            choice = choose(self._columns.plan(asked.template, asked.params).estimate)
        except NotByColumns as error:
            return self._remember(alike(asked), _declined(error))
        return self._remember(alike(asked), choice) if choice.engine == COLUMNS else choice

    def _race(self, asked: Asked, choice: Choice, running: "Future[Answer]") -> Found:
        """Have columns answer beside Oxigraph, which has taken long by now, whatever it was expected to take."""
        racing = begin(lambda: self._by_columns(asked))
        first_of(running, racing)
        if not racing.done():
            self._columns.interrupt()
            return Found(running.result(), Choice(OXIGRAPH, "it ended first"))
        try:
            answer = racing.result()
        except NotByColumns as error:
            declined = self._remember(alike(asked), _declined(error))
            return Found(running.result(), declined, declined)
        except MemoryError:
            full = self._remember(alike(asked), Choice(OXIGRAPH, "columns need more memory than they may have"))
            return Found(running.result(), full, full)
        if choice.engine == COLUMNS:
            return Found(answer, choice, choice)
        won = self._remember(one(asked), Choice(COLUMNS, f"{choice.reason}, which took Oxigraph longer"))
        return Found(answer, won, won, alike=False)

    def _remember(self, key: Key, choice: Choice) -> Choice:
        self._choices.learn(key, choice)
        return choice

    def _by_store(self, asked: Asked) -> Answer:
        if self._store is None:
            raise NoStoreYet
        return self._store.evaluate(
            asked.text,
            prefixes=self._prefixes,
            row_limit=asked.row_limit,
            byte_limit=asked.byte_limit,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            media=asked.media,
        )

    def _by_columns(self, asked: Asked) -> Answer:
        found = self._columns.evaluate(asked.template, asked.params, asked.row_limit, asked.byte_limit)
        answer = Answer(found.kind, found.body, found.columns, found.limit, found.count)
        return in_media(answer, asked.media, self._prefixes)


def _declined(error: NotByColumns) -> Choice:
    return Choice(OXIGRAPH, f"columns decline: {error}")
