"""Expressions as SQL (SPARQL 1.1, section 17)."""

from collections.abc import Callable

from graph_app.columns.algebra.nodes import Aggregate, Exists, Expression, Variable
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.choice import choose
from graph_app.columns.expressions.comparison import compare, equal
from graph_app.columns.expressions.functions.registry import apply
from graph_app.columns.expressions.operand import ERROR, Literal, Operand, Scalar, truth
from graph_app.columns.kinds import NUMERIC, Kind
from graph_app.columns.sql import is_kind
from graph_app.columns.terms import Constant

__all__ = ["ROW", "Expressions"]

#: Variable that numbers the rows where blank nodes are made of them; no query can select it.
ROW = "_:row"
_ORDERS = frozenset(("<", ">", "<=", ">="))


class Expressions:
    """Compiles expressions over some relation.

    :param variable: gives a variable as operand.
    :param constant: gives the id of a term that the query writes out.
    :param exists: gives the condition of EXISTS.
    """

    def __init__(
        self,
        variable: Callable[[str], Operand],
        constant: Callable[[Constant], int],
        exists: Callable[[Exists], str],
    ) -> None:
        self._variable = variable
        self._constant = constant
        self._exists = exists

    def operand(self, expression: Expression) -> Operand:
        """Compile an expression.

        :param expression: the expression.
        :returns: the term that it gives.
        :raises Declined: if it cannot be compiled exactly.
        """
        match expression:
            case Variable(name):
                return self._variable(name)
            case Constant():
                number = self._constant(expression)
                return Literal(kinds=expression.kind, nullable=False, id=str(number), known=number > 0, term=expression)
            case Exists():
                return truth(self._exists(expression), nullable=False)
            case Aggregate():
                raise Declined("a set function stands where nothing is grouped")
        return self._call(expression.name, expression.arguments)

    def _value(self, expression: Expression) -> Operand:
        """Compile what is asked for its value alone: a term of the query need not be looked up for that."""
        if isinstance(expression, Constant):
            return Literal(kinds=expression.kind, nullable=False, term=expression)
        return self.operand(expression)

    def _pair(self, left: Expression, right: Expression) -> tuple[Operand, Operand]:
        """Compile what is compared; one term is looked up only where the other one may have a number."""
        if isinstance(left, Constant):
            other = self.operand(right)
            return (self.operand(left) if other.id else self._value(left)), other
        first = self.operand(left)
        return first, (self.operand(right) if first.id else self._value(right))

    def condition(self, expression: Expression) -> str:
        """Compile a condition: the effective boolean value of an expression (section 17.2.2).

        :param expression: the expression.
        :returns: SQL that is true, false, or NULL for an error.
        """
        return _effective(self.operand(expression))

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> Operand:
        match name, arguments:
            case "&&" | "||", (left, right):
                return self._logic(name, left, right)
            case "unary !", (one,):
                return _negated(self.condition(one))
            case "BNODE", _:
                return self._blank(arguments)
            case "BOUND", (Variable(variable),):
                return self._bound(variable)
            case "IF", (test, yes, no):
                return self._either(self.operand(test), yes, no)
            case "COALESCE", _:
                return self._first(arguments)
            case "IN", (one, *others):
                subject = self.operand(one)
                compiled = self.operand if subject.id else self._value
                return self._among(subject, [compiled(other) for other in others])
            case "=", (left, right):
                return truth(equal(*self._pair(left, right)))
            case "!=", (left, right):
                return truth(f"NOT ({equal(*self._pair(left, right))})")
            case _, (left, right) if name in _ORDERS:
                return _ordered(name, self._value(left), self._value(right))
        operands = [self.operand(one) if name == "sameTerm" else self._value(one) for one in arguments]
        if any(not operand.kinds for operand in operands):
            return ERROR  # of what has no value in any solution
        return apply(name, operands)

    def _logic(self, operator: str, left: Expression, right: Expression) -> Operand:
        """Compile a conjunction or disjunction; what the left side decides alone leaves the right side out."""
        decided = "FALSE" if operator == "&&" else "TRUE"
        first = self.condition(left)
        if first == decided:
            return truth(decided, nullable=False)
        second = self.condition(right)
        if second == decided:
            return truth(decided, nullable=False)
        neutral = "TRUE" if operator == "&&" else "FALSE"
        if neutral in {first, second}:
            return truth(second if first == neutral else first)
        return truth(f"({first}) {'AND' if operator == '&&' else 'OR'} ({second})")

    def _either(self, test: Operand, yes: Expression, no: Expression) -> Operand:
        condition = _effective(test)
        if condition in {"TRUE", "FALSE"}:
            return self.operand(yes if condition == "TRUE" else no)
        first, second = self.operand(yes), self.operand(no)
        sure = test.kinds == Kind.BOOLEAN and not (test.nullable or first.nullable or second.nullable)
        return choose([(condition, first), (f"NOT ({condition})", second)], nullable=not sure)

    def _bound(self, variable: str) -> Operand:
        operand = self._variable(variable)
        if operand.kinds is Kind.NONE:
            return truth("FALSE", nullable=False)
        return truth(operand.exists, nullable=False)

    def _blank(self, arguments: tuple[Expression, ...]) -> Operand:
        """Compile BNODE (section 17.4.2.9): a node of its own for each row, and for each string in it."""
        if not arguments:
            return Scalar(kinds=Kind.BLANK, nullable=False, sql="concat('n', replace(uuid()::VARCHAR, '-', ''))")
        row, text = self._variable(ROW), self.operand(arguments[0])
        if not row.kinds:
            raise Declined("BNODE stands outside BIND and SELECT")
        label = f"concat('n', {row.part('i')}, 'x', md5({text.part('l')}))"
        string = is_kind(text.part("k"), Kind.STRING)
        return Scalar(kinds=Kind.BLANK, sql=f"CASE WHEN {string} THEN {label} END")

    def _first(self, arguments: tuple[Expression, ...]) -> Operand:
        operands = []
        for argument in arguments:
            operand = self.operand(argument)
            if operand.kinds is not Kind.NONE:
                operands.append(operand)
            if not operand.nullable:
                break
        if len(operands) < 2:
            return operands[0] if operands else ERROR
        return choose([(operand.exists, operand) for operand in operands])

    def _among(self, one: Operand, others: list[Operand]) -> Operand:
        """Compile IN as the disjunction that it is (section 17.4.1.9)."""
        if not others:
            return truth("FALSE", nullable=False)
        return truth(" OR ".join(f"({equal(one, other)})" for other in others))


def _ordered(operator: str, left: Operand, right: Operand) -> Scalar:
    strings = left.kinds == right.kinds == Kind.STRING
    return truth(compare(operator, left, right), nullable=not strings or left.nullable or right.nullable)


def _negated(condition: str) -> Scalar:
    opposite = {"TRUE": "FALSE", "FALSE": "TRUE"}.get(condition, f"NOT ({condition})")
    return truth(opposite, nullable=opposite not in {"TRUE", "FALSE"})


def _effective(operand: Operand) -> str:
    """Compile an effective boolean value: of truth values, numbers and strings; other terms have none."""
    kinds = operand.kinds
    if kinds == Kind.BOOLEAN:
        return operand.part("b")
    if kinds & (Kind.LANG | Kind.OTHER | Kind.UNSURE):
        raise Declined("a condition is a text with language or a value that is not understood")
    branches = []
    if kinds & Kind.BOOLEAN:
        branches.append((Kind.BOOLEAN, operand.part("b")))
    if kinds & Kind.STRING:
        branches.append((Kind.STRING, f"{operand.part('l')} <> ''"))
    if kinds & NUMERIC:
        value = operand.part("f")
        branches.append((kinds & NUMERIC, f"{value} <> 0 AND NOT isnan({value})"))
    if not branches:
        return "NULL::BOOLEAN"
    if not kinds & ~branches[0][0]:
        return branches[0][1]
    cases = " ".join(f"WHEN {is_kind(operand.part('k'), some)} THEN {sql}" for some, sql in branches)
    return f"CASE {cases} END"
