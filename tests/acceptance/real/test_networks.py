"""Networks of real files: ties as NetworkX makes them of what the files state, and measures as it has them."""

from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import networkx as nx
import numpy as np
import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.network.asking import Ask
from graph_app.network.filters import Filters
from graph_app.network.measures import measure
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.questions.arrays import Arrays, of_codes, read_arrays
from graph_app.questions.catalogue import view
from graph_app.questions.parameters import read
from loaders.datasets import NO_TERMS, Dataset
from loaders.load import load_lines
from loaders.mapping.lines import read_quads
from loaders.sources.mapped.shipped import map_text
from loaders.vocabulary import IG, ROLE, prefixes
from tests.graph_app.network.measures.test_beside_networkx import FIGURES, NODES, hold_beside

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "real-data"
#: NetworkX takes minutes for these on thousands of nodes; they are compared on those with most ties.
DEAR = frozenset({"betweenness", "constraint", "effective_size"})
COMPARED = 150

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")


class Real(NamedTuple):
    """A file, how it is read, and what its network is known to be."""

    path: Path
    dataset: Dataset
    organisations: int
    ties: int


FILES = {
    "cordis-2014": Real(
        REAL / "cordis" / "cordis-plus-2014.csv",
        Dataset("real", MappingProxyType({"en": "Real"}), "cordis", "cordis", terms=NO_TERMS),
        6_148,
        158_169,
    ),
    "eutf": Real(
        REAL / "eutf-africa" / "EUTF-Projects-Database-2022-01.csv",
        Dataset(
            "real", MappingProxyType({"en": "Real"}), "mapped", "real", map=map_text("eutf-projects"), terms=NO_TERMS
        ),
        151,
        249,
    ),
}


@pytest.fixture(scope="module", params=FILES)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Network, "nx.Graph[str]", Real]:
    """The network of a file, and the participations in it as a bipartite graph."""
    real = FILES[request.param]
    folder = tmp_path_factory.mktemp("real")
    texts = [item for item in load_lines(real.path, real.dataset) if isinstance(item, str)]
    lines = sorted({line for text in texts for line in text.splitlines(keepends=True)})
    (folder / "real.nq").write_text("".join(lines), encoding="utf-8")
    build_columns(folder / "columns", folder / "real.nq")
    network = project(PROJECTIONS["organisations"], Filters(), asking_columns(ColumnStore.open(folder / "columns")))
    return network, participations(lines), real


def asking_columns(store: ColumnStore) -> Ask:
    """Read columns without a release around them."""

    def ask(name: str, values: object, /) -> Arrays:
        question = view(name)
        terms = read(question.params, values)  # type: ignore[arg-type]
        params = {
            key: [
                Constant(Kind.IRI, term.value) if term.kind == "iri" else Constant.literal(term.value, term.datatype)
                for term in found
            ]
            for key, found in terms.items()
        }
        found = store.arrays(question.text, prefixes=prefixes(), params=params)
        return Arrays(*read_arrays(of_codes(found.codes, found.terms)))

    return ask


def participations(lines: list[str]) -> "nx.Graph[str]":
    """Read who takes part where straight from the statements; funders do not count."""
    wanted = {str(term): name for term, name in ((IG.project, "in"), (IG.organisation, "who"), (IG.role, "role"))}
    told: dict[str, dict[str, str]] = {}
    for line in lines:
        if any(f"> <{predicate}> <" in line for predicate in wanted):
            quad = next(iter(read_quads(line)))
            if str(quad[1]) not in wanted:  # the predicate is told of, not used
                continue
            told.setdefault(str(quad[0]), {})[wanted[str(quad[1])]] = str(quad[2])
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(
        (one["in"], one["who"]) for one in told.values() if len(one) == 3 and one["role"] != str(ROLE.funder)
    )
    return graph


def test_ties_are_those_of_networkx(made: tuple[Network, "nx.Graph[str]", Real]) -> None:
    network, both, real = made
    projects = {one for one in both if "/project/" in one}
    organisations = set(both) - projects
    assert set(network.nodes) == organisations
    assert (len(network), len(network.source)) == (real.organisations, real.ties)
    newman = nx.bipartite.collaboration_weighted_projected_graph(both, organisations)
    graph = network.to_networkx()
    assert {frozenset(pair) for pair in graph.edges()} == {frozenset(pair) for pair in newman.edges()}
    assert all(
        abs(weight - newman.edges[first, second]["weight"]) < 1e-9
        for first, second, weight in graph.edges(data="newman")
    )
    assert all(count == len(set(both[first]) & set(both[second])) for first, second, count in graph.edges(data="count"))


def test_measures_are_those_of_networkx(made: tuple[Network, "nx.Graph[str]", Real]) -> None:
    network, _, _ = made
    hold_beside(network, network.to_networkx(), {*NODES, *FIGURES} - DEAR)
    degrees = measure(network, ["degree"]).nodes["degree"]
    part = network.subset(np.argsort(-degrees, kind="stable")[:COMPARED].tolist())
    hold_beside(part, part.to_networkx(), set(DEAR))


def test_communities_are_as_good_as_those_of_networkx(made: tuple[Network, "nx.Graph[str]", Real]) -> None:
    network, _, _ = made
    graph = network.to_networkx()
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    figures = measure(network, ["community"]).figures
    assert figures["modularity"] > theirs - 0.005
    assert figures["stability"] > 0.5
