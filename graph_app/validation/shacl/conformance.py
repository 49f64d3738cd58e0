"""Whether a value conforms to a shape, as an expression of SPARQL (SHACL, section 4).

An expression is true or false for every value, never an error, so that what does not conform is what is not true.
"""

import re
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import combinations, count

from rdflib import URIRef
from rdflib.namespace import RDF, SH, XSD

from graph_app.columns.algebra.nodes import (
    Bgp,
    Call,
    Exists,
    Expression,
    Filter,
    Join,
    Path,
    Pattern,
    Step,
    Triple,
    Values,
    Variable,
)
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.validation.shacl.model import Constraint, Shape, Uncovered

__all__ = ["Conformance", "negated"]

TRUE, FALSE = (Constant(Kind.BOOLEAN, word, str(XSD.boolean)) for word in ("true", "false"))
_TYPE = Step(str(RDF.type))
#: More values than these are not told apart pair by pair.
_FEW = 4

_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_DAY = (
    "-?([0-9]{4,}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([0-9]*[0-9]{2}(0[48]|[2468][048]|[13579][26])|[0-9]*([02468][048]|[13579][26])00)-02-29)"
)
_TIME = "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?|24:00:00([.]0+)?)"
#: What every literal of a datatype looks like (XML Schema, part 2).
_FORMS = {
    XSD.date: rf"^{_DAY}{_ZONE}$",
    XSD.dateTime: rf"^{_DAY}T{_TIME}{_ZONE}$",
    XSD.gYear: rf"^-?[0-9]{{4,}}{_ZONE}$",
    XSD.gYearMonth: rf"^-?[0-9]{{4,}}-(0[1-9]|1[0-2]){_ZONE}$",
    XSD.duration: r"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.][0-9]+)?S)?)?$",
    XSD.integer: r"^[+-]?[0-9]+$",
    XSD.nonNegativeInteger: r"^([+]?[0-9]+|-0+)$",
    XSD.positiveInteger: r"^[+]?0*[1-9][0-9]*$",
    XSD.decimal: r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    XSD.boolean: r"^(true|false|1|0)$",
    XSD.double: r"^([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$",
    XSD.float: r"^([+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$",
}
_FREE = frozenset({XSD.string, XSD.anyURI})
_KINDS = {
    SH.IRI: ("ISIRI",),
    SH.BlankNode: ("ISBLANK",),
    SH.Literal: ("ISLITERAL",),
    SH.BlankNodeOrIRI: ("ISBLANK", "ISIRI"),
    SH.BlankNodeOrLiteral: ("ISBLANK", "ISLITERAL"),
    SH.IRIOrLiteral: ("ISIRI", "ISLITERAL"),
}
#: Signs for white space, which dialects of patterns understand differently, and how all of them read what people do.
_SPACES = re.compile(r"(?<!\\)\\[sS](?![^\[]*\])")
_WHITE = {r"\s": r"[\t\n\r\p{Z}]", r"\S": r"[^\t\n\r\p{Z}]"}
_LEAST = frozenset({SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent})
_MOST = frozenset({SH.MaxCountConstraintComponent, SH.QualifiedMaxCountConstraintComponent})
_BOUNDS = {
    SH.MinExclusiveConstraintComponent: ">",
    SH.MinInclusiveConstraintComponent: ">=",
    SH.MaxExclusiveConstraintComponent: "<",
    SH.MaxInclusiveConstraintComponent: "<=",
}


class Conformance:
    """Writes expressions.

    :param below: class to the classes whose instances are its own, itself among them.
    """

    def __init__(self, below: Mapping[str, tuple[str, ...]]) -> None:
        self._below = below
        self._names = count()
        self._writers: Mapping[object, Callable[[Constraint, Variable], Expression]] = {
            SH.ClassConstraintComponent: self._of_class,
            SH.DatatypeConstraintComponent: _of_datatype,
            SH.NodeKindConstraintComponent: lambda one, value: _any(
                [Call(name, (value,)) for name in _KINDS[URIRef(one.values[0].lex)]]
            ),
            SH.MinLengthConstraintComponent: lambda one, value: _of_length(one, value, ">="),
            SH.MaxLengthConstraintComponent: lambda one, value: _of_length(one, value, "<="),
            SH.PatternConstraintComponent: _of_pattern,
            SH.LanguageInConstraintComponent: _of_language,
            SH.InConstraintComponent: lambda one, value: _any([_same(value, term) for term in one.values]),
            SH.HasValueConstraintComponent: lambda one, value: _same(value, one.values[0]),
            SH.NodeConstraintComponent: lambda one, value: self.shape(one.shapes[0], value),
            SH.NotConstraintComponent: lambda one, value: negated(self.shape(one.shapes[0], value)),
            SH.AndConstraintComponent: lambda one, value: _all([self.shape(shape, value) for shape in one.shapes]),
            SH.OrConstraintComponent: lambda one, value: _any([self.shape(shape, value) for shape in one.shapes]),
            SH.XoneConstraintComponent: self._exactly_one,
        }

    def fresh(self) -> Variable:
        """Return a variable that stands nowhere else."""
        return Variable(f"v{next(self._names)}")

    def constraint(self, constraint: Constraint, value: Variable) -> Expression:
        """Write whether a value keeps to a constraint that looks at each value by itself.

        :param constraint: the constraint.
        :param value: the value.
        :raises Uncovered: if it is not one of those.
        """
        operator = _BOUNDS.get(constraint.component)
        if operator is not None:
            return _surely(Call(operator, (value, constraint.values[0])))
        writer = self._writers.get(constraint.component)
        if writer is None:
            raise Uncovered(f"{constraint.component} of single values")
        return writer(constraint, value)

    def shape(self, shape: Shape, focus: Variable) -> Expression:
        """Write whether a node conforms to a shape.

        :param shape: the shape.
        :param focus: the node.
        :raises Uncovered: if that cannot be asked here.
        """
        kept = [self._within(shape, one, focus) for one in shape.constraints]
        for inner in shape.properties:
            if shape.path is None:
                kept.append(self.shape(inner, focus))
            else:
                value = self.fresh()
                kept.append(_nowhere(shape.path, focus, value, negated(self.shape(inner, value))))
        return _all(kept)

    def members(self, name: str, value: Variable) -> Pattern:
        """Return the pattern of the instances of a class, and of the classes below it.

        :param name: IRI of the class.
        :param value: an instance.
        """
        classes = self._below.get(name, (name,))
        if len(classes) == 1:
            return Bgp((Triple(value, _TYPE, Constant(Kind.IRI, name)),))
        class_ = self.fresh()
        rows = tuple((Constant(Kind.IRI, one),) for one in classes)
        return Join(Values((class_.name,), rows), Bgp((Triple(value, _TYPE, class_),)))

    def _within(self, shape: Shape, constraint: Constraint, focus: Variable) -> Expression:
        if shape.path is None:
            return self.constraint(constraint, focus)
        path, component = shape.path, constraint.component
        if component == SH.HasValueConstraintComponent:
            return Exists(Bgp((Triple(focus, path, constraint.values[0]),)), negated=False)
        kept = constraint.shapes[0] if constraint.shapes else None
        if component in _LEAST:
            return self._at_least(path, focus, int(constraint.values[0].lex), kept)
        if component in _MOST:
            return negated(self._at_least(path, focus, int(constraint.values[0].lex) + 1, kept))
        value = self.fresh()
        return _nowhere(path, focus, value, negated(self.constraint(constraint, value)))

    def _at_least(self, path: Path, focus: Variable, number: int, kept: Shape | None) -> Expression:
        if number <= 0:
            return TRUE
        if number > _FEW:
            raise Uncovered(f"{number} values within another shape")
        values = [self.fresh() for _ in range(number)]
        pattern: Pattern = Bgp(tuple(Triple(focus, path, value) for value in values))
        different = [negated(_same(one, other)) for one, other in combinations(values, 2)]
        conforming = [self.shape(kept, value) for value in values] if kept is not None else []
        for condition in (*different, *conforming):
            pattern = Filter(pattern, condition)
        return Exists(pattern, negated=False)

    def _of_class(self, constraint: Constraint, value: Variable) -> Expression:
        return Exists(self.members(constraint.values[0].lex, value), negated=False)

    def _exactly_one(self, constraint: Constraint, value: Variable) -> Expression:
        kept = [self.shape(shape, value) for shape in constraint.shapes]
        alone = [
            _all([one if at == chosen else negated(one) for at, one in enumerate(kept)]) for chosen in range(len(kept))
        ]
        return _any(alone)


def negated(expression: Expression) -> Expression:
    """Return what is true where an expression is not.

    :param expression: an expression that is never an error.
    """
    if isinstance(expression, Exists):
        return Exists(expression.pattern, negated=not expression.negated)
    return Call("unary !", (expression,))


def _nowhere(path: Path, focus: Variable, value: Variable, condition: Expression) -> Expression:
    return Exists(Filter(Bgp((Triple(focus, path, value),)), condition), negated=True)


def _all(parts: list[Expression]) -> Expression:
    return reduce(lambda left, right: Call("&&", (left, right)), parts) if parts else TRUE


def _any(parts: list[Expression]) -> Expression:
    return reduce(lambda left, right: Call("||", (left, right)), parts) if parts else FALSE


def _surely(expression: Expression) -> Expression:
    """Return an expression that is false where the one given is an error."""
    return Call("COALESCE", (expression, FALSE))


def _same(left: Expression, right: Expression) -> Expression:
    return Call("SAMETERM", (left, right))


def _text(text: str) -> Constant:
    return Constant.literal(text)


def _of_datatype(constraint: Constraint, value: Variable) -> Expression:
    datatype = constraint.values[0]
    name = URIRef(datatype.lex)
    said = _surely(Call("=", (Call("DATATYPE", (value,)), datatype)))
    if name in _FORMS:
        return _all([said, Call("REGEX", (Call("STR", (value,)), _text(_FORMS[name])))])
    if name.startswith(str(XSD)) and name not in _FREE:
        raise Uncovered(f"what a literal of {name} looks like")
    return said


def _of_length(constraint: Constraint, value: Variable, operator: str) -> Expression:
    length = Call("STRLEN", (Call("STR", (value,)),))
    return _all([negated(Call("ISBLANK", (value,))), _surely(Call(operator, (length, constraint.values[0])))])


def _of_pattern(constraint: Constraint, value: Variable) -> Expression:
    flags = constraint.further.get("flags")
    pattern = _text(_SPACES.sub(lambda sign: _WHITE[sign[0]], constraint.values[0].lex))
    arguments: tuple[Expression, ...] = (Call("STR", (value,)), pattern)
    if flags:
        arguments += (_text(flags),)
    return _all([negated(Call("ISBLANK", (value,))), _surely(Call("REGEX", arguments))])


def _of_language(constraint: Constraint, value: Variable) -> Expression:
    language = Call("LANG", (value,))
    return _surely(_any([Call("LANGMATCHES", (language, _text(term.lex))) for term in constraint.values]))
