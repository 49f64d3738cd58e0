"""The check of a graph against all shapes."""

import logging
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph
from rdflib.term import Node

from graph_app.columns.encoding import build_columns, memory_for_columns
from graph_app.columns.engine import ColumnStore
from graph_app.validation.engine import CheckedGraph, quiet_about_ill_typed_literals, run_shapes
from graph_app.validation.findings import collapse, to_finding
from graph_app.validation.origins import with_places
from graph_app.validation.results import Result, read_results
from graph_app.validation.shacl.columns import check_columns
from graph_app.validation.shacl.compiled import check_compiled
from graph_app.validation.shapes import concept_lines, concepts_for, only_targets, shapes_graph
from loaders.findings import Finding, Severity
from loaders.mapping.ontology import ontology_lines

__all__ = ["SMALL", "Report", "check_graph", "made_columns", "results_of", "results_on_columns"]

#: Statements up to which compiled shapes are quicker than making columns; beyond, their time grows with the square.
SMALL = 15_000

logger = logging.getLogger(__name__)


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
    if len(data) <= SMALL:
        return Report(tuple(collapse(results_of(data))))
    with TemporaryDirectory() as folder:
        content, ontology = Path(folder) / "data.nt", Path(folder) / "ontology.nq"
        data.serialize(content, format="nt", encoding="utf-8")
        ontology.write_text("".join(ontology_lines()), encoding="utf-8")
        with made_columns(Path(folder) / "columns", content, ontology) as columns:
            return Report(tuple(collapse(results_on_columns(columns, lambda: data))))


@contextmanager
def made_columns(folder: Path, *contents: Path) -> Iterator[ColumnStore]:
    """Make columns of a graph, to check it.

    :param folder: the folder that they get.
    :param contents: its statements, as N-Quads or N-Triples.
    """
    build_columns(folder, *contents)
    with closing(ColumnStore.open(folder, memory_limit=memory_for_columns(folder), scratch=folder)) as columns:
        yield columns


def results_on_columns(
    columns: ColumnStore, content: Callable[[], Graph], about: Container[Node] | None = None
) -> Iterator[tuple[Result, Finding]]:
    """Check a graph on its columns; what columns cannot check exactly is left to pySHACL.

    :param columns: the columns, ontology and all.
    :param content: reads the same without the ontology, which only pySHACL needs.
    :param about: entities that results are wanted about, or ``None`` for all.
    :returns: results, each with its finding.
    :raises MemoryError: if the check needs more memory than the columns may have.
    """
    shapes = shapes_graph()
    with quiet_about_ill_typed_literals():
        results, uncovered = check_columns(columns, shapes)
        if uncovered:
            data = content()
            data += concepts_for(data)
            results += _left(data, shapes, uncovered)
        wanted = results if about is None else [result for result in results if result.focus in about]
        yield from with_places(columns, wanted)


def results_of(
    data: Graph, around: Graph | None = None, about: Container[Node] | None = None
) -> Iterator[tuple[Result, Finding]]:
    """Check a graph and keep each result beside its finding.

    :param data: as for :func:`check_graph`; findings are placed in its records first.
    :param around: entities that data refers to, where they are kept apart.
    :param about: entities that results are wanted about, or ``None`` for all.
    """
    shapes, parts = shapes_graph(), [data] if around is None else [data, around]
    with quiet_about_ill_typed_literals():
        texts = chain((part.serialize(format="nt") for part in parts), concept_lines(*parts))
        results, uncovered = check_compiled("".join(texts), shapes)

        @cache
        def whole() -> Graph:
            merged = Graph()
            for part in parts:
                merged += part
            merged += concepts_for(merged)
            return merged

        if uncovered:
            results += _left(whole(), shapes, uncovered)
        for result in results:
            if about is None or result.focus in about:
                yield result, to_finding(result, data, whole)


def _left(data: Graph, shapes: Graph, uncovered: Mapping[Node, str]) -> Iterator[Result]:
    """Ask pySHACL what others leave to it."""
    logger.info("Left to pySHACL: %s", "; ".join(f"{shape}: {why}" for shape, why in uncovered.items()))
    checked = CheckedGraph()
    checked += data
    return read_results(run_shapes(checked, only_targets(shapes, uncovered)), shapes)
