"""Queries as trees that write themselves as SPARQL, and tell which variables they bind.

Terms and variables are texts; a variable starts with a question mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = [
    "Ask", "Bind", "Call", "Construct", "Exists", "Expression", "Filter", "Group", "Item", "Minus", "Optional", "Order",
    "Part", "Select", "Sub", "Triple", "Union", "Values", "is_variable",
]  # fmt: skip


def is_variable(term: str) -> bool:
    """Whether a term is a variable."""
    return term.startswith("?")


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function: its form with a place ``{}`` for each argument."""

    form: str
    args: tuple["Expression", ...] = ()

    def __str__(self) -> str:
        return self.form.format(*self.args)


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a pattern has a solution, or none."""

    group: "Group"
    negated: bool = False

    def __str__(self) -> str:
        return f"{'NOT ' if self.negated else ''}EXISTS {self.group}"


Expression = str | Call | Exists


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern; the predicate may be the text of a path."""

    subject: str
    predicate: str
    object: str

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."

    @property
    def scope(self) -> frozenset[str]:
        return frozenset(filter(is_variable, (self.subject, self.predicate, self.object)))


@dataclass(frozen=True, slots=True)
class Filter:
    expression: Expression

    def __str__(self) -> str:
        return f"FILTER({self.expression})"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Bind:
    expression: Expression
    variable: str

    def __str__(self) -> str:
        return f"BIND({self.expression} AS {self.variable})"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset((self.variable,))


@dataclass(frozen=True, slots=True)
class Values:
    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        rows = " ".join(f"({' '.join(row)})" for row in self.rows)
        return f"VALUES ({' '.join(self.variables)}) {{ {rows} }}"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset(self.variables)


@dataclass(frozen=True, slots=True)
class Optional:
    group: "Group"

    def __str__(self) -> str:
        return f"OPTIONAL {self.group}"

    @property
    def scope(self) -> frozenset[str]:
        return self.group.scope


@dataclass(frozen=True, slots=True)
class Minus:
    group: "Group"

    def __str__(self) -> str:
        return f"MINUS {self.group}"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Union:
    groups: tuple["Group", ...]

    def __str__(self) -> str:
        return " UNION ".join(map(str, self.groups))

    @property
    def scope(self) -> frozenset[str]:
        return frozenset().union(*(group.scope for group in self.groups))


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-select."""

    select: "Select"

    def __str__(self) -> str:
        return f"{{ {self.select} }}"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset(self.select.columns)


@dataclass(frozen=True, slots=True)
class Group:
    parts: tuple["Part", ...]

    def __str__(self) -> str:
        return f"{{ {' '.join(map(str, self.parts))} }}"

    @property
    def scope(self) -> frozenset[str]:
        return frozenset().union(*(part.scope for part in self.parts))


Part = Triple | Filter | Bind | Values | Optional | Minus | Union | Sub | Group


@dataclass(frozen=True, slots=True)
class Item:
    """What is selected: a variable, or an expression with a name.

    :param gathers: separator of a GROUP_CONCAT, whose parts come in any order.
    """

    variable: str
    expression: Expression | None = None
    gathers: str = ""

    def __str__(self) -> str:
        return self.variable if self.expression is None else f"({self.expression} AS {self.variable})"


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are sorted by: a variable, or its text.

    :param variable: a selected variable.
    """

    variable: str
    by_text: bool = False
    descending: bool = False

    def __str__(self) -> str:
        key = f"STR({self.variable})" if self.by_text else self.variable
        return f"DESC({key})" if self.descending else f"ASC({key})"


@dataclass(frozen=True, slots=True)
class Select:
    items: tuple[Item, ...]
    where: Group
    distinct: bool = False
    by: tuple[str, ...] = ()
    having: Expression | None = None
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0
    values: Values | None = None

    def __str__(self) -> str:
        return " ".join(self._clauses())

    def _clauses(self) -> Iterator[str]:
        yield f"SELECT {'DISTINCT ' if self.distinct else ''}{' '.join(map(str, self.items)) or '*'}"
        yield f"WHERE {self.where}"
        if self.by:
            yield f"GROUP BY {' '.join(self.by)}"
        if self.having is not None:
            yield f"HAVING({self.having})"
        if self.order:
            yield f"ORDER BY {' '.join(map(str, self.order))}"
        if self.limit is not None:
            yield f"LIMIT {self.limit}"
        if self.offset:
            yield f"OFFSET {self.offset}"
        if self.values is not None:
            yield str(self.values)

    @property
    def columns(self) -> tuple[str, ...]:
        scope = self.where.scope if self.values is None else self.where.scope | self.values.scope
        return tuple(item.variable for item in self.items) or tuple(sorted(scope))


@dataclass(frozen=True, slots=True)
class Construct:
    template: tuple[Triple, ...]
    where: Group

    def __str__(self) -> str:
        return f"CONSTRUCT {{ {' '.join(map(str, self.template))} }} WHERE {self.where}"


@dataclass(frozen=True, slots=True)
class Ask:
    where: Group

    def __str__(self) -> str:
        return f"ASK {self.where}"
