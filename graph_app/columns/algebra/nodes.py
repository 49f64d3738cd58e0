"""The algebra of SPARQL 1.1, section 18.2: patterns, paths and expressions as values.

A blank node of a pattern is a variable whose name begins with ``_:``, which no query can select.
"""

from dataclasses import dataclass
from typing import Literal

from graph_app.columns.terms import Constant

__all__ = [
    "Aggregate",
    "Alternative",
    "Bgp",
    "Call",
    "Distinct",
    "Exists",
    "Expression",
    "Extend",
    "Filter",
    "Group",
    "Inverse",
    "Join",
    "LeftJoin",
    "Minus",
    "Negated",
    "Node",
    "OrderBy",
    "Path",
    "Pattern",
    "Project",
    "Query",
    "Repeat",
    "Sequence",
    "Slice",
    "Step",
    "Triple",
    "Union",
    "Values",
    "Variable",
]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or operator with its arguments.

    :param name: name of the built-in in upper case, an operator, or the IRI of a function.
    :param arguments: its arguments.
    """

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a pattern has a solution compatible with the row at hand (section 18.6)."""

    pattern: "Pattern"
    negated: bool


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A set function over a group (section 18.5.1).

    :param name: its name in upper case.
    :param argument: what it is taken of; ``None`` for ``COUNT(*)``.
    :param distinct: whether each term counts once.
    :param separator: of ``GROUP_CONCAT``.
    """

    name: str
    argument: "Expression | None"
    distinct: bool
    separator: str = " "


Expression = Variable | Constant | Call | Exists | Aggregate
Node = Variable | Constant


@dataclass(frozen=True, slots=True)
class Step:
    """A path of one predicate."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    path: "Path"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after another."""

    parts: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One path or another."""

    parts: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked ``*`` any number of times, ``+`` at least once, ``?`` at most once."""

    path: "Path"
    sign: Literal["*", "+", "?"]


@dataclass(frozen=True, slots=True)
class Negated:
    """A step by any predicate but these, forwards or backwards; ``None`` where that direction is not walked."""

    forwards: tuple[str, ...] | None
    backwards: tuple[str, ...] | None


Path = Step | Inverse | Sequence | Alternative | Repeat | Negated


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple or path pattern."""

    subject: Node
    predicate: Path | Variable
    object: Node


@dataclass(frozen=True, slots=True)
class Bgp:
    """A basic graph pattern; without triples it has one empty solution."""

    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Both patterns."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True, slots=True)
class LeftJoin:
    """The left pattern, and the right one where there is one under the conditions (OPTIONAL)."""

    left: "Pattern"
    right: "Pattern"
    conditions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """The solutions of either pattern."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True, slots=True)
class Minus:
    """The left solutions without those that a right one is compatible with and shares a variable with."""

    left: "Pattern"
    right: "Pattern"


@dataclass(frozen=True, slots=True)
class Filter:
    """The solutions for which a condition is true."""

    pattern: "Pattern"
    condition: Expression


@dataclass(frozen=True, slots=True)
class Extend:
    """The solutions with one more variable, unbound where its expression has an error."""

    pattern: "Pattern"
    variable: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Values:
    """Solutions written out; ``None`` for UNDEF."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Constant | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A solution a group of solutions.

    :param pattern: what is grouped.
    :param keys: variable to expression; a key without name has one that no query can select.
    :param aggregates: variable to set function.
    :param single: whether there is one group whatever there is, as without GROUP BY.
    """

    pattern: "Pattern"
    keys: tuple[tuple[str, Expression], ...]
    aggregates: tuple[tuple[str, Aggregate], ...]
    single: bool


@dataclass(frozen=True, slots=True)
class OrderBy:
    """Solutions in an order: expression, and whether it descends."""

    pattern: "Pattern"
    conditions: tuple[tuple[Expression, bool], ...]


@dataclass(frozen=True, slots=True)
class Project:
    """Solutions with these variables alone."""

    pattern: "Pattern"
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distinct:
    """Every solution once."""

    pattern: "Pattern"


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the solutions."""

    pattern: "Pattern"
    offset: int
    limit: int | None


Pattern = (
    Bgp | Join | LeftJoin | Union | Minus | Filter | Extend | Values | Group | OrderBy | Project | Distinct | Slice
)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query.

    :param form: what it asks for.
    :param pattern: where it looks.
    :param variables: the columns of a SELECT.
    :param template: the triples of a CONSTRUCT; blank nodes in them are new in every solution.
    """

    form: Literal["SELECT", "ASK", "CONSTRUCT"]
    pattern: Pattern
    variables: tuple[str, ...] = ()
    template: tuple[Triple, ...] = ()
