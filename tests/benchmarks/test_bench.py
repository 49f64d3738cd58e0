"""Speed and memory of loading, building, asking and checking. Nothing here asserts a time."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.events import EventType, line_of
from graph_app.journal.intake import take_in, take_in_all
from graph_app.journal.journal import Journal
from graph_app.questions.catalogue import questions
from graph_app.questions.engine import Engine
from graph_app.questions.parameters import read
from graph_app.releases.build import build
from graph_app.releases.content import read_graph
from graph_app.settings import Settings, load_settings
from graph_app.store.oxigraph import open_store
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.mapping.quads import ontology_graph
from loaders.vocabulary import prefixes
from tests.benchmarks.generator.nquads import DATASET
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template
from tests.benchmarks.material import ROOT
from tests.reference import by_pyshacl

pytestmark = pytest.mark.bench

PROJECTS = 2_000
#: Projects of the release to which one more is added.
STANDING = 1_000
EVENTS = 500

PROJECT = """
  - id: p{n}
    locator: line {n}
    title: {{en: Project {n}, cs: Projekt {n}}}
    start: 2020-01
    end: 2023-12-31
    country: [CZE, FRA]
    target_group: [refugees, migrant-women]
    theme: [employment]
    participations:
      - {{organisation: o{a}, role: coordinator}}
      - {{organisation: o{b}, role: partner}}
      - {{organisation: o{c}, role: partner}}
    grants:
      - {{id: g{n}, donor: o{d}, amounts: [{{value: "{n}50000.50", currency: EUR, amount_kind: awarded}}]}}
"""


def seconds(work: Callable[[], object], runs: int = 1) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "many.yaml"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("dataset: many\norganisations:\n")
        for n in range(400):
            stream.write(f"  - {{id: o{n}, locator: line {n}, name: {{en: Organisation {n}}}, seat: CZE}}\n")
        stream.write("projects:\n")
        for n in range(PROJECTS):
            stream.write(PROJECT.format(n=n, a=n % 400, b=(n + 1 + n % 7) % 400, c=(n + 100) % 400, d=(n + 200) % 400))
    return path


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    settings = replace(load_settings(), home=tmp_path_factory.mktemp("home"), data=ROOT / "data")
    take_in_all(settings)
    release = build(settings)
    with Engine(release, settings) as opened:
        yield opened


def test_loading(synthetic: Path, tmp_path: Path, note) -> None:
    dataset = Dataset("many", {"en": "Many"}, "curated", "many")
    target = tmp_path / "many.nq"
    counted = 0

    def convert() -> None:
        nonlocal counted
        with target.open("w", encoding="utf-8") as stream:
            for item in load_lines(synthetic, dataset):
                assert not isinstance(item, Finding), item
                stream.write(item)
                counted += item.count("\n")

    took = seconds(convert)
    note(
        f"curated YAML to N-Quads, {PROJECTS:,} projects, {counted:,} quads",
        f"{took:.1f} s",
        f"{counted / took:,.0f} quads/s",
    )


def test_building(tmp_path: Path, note) -> None:
    settings = replace(load_settings(), home=tmp_path, data=ROOT / "data")
    taken = seconds(lambda: take_in_all(settings))
    first = seconds(lambda: build(settings))
    again = seconds(lambda: build(settings))
    whole = seconds(lambda: build(settings, full=True))
    note("taking in the curated data", f"{taken:.1f} s", "")
    note("build of it", f"{first:.1f} s", "")
    note("build again without a change", f"{again:.2f} s", f"{again / first:.2f}")
    note("build again, all anew (`--full`)", f"{whole:.1f} s", f"{whole / first:.2f}")


def test_publishing_one_project_more(tmp_path: Path, note) -> None:
    settings = Settings(home=tmp_path / "home")
    publish(tmp_path / "many", DATASET, STANDING, settings)
    whole = build(settings)
    publish(tmp_path / "one", replace(DATASET, key="one", namespace="one"), 1, settings)
    small = build(settings)
    note(
        f"build of {STANDING:,} generated projects ({whole.triples:,} statements)",
        f"{whole.report.seconds:.1f} s",
        "",
    )
    note(
        f"build after one project more ({small.report.added:,} statements), {small.report.kind}",
        f"{small.report.seconds:.2f} s",
        f"{small.report.seconds / whole.report.seconds:.2f}",
    )
    steps = sorted(small.report.steps.items(), key=lambda step: -step[1])
    note("its longest steps", "; ".join(f"{step} {took:.2f} s" for step, took in steps[:3]), "")


def publish(folder: Path, dataset: Dataset, projects: int, settings: Settings) -> None:
    write_template(make_plan(projects), folder)
    assert take_in(folder, dataset, settings).changed


def test_acknowledging_events(tmp_path: Path, note) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    details = {"dataset": {"key": "one"}, "reason": "x" * 200}

    def append() -> None:
        for number in range(EVENTS):
            journal.append(EventType.RECEIVED, details, event_id=f"event-{number}", actor="bench")

    def write() -> None:
        line = line_of(journal.events()[-1])
        descriptor = os.open(tmp_path / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        for _ in range(EVENTS):
            os.write(descriptor, line)
            os.fdatasync(descriptor)
        os.close(descriptor)

    took, plain = seconds(append), seconds(write)
    note("such lines written and synchronised, nothing else (the bound)", f"{EVENTS / plain:,.0f} a second", "")
    note(f"{EVENTS} events acknowledged one by one", f"{EVENTS / took:,.0f} a second", f"{took / plain:.2f}")


def test_asking(engine: Engine, note) -> None:
    store = open_store(engine.release.store)
    pairs = []
    for question in questions().values():
        values = {p.name: [p.default] for p in question.params if p.default is not None}
        if any(p.required and p.name not in values for p in question.params):
            continue
        terms = read(question.params, values, base=load_settings().base)
        through = seconds(lambda text=question.text, given=terms: engine.ask(text, given), 5)
        pairs.append((through, question.name))
    direct = seconds(lambda: store.evaluate("SELECT * { ?s a ig:Project }", prefixes=prefixes()), 20)
    worker = seconds(lambda: engine.ask("SELECT * { ?s a ig:Project }"), 20)
    times = sorted(took for took, _ in pairs)
    slowest = max(pairs)
    note(
        f"questions of the library that run without input ({len(pairs)}), median",
        f"{statistics.median(times) * 1000:.1f} ms",
        "",
    )
    note(f"slowest of them: {slowest[1]}", f"{slowest[0] * 1000:.0f} ms", "")
    note(
        "all projects through a worker / in process",
        f"{worker * 1000:.2f} / {direct * 1000:.2f} ms",
        f"{worker / direct:.1f}",
    )


def test_stopping(tmp_path_factory: pytest.TempPathFactory, engine: Engine, note) -> None:
    from graph_app.questions.errors import QueryTimeout

    settings = replace(load_settings(), home=tmp_path_factory.mktemp("home"), time_limit=1.0)
    with Engine(engine.release, settings) as short:
        short.ask("ASK {}")

        def bomb() -> None:
            with pytest.raises(QueryTimeout):
                short.ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")

        took = seconds(bomb)
        back = seconds(lambda: short.ask("ASK {}"))
    note("runaway query stopped, limit 1 s", f"{took:.2f} s", f"{took:.2f}")
    note("next answer after the kill", f"{back * 1000:.0f} ms", "")


def test_checking(engine: Engine, note) -> None:
    graph = read_graph(engine.release, leave_out=frozenset({str(ontology_graph())}))
    took = seconds(lambda: by_pyshacl(graph))
    note(f"pySHACL on the curated graph, {len(graph):,} triples", f"{took:.1f} s", "")
