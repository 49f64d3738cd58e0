import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from graph_app.questions.asked import Asked
from graph_app.questions.engine import Engine
from graph_app.questions.errors import (
    QueryBusy,
    QueryError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
)
from graph_app.questions.process import Worker, WorkerSettings
from graph_app.questions.results import XSD, Table, Term, Triples, Truth
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.store.address import StoreAddress

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x + ?y + ?z < 0) }"
SORT = "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?y ?x ?b"
CONCAT = "SELECT (STRLEN(?v40) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?v0) %s }" % " ".join(  # noqa: UP031 - braces
    f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40)
)


def alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_for_end(pids: tuple[int, ...]) -> None:
    deadline = time.monotonic() + 10
    while any(map(alive, pids)):
        assert time.monotonic() < deadline, f"{pids} still live"
        time.sleep(0.02)


def kill(engine: Engine, pids: tuple[int, ...]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while set(pids) & set(engine.worker_pids):
        assert time.monotonic() < deadline, f"{pids} still live"
        time.sleep(0.02)


def test_a_select_gives_a_table(small_engine: Engine) -> None:
    table = small_engine.ask(
        """SELECT ?project ?start ?amount ?approximate ?none {
          ?grant ig:project ?project ; ig:amount [ ig:value ?amount ; ig:approximate ?approximate ] .
          ?project ig:startDate ?start
        }"""
    )
    assert isinstance(table, Table)
    assert table.columns == ("project", "start", "amount", "approximate", "none")
    assert table.rows == (
        (
            Term("iri", "https://w3id.org/integration-graph/id/project/curated/elci"),
            Term("literal", "2008", datatype=XSD + "gYear"),
            Term("literal", "-1200.5", datatype=XSD + "decimal"),
            Term("literal", "true", datatype=XSD + "boolean"),
            None,
        ),
    )
    assert table.release == "small"
    assert not table.truncated
    assert not table.notice
    assert table.records() == [
        {
            "project": "https://w3id.org/integration-graph/id/project/curated/elci",
            "start": "2008",
            "amount": Decimal("-1200.5"),
            "approximate": True,
            "none": None,
        }
    ]


def test_an_empty_answer_keeps_its_columns(small_engine: Engine) -> None:
    table = small_engine.ask("SELECT ?a ?b { ?a <urn:nothing> ?b }")
    assert isinstance(table, Table)
    assert (table.columns, table.rows, len(table)) == (("a", "b"), (), 0)


def test_ask_and_construct(small_engine: Engine) -> None:
    assert small_engine.ask("ASK { ?s a ig:Organisation }") == Truth(value=True, release="small")
    triples = small_engine.ask("CONSTRUCT { ?s a ig:Donor } { ?p ig:role role:funder ; ig:organisation ?s }")
    assert isinstance(triples, Triples)
    assert triples.ntriples == (
        "<https://w3id.org/integration-graph/id/organisation/curated/iom> "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/integration-graph/ontology#Donor> .\n"
    )


def test_all_graphs_are_one_and_can_be_told_apart(small_engine: Engine) -> None:
    graphs = small_engine.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert isinstance(graphs, Table)
    assert [row["g"].value for row in graphs] == [
        "https://w3id.org/integration-graph/id/graph/small/data",
        "urn:example:numbers",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("SELECT * {\n  ?s ?p ?o ?q\n}", 2, 12, "What begins with ?q is not complete"),
        ("SELECT * {\n  ?s foo:bar ?o }", 2, 6, "prefix foo: is not declared"),
        ("SELECT * {\n  # é\n ?s <bar> ?o }", 3, 5, "<bar> is not complete"),
        ("SELECT * { ?s ?p 'éé' ?q }", 1, 23, "begins with ?q"),
        ("SELECT ?s (COUNT(*) AS ?n) {\n ?s ?p ?o }", 2, 12, "Add it to GROUP BY"),
        ("SELECT * { ?s ?p ?o ", 1, 21, "ends too early"),
        ("SELECT * {\n ?s ?p 1 . OPTIONAL ?s ?p ?o }", 2, 21, "A { is missing before ?s."),
        ("SELEC * { ?s ?p ?o }", 1, 1, "begins with SELEC"),
        ("SELECT * { ?s ?p ?o FILTER" + "(" * 60 + "?o" + ")" * 59 + " }", 1, 150, "ends too early"),
        ("", 1, 1, "ends too early"),
    ],
)
def test_a_syntax_error_says_where_and_what(text: str, line: int, column: int, part: str, small_engine: Engine) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        small_engine.ask(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert part in caught.value.message
    assert str(caught.value).startswith(f"Line {line}, column {column}: ")


def test_what_cannot_be_evaluated_is_said(small_engine: Engine) -> None:
    with pytest.raises(QueryFailed, match="custom function <urn:f>"):
        small_engine.ask("SELECT (<urn:f>(1) AS ?x) {}")


@pytest.mark.parametrize("bomb", [CROSS, SORT], ids=["cross", "sort"])
def test_a_runaway_query_is_stopped_and_the_engine_goes_on(bomb: str, small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, time_limit=1.0, memory_limit=4 * 1024**3)) as engine:
        assert engine.ask("ASK {}")
        before = engine.worker_pids
        started = time.monotonic()
        with pytest.raises(QueryTimeout, match="after 1 seconds"):
            engine.ask(bomb)
        assert time.monotonic() - started < 6  # far below what the query would take
        assert engine.ask("ASK {}")
        gone = tuple(set(before) - set(engine.worker_pids))
        assert len(gone) == 1
        wait_for_end(gone)


def test_a_memory_bomb_ends_its_worker_alone(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, time_limit=30.0)) as engine:
        with pytest.raises(QueryFailed, match="more memory than the 512 MiB"):
            engine.ask(CONCAT)
        assert engine.ask("ASK {}")


def test_a_nesting_bomb_is_refused(small_engine: Engine) -> None:
    with pytest.raises(QueryRefused, match="64 deep"):
        small_engine.ask("SELECT * " + "{" * 3000 + "}" * 3000)


def test_cut_answers_say_so(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, row_limit=100, byte_limit=9_000)) as engine:
        rows = engine.ask("SELECT ?o { ?s <urn:example:is> ?o }", row_limit=7)
        assert isinstance(rows, Table)
        assert (len(rows), rows.truncated) == (7, True)
        assert rows.notice.startswith("Only the first 7 rows are here; there are more.")
        size = engine.ask("SELECT ?s ?s2 ?o { ?s <urn:example:is> ?o BIND(?s AS ?s2) }")
        assert isinstance(size, Table)
        assert size.truncated
        assert "too large" in size.notice
        assert 10 < len(size) < 100
        triples = engine.ask("CONSTRUCT WHERE { ?s <urn:example:is> ?o }", row_limit=3)
        assert isinstance(triples, Triples)
        assert triples.ntriples.count("\n") == 3
        assert triples.notice.startswith("Only the first 3 triples")
        exact = engine.ask("SELECT ?o { ?s <urn:example:is> ?o } LIMIT 50")
        assert isinstance(exact, Table)
        assert (len(exact), exact.truncated) == (50, False)


def test_a_caller_cannot_raise_the_row_limit(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, row_limit=5)) as engine:
        answer = engine.ask("SELECT ?o { ?s <urn:example:is> ?o }", row_limit=500)
    assert isinstance(answer, Table)
    assert len(answer) == 5


def test_others_are_answered_while_one_runs_away(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, time_limit=2.0)) as engine:
        engine.ask("ASK {}")
        outcome: list[BaseException] = []

        def run_away() -> None:
            with pytest.raises(QueryTimeout) as caught:
                engine.ask(CROSS)
            outcome.append(caught.value)

        bomb = threading.Thread(target=run_away)
        bomb.start()
        answers = 0
        while bomb.is_alive():
            assert engine.ask("ASK { ?s a ig:Project }")
            answers += 1
        bomb.join()
    assert answers > 2  # one that waits for the other gets none, or one
    assert len(outcome) == 1


def test_many_threads_get_their_own_answers(small_engine: Engine) -> None:
    wrong: list[int] = []

    def ask(number: int) -> None:
        for _ in range(10):
            table = small_engine.ask(f"SELECT (<urn:example:{number}> AS ?x) {{}}")
            if not isinstance(table, Table) or table.rows[0][0] != Term("iri", f"urn:example:{number}"):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(small_engine.worker_pids) <= 5  # two that may be busy in each lane, and a spare one


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="The system has no class for idle time.")
def test_a_slow_query_is_stopped_where_enough_slow_ones_run(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, workers=1, time_limit=6.0)) as engine:
        engine.ask("ASK {}")

        def run_away() -> None:
            with pytest.raises(QueryTimeout):
                engine.ask(CROSS, client="first")

        first = threading.Thread(target=run_away)
        first.start()
        deadline = time.monotonic() + 4
        while os.SCHED_IDLE not in map(os.sched_getscheduler, engine.worker_pids):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        started = time.monotonic()
        with pytest.raises(QueryBusy, match="as many long ones as may run"):
            engine.ask(CROSS, client="second")
        assert time.monotonic() - started < 4  # long before its time limit
        assert engine.ask("ASK {}", client="third")
        assert first.is_alive()
        first.join()


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="The system has no class for idle time.")
def test_a_slow_query_gets_the_time_that_others_leave(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, time_limit=2.0)) as engine:
        engine.ask("ASK {}")

        def ranks() -> list[int]:
            return sorted(os.sched_getscheduler(pid) for pid in engine.worker_pids if alive(pid))

        def run_away() -> None:
            with pytest.raises(QueryTimeout):
                engine.ask(CROSS, client="one")

        for _ in range(2):  # the second query has no place among the quick ones, as the first one had to be stopped
            bomb = threading.Thread(target=run_away)
            bomb.start()
            deadline = time.monotonic() + 1.5
            while os.SCHED_IDLE not in ranks():
                assert time.monotonic() < deadline
                time.sleep(0.01)
            assert ranks().count(os.SCHED_IDLE) == 1
            assert engine.ask("ASK {}", client="another")
            bomb.join()
        assert os.SCHED_IDLE not in ranks()


def test_a_small_query_after_a_stopped_one_is_answered_on_a_busy_machine(
    small_release: Release, limits: Settings
) -> None:
    with Engine(small_release, replace(limits, time_limit=3.0)) as engine:
        with pytest.raises(QueryTimeout):
            engine.ask(CROSS, client="one")
        idle = "while True: pass"
        spinning = [subprocess.Popen([sys.executable, "-c", idle]) for _ in range(2 * (os.cpu_count() or 1))]
        try:
            assert engine.ask("ASK {}", client="one")
        finally:
            for process in spinning:
                process.kill()
                process.wait()


def test_a_slow_query_that_ends_is_answered(small_release: Release, limits: Settings) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a <urn:example:is> ?x . ?b <urn:example:is> ?y FILTER(?x + ?y < %d) }"
    with Engine(small_release, replace(limits, time_limit=60.0)) as engine:
        for most in (10, 20):
            table = engine.ask(text % most, client="one")
            assert isinstance(table, Table)
            assert table.records() == [{"n": most * (most + 1) // 2}]
            assert table.seconds > 0.25
        assert engine.ask("ASK {}", client="one")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1/> {} }", 403, "refused"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "refused"),
        ("SELECT * {" + " " * 70_000 + "}", 413, "refused"),
        ("{" * 100, 400, "refused"),
        ("SELECT *", 400, "syntax"),
        ("SELECT (<urn:f>(1) AS ?x) {}", 400, "evaluation"),
        (CONCAT, 503, "memory"),
    ],
)
def test_errors_have_a_status_and_a_word(text: str, status: int, code: str, small_engine: Engine) -> None:
    with pytest.raises(QueryError) as caught:
        small_engine.ask(text)
    assert (caught.value.status, caught.value.code) == (status, code)


def test_a_worker_that_was_killed_from_outside_is_replaced(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, limits) as engine:
        engine.ask("ASK {}")
        kill(engine, engine.worker_pids)
        assert engine.ask("ASK {}")


def test_closing_leaves_no_process(small_release: Release, limits: Settings) -> None:
    engine = Engine(small_release, limits)
    engine.ask("ASK {}")
    pids = engine.worker_pids
    assert pids
    engine.close()
    wait_for_end(pids)
    with pytest.raises(QueryFailed, match="closed"):
        engine.ask("ASK {}")


def test_closing_ends_what_is_running_and_says_so(small_release: Release, limits: Settings) -> None:
    engine = Engine(small_release, replace(limits, time_limit=60.0))
    engine.ask("ASK {}")
    outcome: list[str] = []

    def run_away() -> None:
        with pytest.raises(QueryFailed) as caught:
            engine.ask(CROSS)
        outcome.append(str(caught.value))

    threads = [threading.Thread(target=run_away) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    pids = engine.worker_pids
    engine.close()
    for thread in threads:
        thread.join(timeout=20)
    assert outcome == ["The engine is closed. Ask again."] * 2
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()], "processes were not waited for"


def test_without_a_spare_worker_questions_are_still_answered(
    small_release: Release, limits: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Engine(small_release, limits) as engine:
        engine.ask("ASK {}")
        kill(engine, engine.worker_pids[:1])
        monkeypatch.setattr(sys, "executable", "/no/such/python")
        for _ in range(3):
            assert engine.ask("ASK {}")
        kill(engine, engine.worker_pids)
        with pytest.raises(QueryFailed, match=r"A worker cannot start: .*/no/such/python"):
            engine.ask("ASK {}")
        monkeypatch.undo()
        assert engine.ask("ASK {}")


def test_a_forgotten_engine_leaves_no_process(small_release: Release, limits: Settings) -> None:
    engine = Engine(small_release, limits)
    engine.ask("ASK {}")
    pids = engine.worker_pids
    del engine
    wait_for_end(pids)


@pytest.mark.parametrize("ending", ["", "os.kill(os.getpid(), 9)"], ids=["ends", "is killed"])
def test_workers_end_with_a_program_that(ending: str, small_release: Release) -> None:
    program = f"""
import os, threading, time
from datetime import datetime
from pathlib import Path
from graph_app.questions.engine import Engine
from graph_app.releases.release import Release
from graph_app.settings import Settings
release = Release("small", Path({str(small_release.path)!r}), "", datetime.now(), 0, {{}})
engine = Engine(release, Settings(time_limit=60.0))
engine.ask("ASK {{}}")
def run_away():
    engine.ask({CROSS!r})
threading.Thread(target=run_away, daemon=True).start()
time.sleep(0.3)
print(*engine.worker_pids, flush=True)
{ending}
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    pids = tuple(map(int, done.stdout.split()))
    assert len(pids) >= 1, done.stderr
    wait_for_end(pids)


def test_a_store_that_is_not_there_is_said(tmp_path: Path, small_release: Release, limits: Settings) -> None:
    with (
        Engine(replace(small_release, path=tmp_path), limits) as engine,
        pytest.raises(QueryFailed, match="There is no store"),
    ):
        engine.ask("ASK {}")


def test_even_past_the_guard_a_worker_reaches_no_server(small_release: Release) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.5)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    worker = Worker(WorkerSettings(StoreAddress(path=str(small_release.store)), 5.0, {}, 1024**3))
    try:
        worker.wait_until_ready()
        if worker.network != "none":
            pytest.skip(f"the system gives no empty network: {worker.network}")
        asked = Asked(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", row_limit=10, byte_limit=10_000)
        header, _ = worker.ask(asked.header(5.0, None), asked.text.encode(), 5.0)
        assert header["status"] == "failed"
        with pytest.raises(TimeoutError):
            listener.accept()
    finally:
        worker.end()
        listener.close()


def test_a_worker_sees_no_environment(small_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTGRAPH_PASSWORD", "secret")
    small_engine.ask("ASK {}")
    for pid in small_engine.worker_pids:
        assert b"secret" not in Path(f"/proc/{pid}/environ").read_bytes()
