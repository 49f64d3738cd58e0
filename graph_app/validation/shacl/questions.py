"""Shapes to questions: each asks for the nodes and values that break one constraint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from rdflib import Graph, Literal
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from graph_app.columns.algebra.nodes import (
    Aggregate,
    Bgp,
    Call,
    Distinct,
    Exists,
    Expression,
    Extend,
    Filter,
    Group,
    Join,
    LeftJoin,
    Pattern,
    Project,
    Query,
    Step,
    Triple,
    Union,
    Values,
    Variable,
)
from graph_app.columns.algebra.query import read_query
from graph_app.columns.catalogue import Catalogue
from graph_app.columns.declined import Declined
from graph_app.columns.terms import Constant
from graph_app.validation.shacl.conformance import Conformance, negated
from graph_app.validation.shacl.model import Constraint, Shape, Target, Uncovered
from graph_app.validation.shacl.prebound import prebound

__all__ = ["Question", "Questions"]

_THIS, _VALUE, _PATH, _OTHER = map(Variable, ("this", "value", "path", "other"))
_NUMBER, _LANGUAGE = map(Variable, ("number", "language"))
_COMPARED = {SH.LessThanConstraintComponent: "<", SH.LessThanOrEqualsConstraintComponent: "<="}
_PAIRED = frozenset({SH.EqualsConstraintComponent, SH.DisjointConstraintComponent})
#: Of these a report names no value: it is missing, or one too many.
_WITHOUT_VALUE = frozenset(
    {
        SH.MinCountConstraintComponent, SH.MaxCountConstraintComponent, SH.QualifiedMinCountConstraintComponent,
        SH.QualifiedMaxCountConstraintComponent, SH.HasValueConstraintComponent,
    }
)  # fmt: skip
#: These can be broken where there is no value.
_OF_WHAT_LACKS = frozenset(
    {
        SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent, SH.HasValueConstraintComponent,
        SH.EqualsConstraintComponent, SH.ClosedConstraintComponent, SH.SPARQLConstraintComponent,
    }
)  # fmt: skip
#: These only where there are two.
_OF_SEVERAL = frozenset({SH.MaxCountConstraintComponent, SH.UniqueLangConstraintComponent})


@dataclass(frozen=True, slots=True)
class Question:
    """What breaks one constraint of one shape.

    :param shape: the shape.
    :param constraint: the constraint.
    :param query: gives ``this``, and ``value`` and ``path`` where a report has them.
    """

    shape: Shape
    constraint: Constraint
    query: Query


@dataclass(frozen=True, slots=True)
class _Focus:
    """Focus nodes.

    :param pattern: binds ``this``.
    :param led: variables of the nodes that led to it, where it is the value of a property.
    """

    pattern: Pattern
    led: tuple[Variable, ...] = ()

    @property
    def keys(self) -> tuple[Variable, ...]:
        """What tells them apart."""
        return (_THIS, *self.led)


class Questions:
    """Turns shapes into questions.

    :param shapes: the graph of the shapes.
    :param below: class to the classes whose instances are its own, itself among them.
    :param catalogue: what is known of the data without looking at it, if anything.
    """

    def __init__(self, shapes: Graph, below: Mapping[str, tuple[str, ...]], catalogue: Catalogue | None = None) -> None:
        self._graph = shapes
        self._below = below
        self._catalogue = catalogue
        self._conformance = Conformance(below)

    def ask(self, shape: Shape) -> Iterator[Question]:
        """Yield the questions of a shape with targets, without those whose answer is known to be empty.

        :param shape: the shape.
        :raises Uncovered: if a constraint cannot be asked.
        """
        targets = [self._focus(target) for target in shape.targets if self._has_nodes(target)]
        if targets:
            yield from self._of(shape, _Focus(Distinct(Project(reduce(Union, targets), _names(_THIS)))))

    def _has_nodes(self, target: Target) -> bool:
        name = target.term.lex
        if self._catalogue is None:
            return True
        if target.kind == "class":
            return any(one in self._catalogue.classes for one in self._below.get(name, (name,)))
        return target.kind == "node" or name in self._catalogue.predicates

    def _is_kept(self, shape: Shape, constraint: Constraint) -> bool:
        """Tell whether the catalogue says that nothing breaks a constraint: no node has a value, or none has two."""
        if self._catalogue is None or constraint.component in _OF_WHAT_LACKS or not isinstance(shape.path, Step):
            return False
        predicate = self._catalogue.predicates.get(shape.path.iri)
        if predicate is None or not predicate.functional:
            return predicate is None
        return constraint.component in _OF_SEVERAL and constraint.values[0].lex != "0"

    def _of(self, shape: Shape, focus: _Focus) -> Iterator[Question]:
        for constraint in shape.constraints:
            if self._is_kept(shape, constraint):
                continue
            pattern, variables = self._breaking(shape, constraint, focus)
            names = _names(*variables, *focus.led)
            yield Question(shape, constraint, Query("SELECT", Distinct(Project(pattern, names)), names))
        for inner in shape.properties:
            yield from self._of(inner, focus if shape.path is None else self._led(shape, focus))

    def _led(self, shape: Shape, focus: _Focus) -> _Focus:
        """Let the values of a shape be the focus nodes of another, once for each node that leads to them."""
        way = self._conformance.fresh()
        values = Distinct(Project(self._values(shape, focus), _names(*focus.keys, _VALUE)))
        parent = Project(Extend(values, way.name, _THIS), _names(*focus.led, way, _VALUE))
        pattern = Project(Extend(parent, _THIS.name, _VALUE), _names(_THIS, *focus.led, way))
        return _Focus(pattern, (*focus.led, way))

    def _focus(self, target: Target) -> Pattern:
        match target.kind:
            case "class":
                return self._conformance.members(target.term.lex, _THIS)
            case "subjects":
                return Bgp((Triple(_THIS, Step(target.term.lex), self._conformance.fresh()),))
            case "objects":
                return Bgp((Triple(self._conformance.fresh(), Step(target.term.lex), _THIS),))
        return Values((_THIS.name,), ((target.term,),))

    def _values(self, shape: Shape, focus: _Focus) -> Pattern:
        if shape.path is None:
            return Extend(focus.pattern, _VALUE.name, _THIS)
        return Join(focus.pattern, Bgp((Triple(_THIS, shape.path, _VALUE),)))

    def _breaking(self, shape: Shape, constraint: Constraint, focus: _Focus) -> tuple[Pattern, tuple[Variable, ...]]:
        """Return the pattern of what breaks a constraint, and the variables that a report has of it."""
        component = constraint.component
        if component == SH.SPARQLConstraintComponent:
            pattern, names = self._written(shape, constraint, focus)
        elif component == SH.ClosedConstraintComponent:
            pattern, names = self._beside(constraint, focus), (_THIS, _VALUE, _PATH)
        elif component == SH.UniqueLangConstraintComponent:
            pattern, names = self._languages(shape, constraint, focus), (_THIS, _LANGUAGE)
        elif component in _WITHOUT_VALUE:
            pattern, names = self._counted(shape, constraint, focus), (_THIS,)
        elif component in _COMPARED:
            pattern, names = self._ordered(shape, constraint, focus, _COMPARED[component]), (_THIS, _VALUE, _OTHER)
        elif component in _PAIRED:
            pattern, names = self._paired(shape, constraint, focus), (_THIS, _VALUE)
        else:
            kept = self._conformance.constraint(constraint, _VALUE)
            pattern, names = Filter(self._values(shape, focus), negated(kept)), (_THIS, _VALUE)
        return pattern, names

    def _counted(self, shape: Shape, constraint: Constraint, focus: _Focus) -> Pattern:
        component, limit = constraint.component, constraint.values[0]
        if shape.path is None:
            if component == SH.HasValueConstraintComponent:
                return Filter(focus.pattern, negated(self._conformance.constraint(constraint, _THIS)))
            raise Uncovered("a count of values without path")
        if component == SH.HasValueConstraintComponent:
            return Filter(focus.pattern, Exists(Bgp((Triple(_THIS, shape.path, limit),)), negated=True))
        values: Pattern = Bgp((Triple(_THIS, shape.path, _VALUE),))
        if constraint.shapes:
            values = Filter(values, self._conformance.shape(constraint.shapes[0], _VALUE))
        if component in {SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent}:
            if int(limit.lex) == 1:
                return Filter(focus.pattern, Exists(values, negated=True))
            return Filter(_numbered(LeftJoin(focus.pattern, values, ()), focus), Call("<", (_NUMBER, limit)))
        return Filter(_numbered(Join(focus.pattern, values), focus), Call(">", (_NUMBER, limit)))

    def _languages(self, shape: Shape, constraint: Constraint, focus: _Focus) -> Pattern:
        if constraint.values[0].lex != "true":
            return Values(_names(_THIS, _LANGUAGE), ())
        language = Call("LANG", (_VALUE,))
        spoken = Filter(self._values(shape, focus), Call("!=", (language, Constant.literal(""))))
        return Filter(
            _numbered(spoken, focus, (_LANGUAGE.name, language)),
            Call(">", (_NUMBER, Constant.literal("1", str(XSD.integer)))),
        )

    def _ordered(self, shape: Shape, constraint: Constraint, focus: _Focus, operator: str) -> Pattern:
        other = Bgp((Triple(_THIS, Step(constraint.values[0].lex), _OTHER),))
        kept = Call("COALESCE", (Call(operator, (_VALUE, _OTHER)), Constant.literal("false", str(XSD.boolean))))
        return Filter(Join(self._values(shape, focus), other), negated(kept))

    def _paired(self, shape: Shape, constraint: Constraint, focus: _Focus) -> Pattern:
        step = Step(constraint.values[0].lex)
        here = Bgp((Triple(_THIS, step, _VALUE),))
        if constraint.component == SH.DisjointConstraintComponent:
            return Filter(self._values(shape, focus), Exists(here, negated=False))
        own: Expression
        if shape.path is None:
            own = Call("SAMETERM", (_THIS, _VALUE))
        else:
            own = Exists(Bgp((Triple(_THIS, shape.path, _VALUE),)), negated=False)
        lacking = Filter(self._values(shape, focus), Exists(here, negated=True))
        return Union(lacking, Filter(Join(focus.pattern, here), negated(own)))

    def _beside(self, constraint: Constraint, focus: _Focus) -> Pattern:
        every = Join(focus.pattern, Bgp((Triple(_THIS, _PATH, _VALUE),)))
        allowed = [Call("SAMETERM", (_PATH, one)) for one in constraint.values]
        pattern: Pattern = every
        for one in allowed:
            pattern = Filter(pattern, negated(one))
        return pattern

    def _written(self, shape: Shape, constraint: Constraint, focus: _Focus) -> tuple[Pattern, tuple[Variable, ...]]:
        """Read a constraint that is written in SPARQL; what it selects beside the usual says nothing here."""
        graph = self._graph
        text = graph.value(constraint.node, SH.select)
        if not isinstance(text, Literal) or shape.path is not None or focus.led:
            raise Uncovered("a SPARQL constraint of a property shape, or one that asks")
        if any(name in str(text) for name in ("$shapesGraph", "$currentShape", "?shapesGraph", "?currentShape")):
            raise Uncovered("a SPARQL constraint that asks for its shapes")
        try:
            query = read_query(str(text), dict(_prefixes(graph, constraint.node)))
        except Declined as error:
            raise Uncovered(f"a SPARQL constraint: {error}") from error
        pattern = prebound(query.pattern, focus.pattern)
        if _VALUE.name not in query.variables:
            pattern = Extend(pattern, _VALUE.name, _THIS)
        names = (_THIS, _VALUE, _PATH) if _PATH.name in query.variables else (_THIS, _VALUE)
        return pattern, names


def _names(*variables: Variable) -> tuple[str, ...]:
    return tuple(variable.name for variable in variables)


def _numbered(pattern: Pattern, focus: _Focus, *further: tuple[str, Expression]) -> Pattern:
    """Count the values of each focus node."""
    number = Aggregate("COUNT", _VALUE, distinct=True)
    keys = tuple((one.name, one) for one in focus.keys)
    return Group(pattern, (*keys, *further), ((_NUMBER.name, number),), single=False)


def _prefixes(graph: Graph, constraint: Node | None) -> Iterator[tuple[str, str]]:
    for owner in graph.objects(constraint, SH.prefixes):
        for declared in graph.objects(owner, SH.declare):
            yield str(graph.value(declared, SH.prefix)), str(graph.value(declared, SH.namespace))
