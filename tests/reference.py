"""Checks by pySHACL alone, which every other way of checking is compared with."""

from rdflib import Graph

from graph_app.validation.engine import CheckedGraph, run_shapes
from graph_app.validation.findings import collapse, to_finding
from graph_app.validation.results import read_results
from graph_app.validation.shapes import concepts_for, shapes_graph
from loaders.findings import Finding

__all__ = ["by_pyshacl"]


def by_pyshacl(data: Graph) -> tuple[Finding, ...]:
    """Check a graph with all shapes and put each finding at its cell."""
    checked = CheckedGraph()
    checked += data
    checked += concepts_for(checked)
    results = read_results(run_shapes(checked), shapes_graph())
    return tuple(collapse((result, to_finding(result, data, lambda: checked)) for result in results))
