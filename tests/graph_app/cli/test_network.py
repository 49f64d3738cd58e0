"""``intgraph network``: the same filters as the page, tables on standard output, files for other programs."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result
from typer.testing import CliRunner

from graph_app.cli import application
from graph_app.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(curated_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("INTGRAPH_HOME", str(curated_settings.home))
    monkeypatch.setenv("INTGRAPH_DATA", str(curated_settings.data))
    return lambda *args: CliRunner().invoke(application, ["network", *map(str, args)])


def test_it_lists_what_there_is(run: Run) -> None:
    told = run("--list").stdout
    assert all(name in told for name in ("target-groups:", "betweenness:", "Freeman", ".graphml", ".ties.csv"))


def test_a_table_and_what_is_behind_it(run: Run) -> None:
    found = run("--target-group", "women", "--as-of", "2014", "-m", "betweenness")
    assert found.exit_code == 0, found.output
    assert "label" in found.stdout
    assert "betweenness" in found.stdout
    assert "Projects and partnerships: " in found.stderr
    assert "no start stated: " in found.stderr
    assert "PREFIX" in run("--query", "--country", "CZE").stdout


@pytest.mark.parametrize("projection", ["organisations", "funding"])
def test_files_hold_the_network(run: Run, tmp_path: Path, projection: str) -> None:
    for name in ("n.graphml", "n.gexf", "n.csv", "n.ties.csv", "n.json"):
        done = run("--projection", projection, "-m", "degree", "-o", tmp_path / name)
        assert (done.exit_code, done.stdout) == (0, "")
    graph = nx.read_graphml(tmp_path / "n.graphml")
    assert graph.is_directed() is (projection == "funding")
    assert set(nx.read_gexf(tmp_path / "n.gexf")) == set(graph)
    nodes, ties = (
        list(csv.DictReader(io.StringIO((tmp_path / name).read_text(encoding="utf-8"))))
        for name in ("n.csv", "n.ties.csv")
    )
    assert {row["iri"]: float(row["degree"]) for row in nodes} == dict(graph.nodes(data="degree"))
    assert len(ties) == graph.number_of_edges()
    assert json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["projection"] == projection
    again = run("--projection", projection, "-o", tmp_path / "n.csv")
    assert again.exit_code == 2
    assert "exists already" in again.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--projection", "planets"], "There is no projection planets"),
        (["-m", "beauty"], "There is no measure beauty"),
        (["--as-of", "soon"], "as-of is a year"),
        (["--country", "Narnia"], "country needs a country"),
        (["-o", "network.docx"], "ends in nothing that a network is written as"),
    ],
)
def test_what_does_not_fit_is_said(run: Run, args: list[str], said: str) -> None:
    found = run(*args)
    assert found.exit_code == 2
    assert said in found.stderr


def test_a_page_names_the_projects_behind_ties(run: Run, tmp_path: Path) -> None:
    done = run("--target-group", "women", "--language", "cs", "-o", tmp_path / "n.html")
    assert (done.exit_code, done.stdout) == (0, "")
    html = (tmp_path / "n.html").read_text(encoding="utf-8")
    assert '<html lang="cs">' in html
    assert "default-src 'none'" in html
    graph = run("--target-group", "women", "--language", "cs", "-o", tmp_path / "n.graphml")
    assert graph.exit_code == 0
    labels = [label for _, label in nx.read_graphml(tmp_path / "n.graphml").nodes(data="label")]
    assert all(json.dumps(label)[1:-1] in html for label in labels)


def test_a_page_of_too_many_nodes_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_app.network.drawing.DRAWN_UP_TO", 3)
    done = run("-o", tmp_path / "n.html")
    assert done.exit_code == 2
    assert "filter first" in done.stderr
    assert not (tmp_path / "n.html").exists()
