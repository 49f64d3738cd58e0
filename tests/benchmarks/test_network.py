"""Who works with whom on a generated graph: made and measured beside NetworkX, Oxigraph and DuckDB."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse

from graph_app.network.asking import asking
from graph_app.network.filters import Filters
from graph_app.network.measures import measure
from graph_app.network.measures.communities import modularity
from graph_app.network.measures.plain import plain
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.network.projections.incidence import incidence, joined
from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import Question, view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryTimeout
from graph_app.questions.results import Table as Answer
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

_Found = TypeVar("_Found")
#: Seconds that Oxigraph has for its part.
PATIENCE = 300.0
#: Pivots of NetworkX's estimate of betweenness; it takes as long for each.
PIVOTS = 10
#: Runs that our communities are the best of, and that their stability is told by.
RUNS = 5
#: What SPARQL itself makes of it: every pair with its number of projects. Summing up keeps the answer to one row.
SELF_JOIN = """
SELECT (COUNT(*) AS ?ties) (SUM(?shared) AS ?total) WHERE {
  SELECT ?one ?other (COUNT(DISTINCT ?project) AS ?shared) WHERE {
    ?first ig:project ?project ; ig:organisation ?one ; ig:role ?own .
    ?second ig:project ?project ; ig:organisation ?other ; ig:role ?their .
    FILTER(?own != role:funder && ?their != role:funder && STR(?one) < STR(?other))
  } GROUP BY ?one ?other
}
"""
DUCKDB = """
SELECT a.member AS source, b.member AS target, count(*) AS shared
FROM membership AS a JOIN membership AS b ON a.context = b.context AND a.member < b.member GROUP BY ALL
"""
ABOUT = f"""
{PROJECTS:,} generated projects. Projections tie organisations by shared projects and have to agree on the number of
ties and their total weight. "From arrays" begins with the rows of memberships as arrays; "from the release" with a
question to the workers, who have the columns open, and ends with names, types, seats, sums granted, sources and three
weights. Measures are of that network; NetworkX measures the same one. Each is the least of three runs, or one run where
that takes more than two seconds; NetworkX's measures are run once.
"""


def taken(work: Callable[[], _Found]) -> tuple[float, _Found]:
    """Return the least seconds of three runs, of one where it takes more than two."""
    least, found = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        found = work()
        least = min(least, time.perf_counter() - start)
        if least > 2:
            break
    assert found is not None
    return least, found


def compare(settings: Settings, table: Table) -> None:
    """Fill the table for the current release of some settings."""
    with Engine(current_release(settings), settings) as engine:
        ask = asking(engine)
        filters = Filters()
        start = time.perf_counter()
        project(PROJECTIONS["organisations"], filters, ask)
        table.remark(
            f"The first network of a process took {time.perf_counter() - start:.2f} s: columns are opened, plans made."
        )
        asking_seconds, rows = taken(lambda: ask("memberships", filters.parameters()))
        whole, network = taken(lambda: project(PROJECTIONS["organisations"], filters, ask))
    projections(table, rows, network, asking_seconds, whole)
    beside_oxigraph(settings, table, network)
    measures(table, network)


def projections(table: Table, rows: Arrays, network: Network, asking_seconds: float, whole: float) -> None:
    expected = len(network.source), float(network.weights["count"].sum())

    def ours() -> tuple[int, float]:
        found = incidence(rows, "member")
        ties = joined(found.matrix, {"count": np.ones(len(found.contexts))})
        return len(ties.source), float(ties.sums["count"].sum())

    ready = incidence(rows, "member")

    def paired() -> tuple[int, float]:
        ties = joined(ready.matrix, {"count": np.ones(len(ready.contexts))})
        return len(ties.source), float(ties.sums["count"].sum())

    def by_scipy() -> tuple[int, float]:
        found = incidence(rows, "member").matrix.astype(np.int32)
        upper = sparse.triu(found @ found.T, k=1)
        return int(upper.nnz), float(upper.sum())

    memory = duckdb.connect()
    memory.register("membership", pa.table({name: rows.columns[name] for name in ("context", "member")}))

    def by_duckdb() -> tuple[int, float]:
        found = memory.sql(DUCKDB).fetchnumpy()
        return len(found["shared"]), float(found["shared"].sum())

    def by_networkx() -> tuple[int, float]:
        both: nx.Graph[int] = nx.Graph()
        both.add_edges_from(zip(rows.columns["context"].tolist(), rows.columns["member"].tolist(), strict=True))
        found = nx.bipartite.weighted_projected_graph(both, set(rows.columns["member"].tolist()))
        return found.number_of_edges(), float(sum(weight for _, _, weight in found.edges(data="weight")))

    slow, found = taken(by_networkx)
    assert found == expected
    nodes = f"{len(network):,} organisations, {expected[0]:,} ties"
    table.add(f"projection ({nodes}), NetworkX from arrays", f"{slow:.2f}", "1")
    for name, way in (
        ("DuckDB from arrays", by_duckdb),
        ("SciPy's product from arrays", by_scipy),
        ("ours from arrays", ours),
        ("ours, pairing alone: numbered and without names, as DuckDB's", paired),
    ):
        seconds, found = taken(way)
        assert found == expected
        table.add(f"projection, {name}", f"{seconds:.3f}", f"{slow / seconds:,.0f}")
    table.add("the rows of memberships from the release, as arrays", f"{asking_seconds:.3f}")
    table.add("projection, ours from the release", f"{whole:.2f}", f"{slow / whole:,.0f}")


def beside_oxigraph(settings: Settings, table: Table, network: Network) -> None:
    patient = Settings(home=settings.home, engine="oxigraph", time_limit=PATIENCE, memory_limit=8 << 30)
    with Engine(current_release(patient), patient) as engine:
        start = time.perf_counter()
        try:
            answer = engine.answer(Question("self-join", "network", {}, SELF_JOIN))
        except QueryTimeout:
            table.add("projection, SPARQL's self-join on Oxigraph", f"stopped after {PATIENCE:.0f}")
        else:
            seconds = time.perf_counter() - start
            assert isinstance(answer, Answer)
            assert [int(str(value)) for value in answer.records()[0].values()] == [
                len(network.source), int(network.weights["count"].sum())
            ]  # fmt: skip
            table.add("projection, SPARQL's self-join on Oxigraph", f"{seconds:.1f}")
        start = time.perf_counter()
        arrays = engine.arrays(view("memberships"), Filters().parameters())
        table.add(f"the rows of memberships from Oxigraph ({len(arrays):,})", f"{time.perf_counter() - start:.2f}")


def measures(table: Table, network: Network) -> None:
    graph = network.to_networkx()
    assert not graph.is_directed()
    flat = plain(network)

    def beside(name: str, theirs: Callable[[], object], *, times: float = 1, said: str = "") -> None:
        ours, found = taken(lambda: measure(network, [name]))
        start = time.perf_counter()
        theirs()
        slow = (time.perf_counter() - start) * times
        how = found.how[name].text()
        table.add(f"{name}: ours ({how}) beside NetworkX{said}", f"{ours:.3f} beside {slow:.1f}", f"{slow / ours:,.0f}")

    beside("pagerank", lambda: nx.pagerank(graph, tol=1e-12, max_iter=500))
    beside("core", lambda: nx.core_number(graph))
    beside("components", lambda: nx.number_connected_components(graph))
    beside("cut_point", lambda: list(nx.articulation_points(graph)))
    sampled = measure(network, ["betweenness"]).how["betweenness"].sample
    scale = (sampled or len(network)) / PIVOTS
    beside(
        "betweenness",
        lambda: nx.betweenness_centrality(graph, k=PIVOTS, seed=1),
        times=scale,
        said=f" (of {PIVOTS} pivots, times {scale:.0f})",
    )
    groups: list[set[str]] = []
    beside(
        "community",
        lambda: groups.extend(nx.community.louvain_communities(graph, weight="weight", seed=1)),
        said=" (Louvain, five times one run, as ours are five)",
        times=RUNS,
    )
    number = {iri: place for place, members in enumerate(groups) for iri in members}
    theirs = modularity(flat, np.array([number[iri] for iri in network.nodes]))
    found = measure(network, ["modularity"]).figures
    table.remark(
        f"Modularity: ours {found['modularity']:.4f} in {found['communities']:.0f} communities, "
        f"stability {found['stability']:.2f}; NetworkX {theirs:.4f} in {len(groups)}."
    )
    if len(network.source) < 200_000:
        beside("clustering", lambda: nx.clustering(graph))
    for name in ("clustering", "constraint", "effective_size"):
        seconds, _ = taken(lambda name=name: measure(network, [name]))  # type: ignore[misc]
        table.add(f"{name}: ours", f"{seconds:.2f}")


def test_network(home: Path, make_table: Callable[..., Table]) -> None:
    table = make_table(f"network-{PROJECTS}", "Networks", ABOUT, ("what", "seconds", "times as fast as NetworkX"))
    compare(Settings(home=home, time_limit=60), table)
