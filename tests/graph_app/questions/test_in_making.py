"""A release whose store comes later: columns alone answer until then, and no question fails when it comes."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.questions.current import CurrentEngine
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError, QuerySyntaxError, StoreInMaking
from graph_app.questions.results import Table, Triples, Truth
from graph_app.releases.publish import point_to
from graph_app.releases.release import CURRENT, STORE, Release, releases_folder, write_release
from graph_app.releases.report import BuildReport, Kind
from graph_app.settings import Settings

IN_MAKING = "the store is still being made"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s a ig:Organisation } }"
IS = "<urn:example:is>"
#: Takes seconds: longer than it takes to move to another engine.
SLOW = f"SELECT (SUM(?x) AS ?n) {{ ?a {IS} ?x . ?b {IS} ?y . ?c {IS} ?z FILTER(?x + ?y < ?z && ?x < 100) }}"
#: What only a store answers, and how columns say so.
DECLINED = {
    GRAPHS: "GRAPH asks for one graph",
    "ASK FROM <urn:g> { ?s ?p ?o }": "FROM asks for some graphs",
    "DESCRIBE <urn:example:7>": "DESCRIBE describes what the store knows",
    'SELECT (STRDT("1", ?type) AS ?x) { ?s a ?type }': "STRDT",
}


@pytest.fixture
def settings(tmp_path: Path, limits: Settings) -> Settings:
    return replace(limits, home=tmp_path / "home", time_limit=60.0, memory_limit=1 << 30)


Publish = Callable[..., Release]


@pytest.fixture
def publish(small_release: Release, settings: Settings) -> Publish:
    """Make a release current, whose store is kept aside unless it is said to be there."""

    def make(version: str, *, complete: bool = False) -> Release:
        path = releases_folder(settings) / version
        shutil.copytree(small_release.path, path)
        release = replace(small_release, version=version, path=path, report=BuildReport(Kind.FULL, 0.0, {}, 1, 0))
        write_release(release, path)
        if not complete:
            release.store.rename(path / "aside")
        point_to(releases_folder(settings) / CURRENT, path)
        return release

    return make


def bring(release: Release) -> None:
    (release.path / "aside").rename(release.path / STORE)


@pytest.fixture
def current(settings: Settings) -> Iterator[CurrentEngine]:
    engine = CurrentEngine(settings)
    yield engine
    engine.close()


@pytest.fixture
def alone(publish: Publish, settings: Settings) -> Iterator[Engine]:
    """An engine on a release without store."""
    release = publish("a")
    assert not release.complete
    with Engine(release, settings) as engine:
        assert not engine.complete
        yield engine


def answered(current: CurrentEngine, text: str) -> tuple[str, list[dict[str, object]]]:
    with current.lease() as engine:
        table = engine.ask(text)
        assert isinstance(table, Table)
        return table.engine, table.records()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?type { ?s a ?type } ORDER BY ?type ?s",
        f"SELECT (SUM(?x) AS ?n) {{ ?a {IS} ?x }}",
        "CONSTRUCT { ?s a ig:Donor } { ?p ig:role role:funder ; ig:organisation ?s }",
        "ASK { ?s a ig:Organisation }",
    ],
)
def test_columns_answer_and_say_why(text: str, alone: Engine, small_engine: Engine) -> None:
    answer = alone.ask(text)
    assert (answer.engine, answer.reason) == ("columns", IN_MAKING)
    assert replace(answer, release="small") == small_engine.ask(text)
    response = alone.respond(text)
    assert (response.engine, response.reason) == ("columns", IN_MAKING)


def test_what_columns_decline_is_refused_with_the_reason(alone: Engine) -> None:
    for text, declined in DECLINED.items():
        with pytest.raises(StoreInMaking) as caught:
            alone.ask(text)
        assert declined in caught.value.declined
        assert str(caught.value) == (
            "The store of this release is still being made, and columns alone answer meanwhile. "
            f"They do not answer this query: {caught.value.declined}. Ask again later."
        )
        assert (caught.value.status, caught.value.code) == (503, "store-in-making")
    with pytest.raises(StoreInMaking, match="some graphs alone"):
        alone.respond("ASK {}", default_graphs=["urn:example:numbers"])


@pytest.mark.parametrize("text", ["SELECT * {\n  ?s ?p ?o ?q\n}", "ASK { GRAPH ?g }", "SELECT ?s (COUNT(*) AS ?n) {}"])
@pytest.mark.parametrize("engine", ["auto", "oxigraph"])
def test_faults_in_a_query_are_told_as_ever(
    engine: str, text: str, publish: Publish, settings: Settings, small_engine: Engine
) -> None:
    said = []
    with Engine(publish("a"), replace(settings, engine=engine)) as waiting:
        for asked in (waiting, small_engine):
            with pytest.raises(QuerySyntaxError) as caught:
                asked.ask(text)
            said.append(str(caught.value))
    assert said[0] == said[1]


def test_whoever_asks_for_oxigraph_is_told_to_wait(publish: Publish, settings: Settings) -> None:
    with Engine(publish("a"), replace(settings, engine="oxigraph")) as engine, pytest.raises(StoreInMaking) as caught:
        engine.ask("ASK {}")
    assert caught.value.declined == ""
    assert str(caught.value).endswith("columns alone answer meanwhile. Ask again later, or with the engine auto.")


def test_whoever_asks_for_columns_is_answered_as_ever(publish: Publish, settings: Settings) -> None:
    with Engine(publish("a"), replace(settings, engine="columns")) as engine:
        assert engine.ask("ASK {}").reason == "asked for"
        with pytest.raises(QueryError, match="Ask it with the engine auto"):
            engine.ask(GRAPHS)


def test_columns_are_open_before_the_first_question(alone: Engine) -> None:
    (pid,) = alone.worker_pids
    with pytest.raises(QuerySyntaxError):  # which is told without columns
        alone.ask("ASK {")
    opened = {os.path.realpath(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    assert os.path.realpath(alone.release.columns / "graph.duckdb") in opened


def test_when_the_store_comes_the_next_question_has_it(current: CurrentEngine, publish: Publish) -> None:
    release = publish("a")
    assert answered(current, "SELECT ?s { ?s a ig:Project } LIMIT 1")[0] == "columns"
    with current.lease() as before:
        with pytest.raises(StoreInMaking):
            before.ask(GRAPHS)
        bring(release)
        engine, rows = answered(current, GRAPHS)
        assert engine == "oxigraph"
        assert rows
        assert before.ask("ASK {}").engine == "columns"
        pids = before.worker_pids
    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    with current.lease() as now, current.lease() as later:
        assert now is later


def test_a_slow_question_ends_on_the_engine_that_it_began_on(current: CurrentEngine, publish: Publish) -> None:
    release = publish("a")
    assert answered(current, "SELECT ?s { ?s a ig:Project } LIMIT 1")[0] == "columns"
    begun = threading.Event()
    found: list[Table | Triples | Truth] = []

    def ask_slowly() -> None:
        with current.lease() as engine:
            begun.set()
            found.append(engine.ask(SLOW))

    asking = threading.Thread(target=ask_slowly)
    asking.start()
    assert begun.wait(10)
    bring(release)
    assert answered(current, GRAPHS)[0] == "oxigraph"
    asking.join()
    (table,) = found
    assert isinstance(table, Table)
    total = sum(x * max(0, 1999 - x - y) for x in range(100) for y in range(2000))
    assert (table.engine, table.records()) == ("columns", [{"n": total}])


def test_no_question_fails_while_stores_come(current: CurrentEngine, publish: Publish) -> None:
    failures: list[BaseException] = []
    engines: set[tuple[str, str]] = set()
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                with current.lease() as engine:
                    answer = engine.ask("ASK { ?s a ig:Organisation }")
                    assert answer
                    engines.add((answer.release, answer.engine))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
            failures.append(error)

    publish("a", complete=True)
    threads = [threading.Thread(target=ask, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for version in ("b", "c"):
        release = publish(version)
        for engine in ("columns", "oxigraph"):
            deadline = time.monotonic() + 30
            while not failures and (version, engine) not in engines:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            if engine == "columns":
                bring(release)
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert engines >= {(version, engine) for version in "bc" for engine in ("columns", "oxigraph")}


def test_where_only_oxigraph_may_answer_a_release_is_new_with_its_store(publish: Publish, settings: Settings) -> None:
    current = CurrentEngine(replace(settings, engine="oxigraph"))
    try:
        first = publish("a")
        with current.lease() as engine, pytest.raises(StoreInMaking):
            engine.ask("ASK {}")
        bring(first)
        assert answered(current, GRAPHS)[0] == "oxigraph"
        second = publish("b")
        with current.lease() as engine:
            assert engine.release.version == "a"
        bring(second)
        with current.lease() as engine:
            assert engine.release.version == "b"
    finally:
        current.close()


def test_columns_that_cannot_be_read_leave_the_release_before_in_use(current: CurrentEngine, publish: Publish) -> None:
    publish("a", complete=True)
    assert answered(current, GRAPHS)[0] == "oxigraph"
    broken = publish("b")
    (broken.columns / "graph.duckdb").write_bytes(b"no such thing")
    with current.lease() as engine:
        assert engine.release.version == "a"
