"""Patterns of the algebra, one after another, as relations."""

from graph_app.columns.algebra.nodes import (
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
    Minus,
    OrderBy,
    Pattern,
    Project,
    Slice,
    Union,
    Values,
)
from graph_app.columns.algebra.scope import in_scope, mentioned
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.choice import choose
from graph_app.columns.expressions.compile import ROW, Expressions
from graph_app.columns.expressions.operand import ERROR, Operand
from graph_app.columns.kinds import Kind
from graph_app.columns.patterns.bgp import compile_bgp
from graph_app.columns.patterns.context import Context
from graph_app.columns.patterns.drawn import drawn, steady
from graph_app.columns.patterns.exists import Outer, check_substitution, peel
from graph_app.columns.patterns.groups import compile_group
from graph_app.columns.patterns.joins import compatible, merged, shared, union
from graph_app.columns.patterns.modifiers import compile_modified
from graph_app.columns.patterns.stored import stored
from graph_app.columns.patterns.values import compile_values
from graph_app.columns.relation import Column, Form, Relation, nothing, unit
from graph_app.columns.scope import Scope
from graph_app.columns.sql import all_of

__all__ = ["Patterns"]


class Patterns:
    """Compiles patterns.

    :param context: what the query shares.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        #: Whether what is compiled now is asked for anew for each row outside it.
        self.repeated = False

    def compile(self, pattern: Pattern) -> Relation:
        """Compile one pattern.

        :param pattern: the pattern.
        :raises Declined: if it cannot be compiled exactly.
        """
        return self._settled(self._compiled(pattern))

    def compile_set(self, pattern: Pattern, needed: frozenset[str]) -> Relation:
        """Compile one pattern of which only the set of some variables matters, not how often each solution comes.

        :param pattern: the pattern.
        :param needed: the variables.
        :returns: solutions, in any number, with these variables at least.
        """
        match pattern:
            case Bgp():
                return self._settled(compile_bgp(pattern, self.context, needed))
            case Join(left, right):
                both = needed | (set(in_scope(left)) & set(in_scope(right)))
                return self._settled(self._join(self.compile_set(left, both), self.compile_set(right, both)))
            case Union(left, right):
                return self._union(self.compile_set(left, needed), self.compile_set(right, needed))
            case Filter(inner, condition):
                return self._settled(
                    self._filter(self.compile_set(inner, needed | set(mentioned(condition))), condition)
                )
        return self.compile(pattern)

    @staticmethod
    def _settled(relation: Relation) -> Relation:
        """Return what has no solution without columns: it has no values either, whatever their kinds could be."""
        return nothing({}) if relation.empty else relation

    def _compiled(self, pattern: Pattern) -> Relation:
        match pattern:
            case Bgp():
                return compile_bgp(pattern, self.context)
            case Values():
                return compile_values(pattern, self.context)
            case Join(left, right):
                return self._join(self.compile(left), self.compile(right))
            case Union(left, right):
                return self._union(self.compile(left), self.compile(right))
            case LeftJoin():
                return self._left_join(pattern)
            case Minus(left, right):
                return self._minus(self.compile(left), self.compile(right))
            case Filter(inner, condition):
                return self._filter(self.compile(inner), condition)
            case Extend():
                return self._extend(pattern)
            case Group():
                return compile_group(pattern, self)
            case OrderBy() | Project() | Distinct() | Slice():
                return compile_modified(pattern, self)
        raise Declined(f"the pattern {type(pattern).__name__}")

    def expressions(self, scope: Scope, outer: Outer | None = None, beside: Scope | None = None) -> Expressions:
        """Return what compiles expressions over a relation.

        :param scope: the relation.
        :param outer: what the variables outside an EXISTS are.
        :param beside: another relation of the same FROM clause.
        """

        def variable(name: str) -> Operand:
            found = [one.operand(name) for one in (scope, beside) if one is not None and name in one.relation.columns]
            sure = next((operand for operand in found if not operand.nullable), None)
            if sure is not None or len(found) == 1:
                return sure or found[0]
            if found:  # either side of a join may bind it, and both alike
                return choose([(operand.exists, operand) for operand in found])
            return outer.variable(name) if outer is not None else ERROR

        def exists(expression: Exists) -> str:
            names = set(scope.relation.columns) | set(beside.relation.columns if beside else ())
            names |= outer.names if outer else set()
            return self._exists(expression, Outer(frozenset(names), variable))

        return Expressions(variable, self.context.id, exists)

    def _union(self, left: Relation, right: Relation) -> Relation:
        if left.empty or right.empty:
            return right if left.empty else left
        return union(left, right, (self.context.alias(), self.context.alias()))

    def _join(self, left: Relation, right: Relation) -> Relation:
        # One solution without variables changes nothing (section 18.2); every parameter that is left out makes one.
        if unit() in (left, right):
            return right if left == unit() else left
        first, second = Scope(left, self.context.alias()), Scope(right, self.context.alias())
        conditions = compatible(first, second, shared(left, right))
        names, columns = merged(first, second)
        select = ", ".join(names) or "1 AS one"
        sql = f"SELECT {select} FROM {first.source()} JOIN {second.source()} ON {all_of(conditions)}"
        return Relation(sql, columns, left.empty or right.empty)

    def _left_join(self, pattern: LeftJoin) -> Relation:
        left, right = self.compile(pattern.left), self.compile(pattern.right)
        if right.empty:
            return left
        first, second = Scope(left, self.context.alias()), Scope(right, self.context.alias())
        conditions = compatible(first, second, shared(left, right))
        expressions = self.expressions(first, beside=second)
        conditions += [expressions.condition(steady(condition)) for condition in pattern.conditions]
        names, columns = merged(first, second, outer=True)
        select = ", ".join(names) or "1 AS one"
        sql = f"SELECT {select} FROM {first.source()} LEFT JOIN {second.source()} ON {all_of(conditions)}"
        return Relation(sql, columns, left.empty)

    def _minus(self, left: Relation, right: Relation) -> Relation:
        """Compile MINUS (section 18.5): what shares no bound variable takes nothing away."""
        common = shared(left, right)
        if not common or right.empty:
            return left
        first, second = Scope(left, self.context.alias()), Scope(right, self.context.alias())
        conditions = compatible(first, second, common)
        sides = [(left.columns[name], right.columns[name]) for name in common]
        if all(ours.nullable or theirs.nullable for ours, theirs in sides):
            bound = [
                f"({first.alias}.{ours.bound} IS NOT NULL AND {second.alias}.{theirs.bound} IS NOT NULL)"
                for ours, theirs in sides
            ]
            conditions.append(" OR ".join(bound))
        names = ", ".join(left.names(first.alias)) or "1 AS one"
        inner = f"SELECT 1 FROM {second.source()} WHERE {all_of(conditions)}"
        return Relation(f"SELECT {names} FROM {first.source()} WHERE NOT EXISTS ({inner})", left.columns, left.empty)

    def _filter(self, relation: Relation, condition: Expression) -> Relation:
        columns = relation.columns
        relation, (condition,) = drawn(relation, [condition], self)
        scope = Scope(relation, self.context.alias())
        test = self.expressions(scope).condition(condition)
        if test == "TRUE":
            return relation
        if test in {"FALSE", "NULL::BOOLEAN"}:
            return nothing(columns)
        names = ", ".join(relation.names(scope.alias, columns)) or "1 AS one"
        return Relation(f"SELECT {names} FROM {scope.source()} WHERE {test}", columns, relation.empty)

    def _extend(self, pattern: Extend) -> Relation:
        relation = self.compile(pattern.pattern)
        if _makes_blank_nodes(pattern.expression):
            relation = self._numbered(relation)
        known = relation.columns
        relation, (expression,) = drawn(relation, [pattern.expression], self)
        scope = Scope(relation, self.context.alias())
        operand = self.expressions(scope).operand(expression)
        given, column = stored(operand, self.context.name(pattern.variable))
        if column is None:
            return relation
        names = [*relation.names(scope.alias, known), *given]
        columns = {**known, pattern.variable: column}
        return Relation(f"SELECT {', '.join(names)} FROM {scope.source()}", columns, relation.empty)

    def _numbered(self, relation: Relation) -> Relation:
        """Give each row a number of its own, unless it has one."""
        if ROW in relation.columns:
            return relation
        alias, name = self.context.alias(), self.context.name(ROW)
        names = [*relation.names(alias), f"row_number() OVER () AS {name}"]
        column = Column(name, Form.SCALAR, Kind.INTEGER, nullable=False)
        sql = f"SELECT {', '.join(names)} FROM ({relation.sql}) AS {alias}"
        return Relation(sql, {**relation.columns, ROW: column}, relation.empty)

    def _exists(self, expression: Exists, outer: Outer) -> str:
        pattern, conditions = peel(expression.pattern)
        check_substitution(pattern, outer.names)
        repeated, self.repeated = self.repeated, True
        relation = self.compile(pattern)
        self.repeated = repeated
        if relation.empty:
            return "TRUE" if expression.negated else "FALSE"
        scope = Scope(relation, self.context.alias())
        expressions = self.expressions(scope, outer)
        tests = [outer.agrees(scope, name) for name in relation.columns if name in outer.names]
        tests += [expressions.condition(steady(condition)) for condition in conditions]
        if "FALSE" in tests:
            return "TRUE" if expression.negated else "FALSE"
        inner = f"EXISTS (SELECT 1 FROM {scope.source()} WHERE {all_of(tests)})"
        return f"NOT {inner}" if expression.negated else inner


def _makes_blank_nodes(expression: Expression) -> bool:
    return isinstance(expression, Call) and (
        expression.name == "BNODE" or any(_makes_blank_nodes(argument) for argument in expression.arguments)
    )
