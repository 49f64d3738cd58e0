"""What a release holds about some entities, as a graph: what the check of a new entry needs to know."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rdflib import BNode, Graph, Literal, URIRef

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed
from graph_app.questions.results import Table, Term

__all__ = ["neighbourhood"]

#: Entities that are asked about at a time; fewer where an answer would be longer than it may be.
_BATCH = 60
#: So many are asked about at a time where the answer is only which of them are known.
_ASKED = 1_000
_VIEWS = ("neighbourhood", "classes-referred-to", "mentions-as-loaded")


def neighbourhood(engine: Engine, iris: Collection[str], *, leave_out: Collection[str] = ()) -> Graph:
    """Ask what a release holds about entities.

    :param engine: the engine on the release.
    :param iris: the entities; one that the release does not know gives nothing, and one that is a mention of another
        there what was said of the mention.
    :param leave_out: IRIs of graphs whose statements do not count, such as those that the entry is about to replace.
    :returns: their statements, source records and cells, and what belongs to the projects among them, and the
        classes of everything that they refer to.
    :raises QueryError: if there is no answer, or a part of it only.
    """
    graph = Graph()
    wanted = _known(engine, sorted(iris), leave_out)
    for start in range(0, len(wanted), _BATCH):
        for name in _VIEWS:
            for row in _rows(engine, name, wanted[start : start + _BATCH], leave_out):
                graph.add((_node(row["node"]), URIRef(row["property"].value), _node(row["value"])))
    return graph


def _known(engine: Engine, iris: Sequence[str], leave_out: Collection[str]) -> Sequence[str]:
    """Return those that the release knows, where it is worth asking: a long list may well be all new."""
    if len(iris) <= _BATCH:
        return iris
    parts = (iris[start : start + _ASKED] for start in range(0, len(iris), _ASKED))
    return [row["node"].value for part in parts for row in _rows(engine, "known-entities", part, leave_out)]


def _rows(engine: Engine, name: str, iris: Sequence[str], leave_out: Collection[str]) -> Iterator[Mapping[str, Term]]:
    answer = engine.answer(view(name), {"iri": list(iris), "leftOut": sorted(leave_out)})
    if not isinstance(answer, Table) or (answer.truncated and len(iris) == 1):
        raise QueryFailed(f"What the graph holds about {iris[0]} is too much to check: {answer.notice}")
    if answer.truncated:
        middle = len(iris) // 2
        yield from _rows(engine, name, iris[:middle], leave_out)
        yield from _rows(engine, name, iris[middle:], leave_out)
    else:
        yield from answer


def _node(term: Term) -> URIRef | BNode | Literal:
    if term.kind == "iri":
        return URIRef(term.value)
    if term.kind == "bnode":
        return BNode(term.value)
    return Literal(term.value, lang=term.language or None, datatype=URIRef(term.datatype) if term.datatype else None)
