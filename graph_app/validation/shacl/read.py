"""Read shapes from their graph."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from graph_app.columns.algebra.nodes import Alternative, Inverse, Path, Repeat, Sequence, Step
from graph_app.columns.terms import Constant
from graph_app.validation.results import SEVERITIES, predicates_in
from graph_app.validation.shacl.model import Constraint, Shape, Target, Uncovered
from graph_app.validation.shacl.terms import constant_of
from loaders.findings import Severity

__all__ = ["ShapeReader"]

_TARGETS = MappingProxyType(
    {SH.targetClass: "class", SH.targetNode: "node", SH.targetSubjectsOf: "subjects", SH.targetObjectsOf: "objects"}
)
#: Parameters of one value each: every value is a constraint of its own.
_VALUES = MappingProxyType(
    {
        SH["class"]: SH.ClassConstraintComponent,
        SH.datatype: SH.DatatypeConstraintComponent,
        SH.nodeKind: SH.NodeKindConstraintComponent,
        SH.minCount: SH.MinCountConstraintComponent,
        SH.maxCount: SH.MaxCountConstraintComponent,
        SH.minExclusive: SH.MinExclusiveConstraintComponent,
        SH.minInclusive: SH.MinInclusiveConstraintComponent,
        SH.maxExclusive: SH.MaxExclusiveConstraintComponent,
        SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
        SH.minLength: SH.MinLengthConstraintComponent,
        SH.maxLength: SH.MaxLengthConstraintComponent,
        SH.pattern: SH.PatternConstraintComponent,
        SH.uniqueLang: SH.UniqueLangConstraintComponent,
        SH.equals: SH.EqualsConstraintComponent,
        SH.disjoint: SH.DisjointConstraintComponent,
        SH.lessThan: SH.LessThanConstraintComponent,
        SH.lessThanOrEquals: SH.LessThanOrEqualsConstraintComponent,
        SH.hasValue: SH.HasValueConstraintComponent,
    }
)
_LISTS = MappingProxyType({SH["in"]: SH.InConstraintComponent, SH.languageIn: SH.LanguageInConstraintComponent})
_SHAPES = MappingProxyType({SH.node: SH.NodeConstraintComponent, SH["not"]: SH.NotConstraintComponent})
_SHAPE_LISTS = MappingProxyType(
    {
        SH["and"]: SH.AndConstraintComponent,
        SH["or"]: SH.OrConstraintComponent,
        SH.xone: SH.XoneConstraintComponent,
    }
)
_COUNTS = MappingProxyType(
    {
        SH.qualifiedMinCount: SH.QualifiedMinCountConstraintComponent,
        SH.qualifiedMaxCount: SH.QualifiedMaxCountConstraintComponent,
    }
)
_REPEATS: Mapping[URIRef, Literal["*", "+", "?"]] = MappingProxyType(
    {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
)
#: What says nothing that is checked, or belongs to another parameter.
_SILENT = frozenset(
    {
        RDF.type, RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.subClassOf, RDFS.seeAlso, SH.name, SH.description,
        SH.message, SH.order, SH.group, SH.severity, SH.path, SH.deactivated, SH.flags, SH.property, SH.closed,
        SH.ignoredProperties, SH.sparql, SH.qualifiedValueShape, SH.defaultValue, *_TARGETS,
    }
)  # fmt: skip


class ShapeReader:
    """Reads the shapes of a graph.

    :param graph: the graph.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._reading: set[Node] = set()
        self.shape = cache(self._shape)

    def targeted(self) -> Iterator[Node]:
        """Yield the nodes of shapes that have targets and are not switched off."""
        graph = self._graph
        found = {node for path in _TARGETS for node in graph.subjects(path, None)}
        for kind in (SH.NodeShape, SH.PropertyShape):
            for node in graph.subjects(RDF.type, kind):
                if (node, RDF.type, RDFS.Class) in graph or (node, RDF.type, OWL.Class) in graph:
                    found.add(node)  # a class that is a shape is its own target
        yield from _ordered(node for node in found if not self._off(node))

    def _shape(self, node: Node) -> Shape:
        """Read a shape.

        :raises Uncovered: if it, or a shape that it refers to, holds what is not checked on columns.
        """
        graph = self._graph
        if node in self._reading:
            raise Uncovered("a shape that refers to itself")
        unknown = set(graph.predicates(node)) - _SILENT - {*_VALUES, *_LISTS, *_SHAPES, *_SHAPE_LISTS, *_COUNTS}
        if unknown:
            raise Uncovered(f"{_ordered(unknown)[0]} in {node}")
        self._reading.add(node)
        try:
            path = graph.value(node, SH.path)
            return Shape(
                node,
                SEVERITIES.get(graph.value(node, SH.severity), Severity.VIOLATION),
                None if path is None else self._path(path),
                () if path is None else tuple(predicates_in(path, graph)),
                tuple(self._targets(node)),
                () if self._off(node) else tuple(self._constraints(node)),
                () if self._off(node) else tuple(self._shapes(graph.objects(node, SH.property))),
            )
        finally:
            self._reading.discard(node)

    def _off(self, node: Node) -> bool:
        return self._true(node, SH.deactivated)

    def _true(self, node: Node, path: URIRef) -> bool:
        return any(str(said) in {"true", "1"} for said in self._graph.objects(node, path))

    def _targets(self, node: Node) -> Iterator[Target]:
        graph = self._graph
        for path, kind in _TARGETS.items():
            yield from (Target(kind, constant_of(term)) for term in _ordered(graph.objects(node, path)))
        if (node, RDF.type, RDFS.Class) in graph or (node, RDF.type, OWL.Class) in graph:
            yield Target("class", constant_of(node))

    def _shapes(self, nodes: Iterable[Node]) -> Iterator[Shape]:
        return (self.shape(node) for node in _ordered(nodes))

    def _constraints(self, node: Node) -> Iterator[Constraint]:
        graph = self._graph
        further = {"flags": str(graph.value(node, SH.flags) or "")}
        for path, component in _VALUES.items():
            for term in _ordered(graph.objects(node, path)):
                yield Constraint(component, (constant_of(term),), further=further if path == SH.pattern else {})
        for path, component in _LISTS.items():
            for head in graph.objects(node, path):
                yield Constraint(component, tuple(map(constant_of, Collection(graph, head))))
        yield from self._logical(node)
        yield from self._qualified(node)
        if self._true(node, SH.closed):
            yield Constraint(SH.ClosedConstraintComponent, tuple(self._allowed(node)))
        for one in _ordered(graph.objects(node, SH.sparql)):
            if not self._off(one):
                yield Constraint(SH.SPARQLConstraintComponent, node=one)

    def _logical(self, node: Node) -> Iterator[Constraint]:
        graph = self._graph
        for path, component in _SHAPES.items():
            for one in _ordered(graph.objects(node, path)):
                yield Constraint(component, shapes=(self.shape(one),))
        for path, component in _SHAPE_LISTS.items():
            for head in graph.objects(node, path):
                yield Constraint(component, shapes=tuple(self._shapes(Collection(graph, head))))

    def _qualified(self, node: Node) -> Iterator[Constraint]:
        graph = self._graph
        if self._true(node, SH.qualifiedValueShapesDisjoint):
            raise Uncovered("sh:qualifiedValueShapesDisjoint")
        for inner in _ordered(graph.objects(node, SH.qualifiedValueShape)):
            for path, component in _COUNTS.items():
                for number in graph.objects(node, path):
                    yield Constraint(component, (constant_of(number),), (self.shape(inner),))

    def _allowed(self, node: Node) -> Iterator[Constant]:
        graph = self._graph
        ignored = graph.value(node, SH.ignoredProperties)
        if ignored is not None:
            yield from map(constant_of, Collection(graph, ignored))
        for one in _ordered(graph.objects(node, SH.property)):
            path = graph.value(one, SH.path)
            if isinstance(path, URIRef):
                yield constant_of(path)

    def _path(self, node: Node) -> Path:
        graph = self._graph
        if isinstance(node, URIRef):
            return Step(str(node))
        if (node, RDF.first, None) in graph:
            return Sequence(tuple(map(self._path, Collection(graph, node))))
        if (inner := graph.value(node, SH.inversePath)) is not None:
            return Inverse(self._path(inner))
        if (inner := graph.value(node, SH.alternativePath)) is not None:
            return Alternative(tuple(map(self._path, Collection(graph, inner))))
        for operator, sign in _REPEATS.items():
            if (inner := graph.value(node, operator)) is not None:
                return Repeat(self._path(inner), sign)
        raise Uncovered(f"the path {node}")


def _ordered(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)
