"""Expressions: from the parser's tree to calls of functions and operators."""

from collections.abc import Callable

import rdflib
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.nodes import Aggregate, Call, Exists, Expression, Pattern, Variable
from graph_app.columns.algebra.parse import Names, Tree
from graph_app.columns.declined import Declined
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant

__all__ = ["ExpressionReader"]

#: Built-ins that go by two names.
_SAME = {"URI": "IRI", "ISURI": "ISIRI"}
#: The order of arguments where the tree names them.
_NAMED = {
    "REGEX": ("text", "pattern", "flags"),
    "SUBSTR": ("arg", "start", "length"),
    "REPLACE": ("arg", "pattern", "replacement", "flags"),
}


class ExpressionReader:
    """Reads expressions.

    :param names: what names stand for.
    :param read_group: reads the pattern of EXISTS.
    """

    def __init__(self, names: Names, read_group: Callable[[Tree], Pattern]) -> None:
        self._names = names
        self._readers: dict[str, Callable[[CompValue], Expression]] = {
            "ConditionalOr": lambda node: self._chain(node, "||"),
            "ConditionalAnd": lambda node: self._chain(node, "&&"),
            "Additive": self._chain,
            "Multiplicative": self._chain,
            "Relational": self._relation,
            "UnaryNot": lambda node: self._sign(node, "!"),
            "UnaryPlus": lambda node: self._sign(node, "+"),
            "UnaryMinus": lambda node: self._sign(node, "-"),
            "Function": self._function,
            "Builtin_EXISTS": lambda node: Exists(read_group(node.graph), negated=False),
            "Builtin_NOTEXISTS": lambda node: Exists(read_group(node.graph), negated=True),
            "Builtin_": self._built_in,
            "Aggregate_": self._aggregate,
        }

    def read(self, node: Tree) -> Expression:
        """Read one expression.

        :param node: its tree.
        :raises Declined: if it holds what is not known here.
        """
        if isinstance(node, rdflib.Variable):
            return Variable(str(node))
        if not isinstance(node, CompValue) or node.name in {"literal", "pname"}:
            return self._names.constant(node)
        for start, read in self._readers.items():
            if node.name.startswith(start):
                return read(node)
        raise Declined(f"the expression {node.name}")

    def _chain(self, node: CompValue, operator: str = "") -> Expression:
        found = self.read(node.expr)
        for index, other in enumerate(node.other or ()):
            found = Call(operator or str(node.op[index]), (found, self.read(other)))
        return found

    def _sign(self, node: CompValue, sign: str) -> Expression:
        return Call(f"unary {sign}", (self.read(node.expr),))

    def _relation(self, node: CompValue) -> Expression:
        left = self.read(node.expr)
        if node.op is None:
            return left
        operator = " ".join(str(node.op).upper().split())
        if operator not in {"IN", "NOT IN"}:
            return Call(operator, (left, self.read(node.other)))
        others = () if isinstance(node.other, rdflib.URIRef) else tuple(self.read(other) for other in node.other)
        found = Call("IN", (left, *others))
        return found if operator == "IN" else Call("unary !", (found,))

    def _function(self, node: CompValue) -> Expression:
        if node.distinct:
            raise Declined("a function takes DISTINCT")
        return Call(self._names.iri(node.iri), tuple(self.read(one) for one in node.expr or ()))

    def _built_in(self, node: CompValue) -> Expression:
        name = node.name.removeprefix("Builtin_").upper()
        name = _SAME.get(name, name)
        if name == "IRI" and self._names.base:
            return self._resolved(self.read(node.arg))
        if name in {"CONCAT", "COALESCE"}:
            given = () if isinstance(node.arg, rdflib.URIRef) else node.arg
            return Call(name, tuple(self.read(one) for one in given))
        wanted = _NAMED.get(name, ("arg", "arg1", "arg2", "arg3"))
        return Call(name, tuple(self.read(node[one]) for one in wanted if one in node))

    def _resolved(self, argument: Expression) -> Expression:
        """Read IRI where there is a base (section 17.4.2.8)."""
        if isinstance(argument, Constant) and argument.kind & (Kind.STRING | Kind.IRI):
            return Constant(Kind.IRI, self._names.absolute(argument.lex))
        raise Declined("IRI may make an IRI relative to the base")

    def _aggregate(self, node: CompValue) -> Expression:
        name = node.name.removeprefix("Aggregate_").upper()
        every = isinstance(node.vars, str) and not isinstance(node.vars, rdflib.term.Identifier)
        separator = " " if node.separator is None else str(node.separator)
        return Aggregate(name, None if every else self.read(node.vars), bool(node.distinct), separator)
