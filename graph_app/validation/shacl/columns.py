"""Check a graph on its columns."""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import RDFS
from rdflib.term import Node

from graph_app.columns.algebra.nodes import Bgp, Query, Step, Triple, Variable
from graph_app.columns.declined import Declined
from graph_app.columns.engine import ColumnStore
from graph_app.validation.results import Result, local_name, message_of
from graph_app.validation.shacl.model import Checked, Shape, Uncovered
from graph_app.validation.shacl.questions import Question, Questions
from graph_app.validation.shacl.read import ShapeReader
from graph_app.validation.shacl.terms import node_of

__all__ = ["check_columns"]


def check_columns(columns: ColumnStore, shapes: Graph) -> Checked:
    """Check the graph of some columns: each constraint is one question, or a shape is not checked at all.

    :param columns: the columns.
    :param shapes: the shapes.
    :returns: what is broken, and which shapes were left to another engine.
    :raises MemoryError: if a question needs more memory than it may have.
    """
    reader, questions = ShapeReader(shapes), Questions(shapes, _below(columns), columns.catalogue)
    found: list[Result] = []
    uncovered: dict[Node, str] = {}
    for node in reader.targeted():
        try:
            shape = reader.shape(node)
            found += [result for one in questions.ask(shape) for result in _asked(columns, one, shapes)]
        except (Declined, Uncovered) as error:
            uncovered[node] = str(error)
    return Checked(found, uncovered)


def _asked(columns: ColumnStore, question: Question, shapes: Graph) -> Iterator[Result]:
    shape, constraint = question.shape, question.constraint
    rule, message = _named(shape), message_of(constraint.node, shape.node, shapes)
    names = question.query.variables
    for row in columns.solutions(question.query):
        told = dict(zip(names, row, strict=True))
        path, value = told.get("path"), told.get("value")
        if (focus := told["this"]) is None:
            continue
        paths = shape.predicates if path is None else (URIRef(path.lex),)
        yield Result(
            rule,
            shape.severity,
            constraint.component,
            node_of(focus),
            paths,
            None if value is None else node_of(value),
            message,
        )


def _named(shape: Shape) -> str:
    return local_name(shape.node) if isinstance(shape.node, URIRef) else str(shape.node)


def _below(columns: ColumnStore) -> dict[str, tuple[str, ...]]:
    """Return for each class the classes that are below it, itself first (SHACL, section 1.1, "SHACL instance")."""
    lower, upper = Variable("lower"), Variable("upper")
    steps = Query("SELECT", Bgp((Triple(lower, Step(str(RDFS.subClassOf)), upper),)), ("lower", "upper"))
    directly: dict[str, set[str]] = {}
    for one, other in columns.solutions(steps):
        if one is not None and other is not None:
            directly.setdefault(other.lex, set()).add(one.lex)
    found = {}
    for name in directly:
        known, waiting = {name}, [name]
        while waiting:
            new = directly.get(waiting.pop(), set()) - known
            known |= new
            waiting += new
        found[name] = (name, *sorted(known - {name}))
    return found
