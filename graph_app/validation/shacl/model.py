"""Shapes as values (SHACL, sections 2 to 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rdflib import URIRef
from rdflib.term import Node

from graph_app.columns.algebra.nodes import Path
from graph_app.columns.terms import Constant
from graph_app.validation.results import Result
from loaders.findings import Severity

__all__ = ["Checked", "Constraint", "Shape", "Target", "Uncovered"]


class Uncovered(Exception):
    """A shape asks for what is not checked on columns; the text says what."""


@dataclass(frozen=True, slots=True)
class Target:
    """Nodes that a shape is about (section 2.1.3).

    :param kind: ``class``, ``node``, ``subjects`` or ``objects``.
    :param term: the class, node or property.
    """

    kind: str
    term: Constant


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape (section 4).

    :param component: the kind of constraint, as a report names it.
    :param values: its parameter, or several.
    :param shapes: the shapes that it refers to.
    :param node: node of a ``sh:sparql`` constraint, which holds its query and messages.
    :param further: other parameters that belong to it, such as flags, by local name.
    """

    component: URIRef
    values: tuple[Constant, ...] = ()
    shapes: tuple["Shape", ...] = ()
    node: Node | None = None
    further: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    :param node: its node in the shapes graph.
    :param severity: how bad a violation is.
    :param path: path from a focus node to its values, or ``None`` where the focus node is the value.
    :param predicates: every property of the path, in its order.
    :param targets: what it is about of itself.
    :param constraints: what values must keep to.
    :param properties: shapes for properties of the values.
    """

    node: Node
    severity: Severity
    path: Path | None
    predicates: tuple[URIRef, ...]
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]


class Checked(NamedTuple):
    """What a check came to.

    :param results: what is broken.
    :param uncovered: shapes that could not be checked, each with the reason.
    """

    results: list[Result]
    uncovered: Mapping[Node, str]
