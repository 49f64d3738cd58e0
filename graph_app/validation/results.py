"""A SHACL report as frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from loaders.findings import Severity

__all__ = ["SEVERITIES", "Result", "local_name", "message_of", "predicates_in", "read_results"]

SEVERITIES: dict[Node | None, Severity] = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}
_PATH_OPERATORS = (SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a report.

    :param rule: local name of the shape.
    :param severity: severity of the shape.
    :param component: kind of constraint that failed.
    :param focus: node that was checked.
    :param paths: every property in the path, in its order; empty if the node as a whole is at fault.
    :param value: the value at fault, or ``None`` where one is missing or too many are there.
    :param message: language to text; may hold ``{?value}``.
    """

    rule: str
    severity: Severity
    component: URIRef
    focus: Node
    paths: tuple[URIRef, ...]
    value: Node | None
    message: Mapping[str, str] = field(hash=False)


def read_results(report: Graph, shapes: Graph) -> Iterator[Result]:
    """Read the results of a report.

    Messages are taken from the shapes: in the report pySHACL drops the language of those with a variable.

    :param report: the report.
    :param shapes: the shapes that made it.
    :returns: the results, in no order.
    """
    for node in report.objects(None, SH.result):
        shape = report.value(node, SH.sourceShape)
        component = report.value(node, SH.sourceConstraintComponent)
        focus = report.value(node, SH.focusNode)
        if not isinstance(shape, URIRef) or not isinstance(component, URIRef) or focus is None:
            raise ValueError(f"The result of {shape} about {focus} comes from a shape without name.")
        path = report.value(node, SH.resultPath)
        yield Result(
            rule=local_name(shape),
            severity=SEVERITIES.get(report.value(node, SH.resultSeverity), Severity.VIOLATION),
            component=component,
            focus=focus,
            paths=() if path is None else tuple(predicates_in(path, report)),
            value=report.value(node, SH.value),
            message=message_of(report.value(node, SH.sourceConstraint), shape, shapes),
        )


def local_name(iri: URIRef) -> str:
    """Return the last part of an IRI."""
    return str(iri).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def message_of(constraint: Node | None, shape: Node, shapes: Graph) -> dict[str, str]:
    """Return what shapes say where a constraint is broken, by language.

    :param constraint: the node of a SPARQL constraint, whose own message comes first, or ``None``.
    :param shape: the shape.
    :param shapes: the graph of both.
    """
    texts = [*shapes.objects(constraint, SH.message)] if constraint is not None else []
    texts = texts or [*shapes.objects(shape, SH.message)]
    return {text.language: str(text) for text in texts if isinstance(text, Literal) and text.language}


def predicates_in(path: Node, report: Graph) -> Iterator[URIRef]:
    """Yield every property of a path, in its order.

    :param path: the path.
    :param report: the graph that holds it.
    """
    if isinstance(path, URIRef):
        yield path
        return
    if not isinstance(path, BNode):
        return
    if (path, RDF.first, None) in report:
        for step in Collection(report, path):
            yield from predicates_in(step, report)
    for operator in _PATH_OPERATORS:
        for inner in report.objects(path, operator):
            yield from predicates_in(inner, report)
