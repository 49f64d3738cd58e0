"""The router's decisions as data, and what becomes of them where engines are slow, decline or fail."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from graph_app.columns.estimate import Estimate
from graph_app.questions.asked import Asked
from graph_app.questions.choices import Choices, alike, one
from graph_app.questions.engines import Engines
from graph_app.questions.late_columns import NotByColumns
from graph_app.questions.results import Term
from graph_app.questions.router import AUTO, COLUMNS, OXIGRAPH, Choice, Scene, choose, choose_unread
from graph_app.store.evaluation import Answer

LARGE = Scene(1_000_000, columns=True)
IN_MAKING = replace(LARGE, store=False)


@pytest.mark.parametrize(
    ("scene", "text", "wanted", "some_graphs", "engine", "reason"),
    [
        (LARGE, "ASK {}", AUTO, False, None, ""),
        (LARGE, "ASK {}", COLUMNS, False, None, ""),
        (LARGE, "ASK {}", OXIGRAPH, False, "oxigraph", "asked for"),
        (LARGE, "ASK {}", AUTO, True, "oxigraph", "some graphs alone"),
        (LARGE, "ASK {}", COLUMNS, True, "oxigraph", "some graphs alone"),
        (Scene(9_999, columns=True), "ASK {}", AUTO, False, "oxigraph", "a small graph"),
        (Scene(9_999, columns=True), "ASK {}", COLUMNS, False, None, ""),
        (Scene(1_000_000, columns=False), "ASK {}", AUTO, False, "oxigraph", "no columns"),
        (Scene(1_000_000, columns=False), "ASK {}", COLUMNS, False, "oxigraph", "no columns"),
        (replace(LARGE, remote=True), "ASK {}", AUTO, False, "remote", "remote engine"),
        (replace(LARGE, remote=True), "ASK {}", COLUMNS, False, "remote", "remote engine"),
        (IN_MAKING, "ASK {}", AUTO, False, "columns", "still being made"),
        (IN_MAKING, "ASK { GRAPH ?g { ?s ?p ?o } }", AUTO, False, "columns", "still being made"),
        (replace(IN_MAKING, statements=10), "ASK {}", AUTO, False, "columns", "still being made"),
        (IN_MAKING, "ASK {}", AUTO, True, "oxigraph", "some graphs alone"),
        (IN_MAKING, "ASK {}", OXIGRAPH, False, "oxigraph", "asked for"),
        (IN_MAKING, "ASK {}", COLUMNS, False, None, ""),
        (LARGE, "ASK { graph ?g { ?s ?p ?o } }", AUTO, False, "oxigraph", "decline GRAPH"),
        (LARGE, "ASK FROM <urn:g> { ?s ?p ?o }", AUTO, False, "oxigraph", "decline FROM"),
        (LARGE, "DESCRIBE <urn:a>", AUTO, False, "oxigraph", "decline DESCRIBE"),
        (LARGE, "ASK { ?s ex:graph 'FROM', <urn:describe> } # GRAPH", AUTO, False, None, ""),
    ],
)
def test_what_needs_no_reading(
    scene: Scene, text: str, wanted: str, some_graphs: bool, engine: str | None, reason: str
) -> None:
    choice = choose_unread(scene, text, wanted, some_graphs=some_graphs)
    assert (choice.engine if choice else None) == engine
    assert reason in (choice.reason if choice else "")


@pytest.mark.parametrize(("rows", "engine"), [(0, OXIGRAPH), (1_999, OXIGRAPH), (2_000, COLUMNS), (10**12, COLUMNS)])
def test_what_touches_many_rows_goes_to_columns(rows: int, engine: str) -> None:
    assert choose(Estimate(rows, "join")) == Choice(engine, f"join, about {rows:,} rows")


class Store:
    """Stands for Oxigraph; answers once it is let."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.may_end.set()
        self.asked: list[str] = []

    def evaluate(self, text: str, **_: object) -> Answer:
        self.asked.append(text)
        self.may_end.wait(10)
        return Answer("truth", b"false")


class Columns:
    """Stands for columns, which estimate each query alike."""

    def __init__(self) -> None:
        self.warm = False
        self.estimate = Estimate(1_000_000, "scan")
        self.declines: Exception | None = None
        self.fails: Exception | None = None
        self.planned: list[str] = []
        self.asked: list[tuple[str, Mapping[str, Sequence[Term]]]] = []
        self.before_planning: Callable[[], object] = lambda: None
        self.before_answering: Callable[[], object] = lambda: None
        self.interrupted = threading.Event()

    def plan(self, text: str, _: object) -> "Columns":
        self.planned.append(text)
        self.before_planning()
        if self.declines:
            raise self.declines
        return self

    def interrupt(self) -> None:
        self.interrupted.set()

    def evaluate(self, text: str, params: Mapping[str, Sequence[Term]], *_: int) -> Answer:
        self.asked.append((text, params))
        self.before_answering()
        if self.fails:
            raise self.fails
        return Answer("truth", b"true")


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def columns() -> Columns:
    return Columns()


@pytest.fixture
def engines(store: Store, columns: Columns) -> Engines:
    given: Any = store, columns
    return Engines(LARGE, *given, {})


def asked(text: str = "ASK {}", **changed: object) -> Asked:
    given: Any = changed
    return Asked(text, 10, 10, **given)


def test_what_oxigraph_answers_at_once_is_not_read(engines: Engines, columns: Columns) -> None:
    for _ in range(2):
        found = engines.answer(asked())
        assert (found.answer.body, found.choice.engine, found.known) == (b"false", OXIGRAPH, None)
        assert "at once" in found.choice.reason
    assert not columns.planned
    assert not engines.busy


def test_columns_overtake_oxigraph_and_are_asked_first_from_then_on(
    engines: Engines, store: Store, columns: Columns
) -> None:
    store.may_end.clear()
    found = engines.answer(asked())
    assert (found.answer.body, found.choice) == (b"true", Choice(COLUMNS, "scan, about 1,000,000 rows"))
    assert found.known == found.choice
    assert engines.busy
    assert engines.answer(asked()).answer.body == b"true"
    assert (len(store.asked), len(columns.planned), len(columns.asked)) == (1, 1, 2)
    store.may_end.set()
    deadline = time.monotonic() + 5
    while engines.busy:
        assert time.monotonic() < deadline
        time.sleep(0.001)


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("warm", "rows", "text", "read", "begun"),
    [
        (True, 1_000_000, COUNT, 1, 0),
        (True, 20, COUNT, 1, 1),
        (False, 1_000_000, COUNT, 0, 1),
        (True, 1_000_000, "SELECT * { ?s ?p ?group }", 0, 1),
    ],
)
def test_what_sums_up_is_read_before_oxigraph_begins(
    warm: bool, rows: int, text: str, read: int, begun: int, engines: Engines, store: Store, columns: Columns
) -> None:
    columns.warm, columns.estimate = warm, Estimate(rows, "aggregate")
    found = engines.answer(asked(text))
    assert (len(columns.planned), len(store.asked)) == (read, begun)
    assert found.choice.engine == (OXIGRAPH if begun else COLUMNS)
    assert not engines.busy


def test_a_look_up_that_takes_long_goes_to_columns_and_the_next_term_begins_anew(
    engines: Engines, store: Store, columns: Columns
) -> None:
    columns.estimate = Estimate(20, "look-up")
    store.may_end.clear()
    hub: Any = {"template": "ASK { VALUES ?x { UNDEF } }", "params": {"x": [Term("iri", "urn:hub")]}}
    found = engines.answer(asked("ASK { VALUES ?x { <urn:hub> } }", **hub))
    assert found.choice == Choice(COLUMNS, "look-up, about 20 rows, which took Oxigraph longer")
    assert (found.known, found.alike) == (found.choice, False)
    again = engines.answer(asked("ASK { VALUES ?x { <urn:hub> } }", **hub))
    assert (again.choice, again.known) == (found.choice, None)
    store.may_end.set()
    other = hub | {"params": {"x": [Term("iri", "urn:other")]}}
    assert engines.answer(asked("ASK { VALUES ?x { <urn:other> } }", **other)).choice.engine == OXIGRAPH
    assert (len(store.asked), len(columns.planned), len(columns.asked)) == (2, 1, 2)


def test_whoever_ends_first_answers(engines: Engines, store: Store, columns: Columns) -> None:
    store.may_end.clear()
    columns.before_answering = lambda: (store.may_end.set(), columns.interrupted.wait(10))
    found = engines.answer(asked())
    assert (found.answer.body, found.choice) == (b"false", Choice(OXIGRAPH, "it ended first"))
    assert columns.interrupted.is_set()
    assert not engines.busy


def test_what_ends_while_the_query_is_read_is_the_answer(engines: Engines, store: Store, columns: Columns) -> None:
    def read_slowly() -> None:
        store.may_end.set()
        time.sleep(0.5)

    store.may_end.clear()
    columns.before_planning = read_slowly
    assert engines.answer(asked()).choice == Choice(OXIGRAPH, "it ended while the query was read")
    assert not engines.busy


def test_what_columns_decline_oxigraph_answers(engines: Engines, store: Store, columns: Columns) -> None:
    columns.declines = NotByColumns("the function UUID")
    store.may_end.clear()
    columns.before_planning = lambda: threading.Timer(0.2, store.may_end.set).start()
    for _ in range(2):
        found = engines.answer(asked())
        assert (found.answer.body, found.choice) == (b"false", Choice(OXIGRAPH, "columns decline: the function UUID"))
    assert len(columns.planned) == 1


@pytest.mark.parametrize("known", [None, Choice(COLUMNS, "scan")])
def test_what_columns_decline_as_they_run_falls_back_in_the_same_request(
    known: Choice | None, engines: Engines, store: Store, columns: Columns
) -> None:
    columns.fails = NotByColumns("a value is met that columns cannot work with")
    if known is None:
        store.may_end.clear()
        columns.before_answering = lambda: threading.Timer(0.2, store.may_end.set).start()
    for _ in range(2):
        found = engines.answer(asked(known=known))
        assert found.answer.body == b"false"
        assert found.choice == Choice(OXIGRAPH, "columns decline: a value is met that columns cannot work with")
    assert len(columns.asked) == 1


def test_columns_without_memory_leave_the_answer_to_oxigraph_where_it_runs(
    engines: Engines, store: Store, columns: Columns
) -> None:
    columns.fails = MemoryError()
    store.may_end.clear()
    columns.before_answering = lambda: threading.Timer(0.2, store.may_end.set).start()
    for _ in range(2):
        found = engines.answer(asked())
        assert (found.answer.body, found.choice.engine) == (b"false", OXIGRAPH)
        assert "memory" in found.choice.reason
    with pytest.raises(MemoryError):
        engines.answer(asked("ASK {} # another", known=Choice(COLUMNS, "scan")))


def test_what_another_worker_found_out_is_believed(engines: Engines, store: Store, columns: Columns) -> None:
    found = engines.answer(asked(known=Choice(COLUMNS, "scan")))
    assert (found.choice.engine, store.asked, columns.planned) == (COLUMNS, [], [])
    assert engines.answer(asked(known=Choice(OXIGRAPH, "declined"))).choice.engine == OXIGRAPH


def test_choices_hold_for_other_terms_of_the_same_parameters(engines: Engines, store: Store, columns: Columns) -> None:
    template = "ASK { VALUES ?x { UNDEF } ?x ?p ?o }"
    store.may_end.clear()
    for number, params in enumerate(({}, {"x": [Term("iri", "urn:a")]}, {"x": [Term("iri", "urn:b")]})):
        engines.answer(asked(f"ASK {{ # {number}\n}}", template=template, params=params))
    assert len(columns.planned) == len(store.asked) == 2
    assert columns.asked[-1] == (template, {"x": [Term("iri", "urn:b")]})
    store.may_end.set()


@pytest.mark.parametrize("declines", [True, False])
def test_columns_alone_never_fall_back(declines: bool, engines: Engines, store: Store, columns: Columns) -> None:
    columns.fails = NotByColumns("reason") if declines else None
    if declines:
        with pytest.raises(NotByColumns, match="reason"):
            engines.answer(asked(engine=COLUMNS))
    else:
        assert engines.answer(asked(engine=COLUMNS)).choice == Choice(COLUMNS, "asked for")
    with pytest.raises(NotByColumns, match="some graphs alone"):
        engines.answer(asked(engine=COLUMNS, default_graphs=["urn:g"]))
    with pytest.raises(SyntaxError):
        engines.answer(asked("ASK {", engine=COLUMNS))
    assert not store.asked


@pytest.mark.parametrize(
    "one",
    [
        asked("é"),
        asked("q", template="t", params={"x": [Term("literal", "é", "cs"), Term("iri", "urn:a")]}, engine=COLUMNS),
        asked("q", media="text/csv", default_graphs=["urn:g"], named_graphs=[]),
    ],
)
def test_messages_hold_what_is_asked(one: Asked) -> None:
    known = Choice(COLUMNS, "why")
    assert Asked.read(one.header(1.5, None), one.text.encode()) == one
    assert Asked.read(one.header(1.5, known), one.text.encode()) == replace(one, known=known)


def test_choices_are_kept_by_query_and_parameters_or_for_one_query_alone() -> None:
    choices = Choices()
    some = asked("q <a>", template="q", params={"x": [Term("iri", "a")]})
    others = asked("q <b>", template="q", params={"x": [Term("iri", "b")]})
    choices.learn(one(some), Choice(COLUMNS, "why"))
    assert (choices.find(some), choices.find(others)) == (Choice(COLUMNS, "why"), None)
    choices.learn(alike(some), Choice(OXIGRAPH, "declined"))
    assert choices.find(others) == Choice(OXIGRAPH, "declined")
    assert choices.find(asked("q")) is None
