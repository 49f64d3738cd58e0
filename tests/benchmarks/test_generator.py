"""The generated graph is what it says: one content in every form, sound by the shapes, the same for the same seed."""

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rdflib import Graph, URIRef

from graph_app.validation.check import check_graph
from loaders.findings import Finding, Severity
from loaders.load import load
from loaders.mapping.quads import data_graph
from loaders.vocabulary import PROV
from loaders.writer import nquad
from tests.benchmarks.generator.nquads import DATASET, write_nquads
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.rml import write_rml
from tests.benchmarks.generator.template import write_template

DERIVED = PROV.wasDerivedFrom.n3()
DATA = f"{data_graph(DATASET.key).n3()} .\n"


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "generated.nq"
    write_nquads(make_plan(50), path)
    return path


def test_lines_are_sorted_and_each_stands_once(written: Path) -> None:
    found = lines(written)
    assert found == sorted(set(found))
    assert 50 * 50 < len(found) < 50 * 75


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(written: Path, tmp_path: Path) -> None:
    write_nquads(make_plan(50, seed=1), tmp_path / "again.nq")
    write_nquads(make_plan(50, seed=2), tmp_path / "other.nq")
    assert (tmp_path / "again.nq").read_bytes() == written.read_bytes()
    assert not set(lines(tmp_path / "other.nq")) & {
        line for line in lines(written) if "/project/" in line and "title" in line
    }


def test_the_template_states_the_same_facts(written: Path, tmp_path: Path) -> None:
    write_template(make_plan(50), tmp_path)
    items = list(load(tmp_path, DATASET))
    findings = [item for item in items if isinstance(item, Finding)]
    assert [found for found in findings if found.severity is not Severity.INFO] == []
    loaded = {nquad(item) for item in items if not isinstance(item, Finding)}

    def facts(given: set[str]) -> set[str]:
        return {line for line in given if line.endswith(DATA) and DERIVED not in line}

    assert facts(loaded) == facts(set(lines(written)))


def test_every_shape_is_met(tmp_path: Path) -> None:
    write_nquads(make_plan(20), tmp_path / "few.nq")
    triples = "".join(f"{line.rpartition(' <')[0]} .\n" for line in lines(tmp_path / "few.nq"))
    graph = Graph().parse(StringIO(triples), format="nt")
    assert check_graph(graph).findings == ()


def test_participants_are_believable() -> None:
    plan = make_plan(2_000)
    sizes = plan.offsets[1:] - plan.offsets[:-1]
    assert sizes.min() >= 2
    assert sizes.max() <= 12
    assert 4.4 < sizes.mean() < 5.1
    pairs = set(zip(np.repeat(np.arange(2_000), sizes).tolist(), plan.participant.tolist(), strict=True))
    assert len(pairs) == len(plan.participant)
    taken = np.sort(np.bincount(plan.participant, minlength=plan.organisations))[::-1]
    assert taken[0] > 5 * taken.mean()  # a few are everywhere, most are in fewer projects than the average
    assert np.median(taken) < 0.8 * taken.mean()
    assert (plan.role == 0).sum() == plan.projects


def test_the_tables_for_rml_hold_all_rows(tmp_path: Path) -> None:
    plan = make_plan(50)
    write_rml(plan, tmp_path)
    counts = {}
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            found = list(csv.reader(stream))
        assert {len(row) for row in found} == {len(found[0])}
        counts[path.stem] = len(found) - 1
    assert counts["projects"] == 50
    assert counts["participations"] == len(plan.participant)
    assert counts["organisations"] == plan.organisations
    mapping = Graph().parse(tmp_path / "mapping.ttl")
    sources = {str(name) for name in mapping.objects(None, URIRef("http://semweb.mmlab.be/ns/rml#source"))}
    assert sources == {path.name for path in tmp_path.glob("*.csv")}
    assert "HASH" not in mapping.serialize(format="nt")
