"""Ties made of who stands where are those of NetworkX's bipartite projections."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_app.network.projections.incidence import incidence, led
from graph_app.network.projections.projection import one_mode
from graph_app.questions.arrays import Arrays

MEMBERSHIPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9)), min_size=1, max_size=50)


def answer(memberships: list[tuple[int, int]]) -> Arrays:
    """Lay memberships out as a worker does: contexts and members are numbers of terms."""
    texts = [f"urn:context:{number}" for number in range(8)] + [f"urn:member:{number}" for number in range(10)]
    columns = {
        "context": np.array([context for context, _ in memberships], np.int32),
        "member": np.array([member + 8 for _, member in memberships], np.int32),
    }
    return Arrays(columns, pa.table({"text": texts, "language": [""] * len(texts)}))


@settings(max_examples=150, deadline=None)
@given(memberships=MEMBERSHIPS)
def test_projections_are_those_of_networkx(memberships: list[tuple[int, int]]) -> None:
    both: nx.Graph[str] = nx.Graph()
    members = {f"urn:member:{member}" for _, member in memberships}
    both.add_nodes_from(members)
    both.add_edges_from((f"urn:context:{context}", f"urn:member:{member}") for context, member in memberships)
    parts = one_mode("member")(answer(memberships), lambda _, names: np.full(len(names), np.nan))
    assert parts.nodes == tuple(sorted(members))
    counted = nx.bipartite.weighted_projected_graph(both, members)
    newman = nx.bipartite.collaboration_weighted_projected_graph(both, members)
    found = list(zip(parts.source.tolist(), parts.target.tolist(), strict=True))
    assert found == sorted(found)
    assert all(source < target for source, target in found)
    assert {frozenset(parts.nodes[end] for end in pair) for pair in found} == {
        frozenset(pair) for pair in counted.edges()
    }
    for place, (source, target) in enumerate(found):
        pair = parts.nodes[source], parts.nodes[target]
        assert parts.weights["count"][place] == counted.edges[pair]["weight"]
        assert parts.weights["newman"][place] == pytest.approx(newman.edges[pair]["weight"], abs=1e-12)
    assert "money" not in parts.weights


@given(memberships=MEMBERSHIPS)
def test_money_is_summed_where_it_is_stated(memberships: list[tuple[int, int]]) -> None:
    granted = {"urn:context:0": 10.0, "urn:context:1": 5.5}
    parts = one_mode("member")(
        answer(memberships), lambda _, names: np.array([granted.get(name, np.nan) for name in names])
    )
    together: dict[frozenset[str], set[str]] = {}
    for context, member in memberships:
        for other, partner in memberships:
            if context == other and member != partner:
                pair = frozenset((f"urn:member:{member}", f"urn:member:{partner}"))
                together.setdefault(pair, set()).add(f"urn:context:{context}")
    for place, (source, target) in enumerate(zip(parts.source.tolist(), parts.target.tolist(), strict=True)):
        sums = [
            granted[one] for one in together[frozenset((parts.nodes[source], parts.nodes[target]))] if one in granted
        ]
        value = parts.weights["money"][place] if "money" in parts.weights else np.nan
        assert value == sum(sums) if sums else np.isnan(value)


def test_rows_without_a_value_and_repeats_do_not_count() -> None:
    made = answer([(0, 0), (0, 0), (0, 1)])
    columns = {name: np.append(values, np.int32(-1)) for name, values in made.columns.items()}
    found = incidence(Arrays(columns, made.terms), "member")
    assert (found.nodes, found.sizes.tolist(), found.matrix.nnz) == (("urn:member:0", "urn:member:1"), [2], 2)


STEPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9)), max_size=40)


@example([])
@example([(6, 6, 9)] * 3)
@given(STEPS)
def test_steps_are_summed_by_their_ends_in_any_order(steps: list[tuple[int, int, int]]) -> None:
    value = np.array([2.0**number for number in range(10)])
    source, target, context = np.array(steps, np.int64).reshape(-1, 3).T
    found = led(source, target, context, 7, {"value": value, "count": np.ones(10)})
    summed: dict[tuple[int, int], list[float]] = {}
    for one, other, behind in steps:
        summed.setdefault((one, other), []).append(value[behind])
    assert list(zip(found.source.tolist(), found.target.tolist(), strict=True)) == sorted(summed)
    assert found.sums["value"].tolist() == [sum(summed[pair]) for pair in sorted(summed)]
    assert found.sums["count"].tolist() == [len(summed[pair]) for pair in sorted(summed)]
