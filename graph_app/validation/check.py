"""The check of a graph against all shapes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph

from graph_app.validation.engine import CheckedGraph, run_shapes
from graph_app.validation.findings import collapse, to_finding
from graph_app.validation.results import Result, read_results
from graph_app.validation.shapes import concepts_for, shapes_graph
from loaders.findings import Finding, Severity

__all__ = ["Report", "check_graph", "results_of"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    :param findings: violations and advice, one for each fault, in the order of files.
    """

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing blocks; advice does not."""
        return not any(found.severity is Severity.VIOLATION for found in self.findings)


def check_graph(data: Graph) -> Report:
    """Check a graph.

    :param data: entities with their source records and cells, and every entity that they refer to; the concepts of the
        ontology may be left out.
    :returns: the findings of all shapes.
    """
    return Report(tuple(collapse(results_of(data))))


def results_of(data: Graph, around: Graph | None = None) -> Iterator[tuple[Result, Finding]]:
    """Check a graph and keep each result beside its finding.

    :param data: as for :func:`check_graph`; findings are placed in its records first.
    :param around: entities that data refers to, where they are kept apart.
    """
    checked = CheckedGraph()
    for part in (data,) if around is None else (data, around):
        checked += part
    checked += concepts_for(checked)
    for result in read_results(run_shapes(checked), shapes_graph()):
        yield result, to_finding(result, data, checked)
