"""Checks by shapes: what data states never makes them fetch anything, alone, beside a new entry, or in a release."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import OWL

from graph_app.columns.encoding import build_columns
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.validation.check import check_graph
from graph_app.validation.entry import check_entry
from graph_app.validation.released import check_release
from loaders.datasets import Dataset
from loaders.vocabulary import prefixes
from tests.acceptance.outbound.attempts import Lure, attempts, named
from tests.acceptance.outbound.detectors import HIDDEN
from tests.reference import by_pyshacl

ATTEMPTS = attempts("shapes")
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items()) + (
    'PREFIX void: <http://rdfs.org/ns/void#>\n<urn:lure> a ig:Organisation ; skos:prefLabel "Lure"@en .\n'
)


def stated(attempt: dict[str, Any], lure: Lure) -> Graph:
    return Graph().parse(data=HEAD + lure.fill(attempt["data"], attempt["name"]), format="turtle")


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
def test_a_careless_check_would_fetch(fresh_lure: Lure) -> None:
    shapes = fresh_lure.fill(f"<urn:lure:o> a <{OWL.Ontology}> ; <{OWL.imports}> <{{web}}> .", "imports")
    pyshacl.validate(Graph(), shacl_graph=shapes, shacl_graph_format="turtle", do_owl_imports=True)
    pyshacl.validate(fresh_lure.fill("{web}", "data"), shacl_graph=Graph(), data_graph_format="turtle")
    assert [request.split()[1] for request in fresh_lure.listener.heard] == ["/imports", "/data"]


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
def test_nothing_is_fetched_by_a_check(attempt: dict[str, Any], lure: Lure) -> None:
    data = stated(attempt, lure)
    assert HIDDEN not in repr(check_graph(data))
    assert HIDDEN not in repr(by_pyshacl(data))


@pytest.mark.usefixtures("untouched")
def test_nothing_is_fetched_by_the_check_of_an_entry(lure: Lure, tmp_path: Path) -> None:
    entries = tmp_path / "entries.csv"
    entries.write_text("Id,Name (en),Part of\nnew,New,urn:lure\n", encoding="utf-8")
    known = Graph()
    for attempt in ATTEMPTS:
        known += stated(attempt, lure)
    dataset = Dataset("submission", {"en": "Submission"}, "template", "submission")
    report = check_entry(entries, dataset, lambda _: known)
    assert report.statements
    assert HIDDEN not in repr(report)


@pytest.mark.usefixtures("untouched")
def test_nothing_is_fetched_by_the_check_of_a_release(lure: Lure, curated_settings: Settings, tmp_path: Path) -> None:
    release = current_release(curated_settings)
    copy = tmp_path / "release"
    shutil.copytree(release.path, copy, ignore=shutil.ignore_patterns("store", "columns"))
    graph = Graph()
    for attempt in ATTEMPTS:
        graph += stated(attempt, lure)
    content = min(copy.rglob("*.nq"))
    with content.open("a", encoding="utf-8") as lines:
        for line in graph.serialize(format="nt").splitlines():
            if line.strip():
                lines.write(f"{line.rstrip()[:-1].rstrip()} <urn:lure:graph> .\n")
    build_columns(copy / "columns", *sorted((copy / "content").iterdir()))
    changed = replace(release, path=copy, version="lured", sha256="0" * 64)
    findings = check_release(changed, replace(curated_settings, home=tmp_path / "home"))
    assert any("urn:lure" in found.focus for found in findings), "what was stated was not checked"
    assert HIDDEN not in repr(findings)
