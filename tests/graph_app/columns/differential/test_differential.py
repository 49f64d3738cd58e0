"""Columns and Oxigraph answer random queries on random graphs alike, or columns decline."""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.store.evaluation import evaluate
from tests.graph_app.columns.differential.agreement import difference, without_limit
from tests.graph_app.columns.differential.cost import is_cheap
from tests.graph_app.columns.differential.graphs import Graph, graphs
from tests.graph_app.columns.differential.queries import Query, queries
from tests.graph_app.columns.differential.terms import PREFIXES, shortened

logger = logging.getLogger(__name__)

#: Queries that a graph is asked, at most.
EACH = 6
#: How many graphs: few in every run, always the same; many others in the long form, ten thousand queries in all,
#: in parts, so that what was compared counts when a run is broken off, and a difference is found again by its part.
_ALWAYS = {"deadline": None, "suppress_health_check": list(HealthCheck)}
_PARTS = 54
EXAMPLES = pytest.mark.parametrize(
    ("examples", "part"),
    [
        pytest.param(settings(max_examples=50, derandomize=True, **_ALWAYS), None, id="few"),
        *(
            pytest.param(settings(max_examples=50, **_ALWAYS), part, id=f"part-{part}", marks=pytest.mark.soak)
            for part in range(_PARTS)
        ),
    ],
)
#: What DuckDB says of a statement that is none, whatever the data.
FAULTS = (duckdb.BinderException, duckdb.CatalogException, duckdb.InternalException, duckdb.ParserException)
#: Share of the queries that columns have to answer, so that agreement means something.
LEAST = 0.5


@st.composite
def asked(draw: st.DrawFn) -> tuple[Graph, list[Query]]:
    graph = draw(graphs())
    fitting = queries(graph).filter(lambda query: is_cheap(query, graph) and not adds_durations(query, graph))
    return graph, draw(st.lists(fitting, min_size=3, max_size=EACH))


def adds_durations(query: Query, graph: Graph) -> bool:
    """Whether a sum may be one of a date and a duration, whose operands Oxigraph puts in an order that it fails on."""
    text = str(query)
    return " + " in text and "uration>" in graph.nquads + text


@EXAMPLES
def test_both_engines_agree(examples: settings, part: int | None) -> None:
    counts: Counter[str] = Counter()

    @examples
    @given(asked())
    def agree(example: tuple[Graph, list[Query]]) -> None:
        graph, some = example
        with both(graph) as (mine, yours):
            for query in some:
                found = outcome(query, mine, yours)
                assert found[:5] != "wrong", f"\n{graph.nquads}\n{shortened(str(query))}\n\n{found}"
                event(found)
                counts[found.partition(":")[0]] += 1

    if part is not None:
        agree = seed(part)(agree)
    agree()
    logger.info("%d queries: %s", counts.total(), dict(counts))
    assert counts["answered"] >= LEAST * counts.total(), counts


def outcome(query: Query, mine: ColumnStore, yours: ox.Store) -> str:
    """Ask both engines, and say how it went."""
    try:
        whole = evaluate(yours, shortened(str(without_limit(query))), prefixes=PREFIXES)
    except RuntimeError as error:
        return f"refused: {error}"
    try:
        given = mine.evaluate(shortened(str(query)), prefixes=PREFIXES)
    except Declined as declined:
        if isinstance(declined.__cause__, FAULTS):
            return f"wrong: {declined.__cause__}"
        return f"declined: {declined.reason}"
    fault = difference(query, given, whole)
    return f"wrong: {fault}" if fault else "answered"


@contextmanager
def both(graph: Graph) -> Iterator[tuple[ColumnStore, ox.Store]]:
    """Both engines with a graph."""
    store = ox.Store()
    quads = ox.parse(graph.nquads, format=ox.RdfFormat.N_QUADS)
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content.nq"
        content.write_text(graph.nquads, encoding="utf-8")
        build_columns(Path(folder) / "columns", content)
        yield ColumnStore.open(Path(folder) / "columns"), store
