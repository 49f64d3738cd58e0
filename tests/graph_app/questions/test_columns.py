"""Columns asked through workers, under the same limits as every query."""

import json
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed, QuerySyntaxError, QueryTimeout
from graph_app.questions.results import XSD, Table, Term, Triples, Truth
from graph_app.releases.release import Release
from graph_app.settings import Settings

IS = "<urn:example:is>"
#: Takes minutes, and no memory.
CROSS = f"SELECT (SUM(?x) AS ?n) {{ ?a {IS} ?x . ?b {IS} ?y . ?c {IS} ?z FILTER(?x + ?y < ?z || ?y + ?z < ?x) }}"
#: Makes billions of groups.
#: One text of what is counted here in rows: it cannot wait on disk.
HOARD = f"SELECT (GROUP_CONCAT(STR(?x)) AS ?n) {{ ?a {IS} ?x . ?b {IS} ?y . ?c {IS} ?z }}"
#: Four million texts, of which each is there once.
PAIRS = f"""SELECT (COUNT(*) AS ?n) {{
  {{
    SELECT DISTINCT ?pair {{
      ?a {IS} ?x . ?b {IS} ?y BIND(CONCAT("one of the pairs: ", STR(?x), " and ", STR(?y)) AS ?pair)
    }}
  }}
}}"""


@pytest.fixture(scope="module")
def roomy(limits: Settings) -> Settings:
    """Limits that leave columns some room beside the program itself."""
    return replace(limits, memory_limit=1 << 30, time_limit=60.0)


@pytest.fixture(scope="module")
def by_columns(small_release: Release, roomy: Settings) -> Iterator[Engine]:
    with Engine(small_release, replace(roomy, engine="columns")) as engine:
        yield engine


def test_every_kind_of_answer_has_the_same_form(by_columns: Engine, small_engine: Engine) -> None:
    table = "SELECT ?s ?type ?none { ?s a ?type } ORDER BY ?type ?s"
    assert by_columns.ask(table) == small_engine.ask(table)
    triples = "CONSTRUCT { ?s a ig:Donor } { ?p ig:role role:funder ; ig:organisation ?s }"
    assert by_columns.ask(triples) == small_engine.ask(triples)
    truth = by_columns.ask("ASK { ?s a ig:Organisation }")
    assert truth == Truth(value=True, release="small")
    assert (truth.engine, truth.reason) == ("columns", "asked for")
    assert truth.seconds > 0
    assert small_engine.ask("ASK {}").engine == "oxigraph"


def test_parameters_go_in_as_terms(by_columns: Engine) -> None:
    text = "SELECT ?s { VALUES ?o { UNDEF } ?s <urn:example:is> ?o } ORDER BY ?s"
    for number in (7, 1999, 5000):
        answer = by_columns.ask(text, {"o": [Term("literal", str(number), datatype=XSD + "integer")]})
        assert isinstance(answer, Table)
        assert [row["s"].value for row in answer] == [f"urn:example:{number}"] * (number < 2000)
    both = "SELECT ?s { VALUES (?o) { (UNDEF) } VALUES ?o { UNDEF } ?s <urn:example:is> ?o }"
    answer = by_columns.ask(both, {"o": [Term("literal", "7", datatype=XSD + "integer")]})
    assert isinstance(answer, Table)
    assert len(answer) == 1


def test_limits_hold(by_columns: Engine) -> None:
    rows = by_columns.ask("SELECT ?o { ?s <urn:example:is> ?o }", row_limit=7)
    assert isinstance(rows, Table)
    assert (len(rows), rows.truncated) == (7, True)
    triples = by_columns.ask("CONSTRUCT WHERE { ?s <urn:example:is> ?o }", row_limit=3)
    assert isinstance(triples, Triples)
    assert (triples.ntriples.count("\n"), triples.truncated) == (3, True)


def test_programs_get_the_form_that_they_want(by_columns: Engine) -> None:
    response = by_columns.respond("SELECT ?o { ?s <urn:example:is> ?o } ORDER BY ?o LIMIT 2", media="text/csv")
    assert (response.body, response.engine) == (b"o\r\n0\r\n1\r\n", "columns")
    body = by_columns.respond("ASK { ?s <urn:example:is> 7 }").body
    assert json.loads(body)["boolean"] is True


def test_what_columns_decline_is_said(by_columns: Engine) -> None:
    with pytest.raises(QueryFailed, match=r"^Columns do not answer this query: GRAPH .*auto or oxigraph\.$") as caught:
        by_columns.ask("ASK { GRAPH ?g { ?s ?p ?o } }")
    assert (caught.value.status, caught.value.code) == (400, "declined")
    with pytest.raises(QueryFailed, match="some graphs alone"):
        by_columns.respond("ASK {}", default_graphs=["urn:example:numbers"])


@pytest.mark.parametrize("text", ["SELECT * {\n  ?s ?p ?o ?q\n}", "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", ""])
def test_both_engines_refuse_the_same_texts(text: str, by_columns: Engine, small_engine: Engine) -> None:
    said = []
    for engine in (by_columns, small_engine):
        with pytest.raises(QuerySyntaxError) as caught:
            engine.ask(text)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_a_release_without_columns_says_so(small_release: Release, limits: Settings, tmp_path: Path) -> None:
    shutil.copytree(small_release.path, tmp_path / "bare", ignore=shutil.ignore_patterns("columns"))
    bare = replace(small_release, path=tmp_path / "bare", triples=1_000_000)
    with Engine(bare, limits) as engine:
        answer = engine.ask("ASK {}")
        assert (answer.engine, answer.reason) == ("oxigraph", "the release has no columns")
    with (
        Engine(bare, replace(limits, engine="columns")) as engine,
        pytest.raises(QueryFailed, match="the release has no columns"),
    ):
        engine.ask("ASK {}")


def test_columns_that_cannot_be_read_leave_everything_to_oxigraph(
    small_release: Release, limits: Settings, tmp_path: Path
) -> None:
    shutil.copytree(small_release.path, tmp_path / "damaged")
    (tmp_path / "damaged" / "columns" / "graph.duckdb").write_bytes(b"no such thing")
    damaged = replace(small_release, path=tmp_path / "damaged", triples=1_000_000)
    count = "SELECT (COUNT(*) AS ?n) { ?a <urn:example:is> ?x . ?b <urn:example:is> ?y FILTER(?x + ?y < 10) }"
    with Engine(damaged, replace(limits, time_limit=60.0)) as engine:
        answer = engine.ask(count)
        assert isinstance(answer, Table)
        assert answer.records() == [{"n": 55}]
        assert answer.engine == "oxigraph"
    with (
        Engine(damaged, replace(limits, engine="columns", time_limit=60.0)) as engine,
        pytest.raises(QueryFailed, match="cannot be opened"),
    ):
        engine.ask("ASK {}")


def test_a_heavy_query_on_a_large_graph_goes_to_columns(small_release: Release, roomy: Settings) -> None:
    large = replace(small_release, triples=1_000_000)  # so the router believes
    # The store takes seconds for it, however long a busy machine needs to read the query.
    more = "?x + ?x * ?x + ?x * ?x * ?x < ?y + ?y * ?y + ?y * ?y * ?y"
    heavy = f"SELECT (SUM(?x) AS ?n) {{ ?a {IS} ?x . ?b {IS} ?y FILTER({more}) }}"
    with Engine(large, roomy) as engine:
        first, second = engine.ask(heavy), engine.ask(heavy)
        assert isinstance(first, Table)
        assert first.records() == [{"n": sum(x * (1999 - x) for x in range(2000))}]
        assert first == second
        assert {first.engine, second.engine} == {"columns"}
        assert second.reason == "aggregate, about 4,002,000 rows"
        assert engine.ask("ASK { ?s a ig:Organisation }").engine == "oxigraph"
        small = engine.ask("ASK { GRAPH ?g { ?s a ig:Organisation } }")
        assert small.reason == "columns decline GRAPH"


def test_a_runaway_query_is_killed(small_release: Release, roomy: Settings) -> None:
    with Engine(small_release, replace(roomy, engine="columns", time_limit=4.0)) as engine:
        before = engine.worker_pids
        started = time.monotonic()
        with pytest.raises(QueryTimeout, match="after 4 seconds"):
            engine.ask(CROSS)
        assert time.monotonic() - started < 12
        assert not set(before) & set(engine.worker_pids)
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{pid}/exe").exists() for pid in before):
            assert time.monotonic() < deadline
            time.sleep(0.02)


def test_what_needs_too_much_memory_is_said(small_release: Release, roomy: Settings) -> None:
    with Engine(small_release, replace(roomy, engine="columns")) as engine:
        with pytest.raises(QueryFailed, match="more memory than the 1,024 MiB") as caught:
            engine.ask(HOARD)
        assert caught.value.code == "memory"
        assert engine.ask("ASK { ?s <urn:example:is> 7 }")


def test_what_does_not_fit_into_memory_waits_on_disk(
    small_release: Release, roomy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Engine(small_release, replace(roomy, engine="columns", memory_limit=640 << 20)) as engine:
        answer = engine.ask(PAIRS)
        assert isinstance(answer, Table)
        assert answer.records() == [{"n": 2000**2}]
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="The system has no class for idle time.")
def test_every_thread_of_a_slow_query_stands_back(small_release: Release, roomy: Settings) -> None:
    with Engine(small_release, replace(roomy, engine="columns", time_limit=6.0)) as engine:
        assert engine.ask("ASK {}")

        def run_away() -> None:
            with pytest.raises(QueryTimeout):
                engine.ask(CROSS, client="one")

        def ranks(pid: int) -> set[int]:
            threads = [int(path.name) for path in Path(f"/proc/{pid}/task").iterdir()]
            return {os.sched_getscheduler(thread) for thread in threads}

        bomb = threading.Thread(target=run_away)
        bomb.start()
        deadline = time.monotonic() + 5
        while {os.SCHED_IDLE} not in map(ranks, engine.worker_pids):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        bomb.join()
