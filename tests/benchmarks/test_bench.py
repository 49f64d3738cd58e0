"""Speed and memory of loading, building, asking and checking. Nothing here asserts a time."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.questions.catalogue import questions
from graph_app.questions.engine import Engine
from graph_app.questions.parameters import read
from graph_app.releases.build import build
from graph_app.releases.content import read_graph
from graph_app.settings import load_settings
from graph_app.store.oxigraph import build_store, open_store
from graph_app.validation.check import check_graph
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.load import load
from loaders.mapping.quads import ontology_graph
from loaders.vocabulary import prefixes
from loaders.writer import nquad

pytestmark = pytest.mark.bench

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = 2_000

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
            for item in load(synthetic, dataset):
                assert not isinstance(item, Finding), item
                stream.write(nquad(item))
                counted += 1

    took = seconds(convert)
    stored = seconds(lambda: build_store(tmp_path / "store", target))
    note(
        f"curated YAML to N-Quads, {PROJECTS:,} projects, {counted:,} quads",
        f"{took:.1f} s",
        f"{counted / took:,.0f} quads/s",
    )
    note(
        "the same quads from text into a store (the bound)", f"{stored:.2f} s", f"loader / bound = {took / stored:.0f}"
    )
    note("peak memory so far", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB", "")


def test_building(tmp_path: Path, note) -> None:
    settings = replace(load_settings(), home=tmp_path, data=ROOT / "data")
    take_in_all(settings)
    first = seconds(lambda: build(settings))
    again = seconds(lambda: build(settings))
    note("build of the curated graph", f"{first:.1f} s", "")
    note("build again without a change", f"{again:.1f} s", f"{again / first:.2f}")


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
    took = seconds(lambda: check_graph(graph))
    note(f"pySHACL on the curated graph, {len(graph):,} triples", f"{took:.1f} s", "")
