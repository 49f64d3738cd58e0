"""From the parser's tree to the algebra of a group of patterns (SPARQL 1.1, section 18.2.2)."""

from collections.abc import Iterable

import rdflib
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.expressions import ExpressionReader
from graph_app.columns.algebra.nodes import (
    Bgp,
    Expression,
    Extend,
    Filter,
    Join,
    LeftJoin,
    Minus,
    Node,
    Path,
    Pattern,
    Triple,
    Union,
    Values,
    Variable,
)
from graph_app.columns.algebra.parse import Names, Tree
from graph_app.columns.algebra.paths import read_path
from graph_app.columns.algebra.scope import in_scope
from graph_app.columns.algebra.select import read_select
from graph_app.columns.declined import Declined

__all__ = ["GroupReader"]

_NOTHING = Bgp(())


class GroupReader:
    """Reads groups of patterns.

    :param names: what names stand for.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self.expressions = ExpressionReader(names, self.group)

    def group(self, node: CompValue) -> Pattern:
        """Read one group.

        :param node: its tree.
        :raises Declined: if it holds what is not known here.
        """
        pattern, filters = self._parts(node)
        for condition in filters:
            pattern = Filter(pattern, condition)
        return pattern

    def triples(self, blocks: Iterable[Tree]) -> tuple[Triple, ...]:
        """Read triples.

        :param blocks: lists of subject, predicate and object, one after another.
        """
        found = []
        for block in blocks:
            nodes = list(block)
            if len(nodes) % 3:
                raise Declined("a list of triples is not understood")
            for start in range(0, len(nodes), 3):
                subject, predicate, target = nodes[start : start + 3]
                found.append(Triple(self._node(subject), self._predicate(predicate), self._node(target)))
        return tuple(found)

    def values(self, node: CompValue) -> Values:
        """Read solutions that are written out.

        :param node: the tree of VALUES.
        """
        variables = tuple(str(one) for one in node.var or ())
        rows = []
        for row in node.value or ():
            if len(variables) == 1 and not _is_row(row):
                cells = [row]
            else:
                cells = [] if isinstance(row, rdflib.URIRef) else list(row)
            if len(cells) != len(variables):
                raise Declined("a row of VALUES has another number of terms than there are variables")
            rows.append(tuple(None if _is_undef(cell) else self._names.constant(cell) for cell in cells))
        return Values(variables, tuple(rows))

    def _parts(self, node: CompValue) -> tuple[Pattern, list[Expression]]:
        """Read the pattern of a group, and the filters that stand in it; these hold for the whole group."""
        if node.name == "SubSelect":
            return read_select(node, self), []
        filters: list[Expression] = []
        pattern: Pattern = _NOTHING
        for part in node.part or ():
            if part.name == "Filter":
                filters.append(self.expressions.read(part.expr))
            else:
                pattern = self._with(pattern, part)
        return pattern, filters

    def _with(self, pattern: Pattern, part: CompValue) -> Pattern:
        match part.name:
            case "TriplesBlock":
                return _join(pattern, Bgp(self.triples(part.triples)))
            case "OptionalGraphPattern":
                right, conditions = self._parts(part.graph)
                return LeftJoin(pattern, right, tuple(conditions))
            case "MinusGraphPattern":
                return Minus(pattern, self.group(part.graph))
            case "GroupOrUnionGraphPattern":
                first, *others = (self.group(one) for one in part.graph)
                for other in others:
                    first = Union(first, other)
                return _join(pattern, first)
            case "Bind":
                variable = str(part.var)
                if variable in in_scope(pattern):
                    raise Declined(f"BIND gives ?{variable} a second value")
                return Extend(pattern, variable, self.expressions.read(part.expr))
            case "InlineData":
                return _join(pattern, self.values(part))
            case "GraphGraphPattern":
                raise Declined("GRAPH asks for one graph, and the columns hold the union of all")
        raise Declined(f"the pattern {part.name}")

    def _node(self, node: Tree) -> Node:
        if isinstance(node, rdflib.Variable):
            return Variable(str(node))
        if isinstance(node, rdflib.BNode):
            return Variable(f"_:{node}")
        return self._names.constant(node)

    def _predicate(self, node: Tree) -> Path | Variable:
        return Variable(str(node)) if isinstance(node, rdflib.Variable) else read_path(node, self._names)


def _join(left: Pattern, right: Pattern) -> Pattern:
    """Join, where an empty pattern changes nothing, and two basic graph patterns make one."""
    match left, right:
        case Bgp(()), _:
            return right
        case _, Bgp(()):
            return left
        case Bgp(some), Bgp(others):
            return Bgp(some + others)
        case Join(first, Bgp(some)), Bgp(others):
            return Join(first, Bgp(some + others))
    return Join(left, right)


def _is_undef(cell: Tree) -> bool:
    return cell == "UNDEF" and not isinstance(cell, rdflib.term.Identifier)


def _is_row(cell: Tree) -> bool:
    return not isinstance(cell, (str, CompValue))
