"""Checks against a release: of the whole of it, and of what a new entry refers to in it."""

from collections.abc import Iterator

from rdflib import Dataset, Graph

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed
from graph_app.questions.results import Triples
from graph_app.releases.release import Release
from graph_app.validation.check import Report, check_graph
from graph_app.validation.entry import Referenced
from loaders.identifiers import mint

__all__ = ["check_release", "referenced_in"]

#: Entities asked about at once: few enough that an answer stays within the row limit.
_AT_ONCE = 50


def check_release(release: Release, base: str) -> Report:
    """Check everything in a release against all shapes.

    :param release: the release.
    :param base: base of all instance IRIs.
    :returns: the findings.
    """
    # The concepts come from the ontology's own files, so its graph is left out.
    ontology = f" <{mint('graph', 'ontology', base=base)}> .\n"
    with release.content.open(encoding="utf-8") as lines:
        content = "".join(line for line in lines if not line.endswith(ontology))
    found = Graph()
    for subject, predicate, value, _ in Dataset().parse(data=content, format="nquads").quads():
        found.add((subject, predicate, value))
    return check_graph(found)


def referenced_in(engine: Engine) -> Referenced:
    """Return how to look up what a release holds about entities.

    :param engine: engine of the release.
    :returns: a function from IRIs to their statements, for :func:`graph_app.validation.entry.check_entry`.
    """

    def look_up(iris: set[str]) -> Graph:
        graph = Graph()
        for some in _groups(sorted(iris)):
            answer = engine.answer(view("referenced"), {"iri": some})
            if not isinstance(answer, Triples) or answer.truncated:
                raise QueryFailed("The entry refers to more than can be looked up at once. Split it into smaller ones.")
            graph.parse(data=answer.ntriples, format="nt")
        return graph

    return look_up


def _groups(iris: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(iris), _AT_ONCE):
        yield iris[start : start + _AT_ONCE]
