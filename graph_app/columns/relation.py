"""Solutions as SQL: a statement, and how each variable stands in its columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from graph_app.columns.kinds import Kind

__all__ = ["TERM", "Column", "Form", "Output", "Relation", "nothing", "unit"]

#: Letters of the parts that make a term.
TERM = "kldg"


class Form(Enum):
    """How a variable stands in columns."""

    #: Its id in the dictionary, in one column; perhaps its value beside it.
    ID = "id"
    #: A computed value of one kind, in one column of the SQL type of that kind.
    SCALAR = "scalar"
    #: The parts of a term, a column each; perhaps its id beside them.
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Column:
    """How one variable stands in a relation.

    :param name: name of its column; those of parts have a letter more.
    :param form: what the columns hold.
    :param kinds: kinds of terms that may occur.
    :param nullable: whether it may be unbound.
    :param value_type: type of the value in the column ``<name>v`` beside an id, as the catalogue names it, or empty.
    :param parts: letters of the parts that have a column, for :attr:`Form.TERM`.
    :param has_id: whether a term has its id beside its parts.
    """

    name: str
    form: Form
    kinds: Kind
    nullable: bool
    value_type: str = ""
    parts: str = ""
    has_id: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all its SQL columns; the first tells by NULL that the variable is unbound."""
        match self.form:
            case Form.ID:
                return (self.name, self.name + "v") if self.value_type else (self.name,)
            case Form.SCALAR:
                return (self.name,)
        parts = tuple(self.name + letter for letter in self.parts)
        return (*parts, self.name) if self.has_id else parts

    @property
    def bound(self) -> str:
        """Name of a column that is NULL where the variable is unbound."""
        return self.names[0]

    def optional(self) -> "Column":
        """Return the same column where the variable may be unbound."""
        return self if self.nullable else replace(self, nullable=True)


@dataclass(frozen=True, slots=True)
class Relation:
    """Solutions.

    :param sql: a SELECT statement.
    :param columns: variable to its column; a variable without column is unbound in all solutions.
    :param empty: whether it is known to have no solutions.
    """

    sql: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    empty: bool = False

    def names(self, alias: str, variables: Iterable[str] | None = None) -> list[str]:
        """Return the SQL columns of variables under an alias.

        :param alias: the alias.
        :param variables: the variables; none means all.
        """
        wanted = self.columns if variables is None else variables
        return [
            f"{alias}.{name}"
            for variable in wanted
            if variable in self.columns
            for name in self.columns[variable].names
        ]


@dataclass(frozen=True, slots=True)
class Output:
    """Where an answer holds a variable.

    :param variable: the variable.
    :param form: what its columns hold: an id, a lexical form, or the parts of a term.
    :param kind: kind of a computed value.
    :param start: number of its first column; ``-1`` where it is unbound in every solution.
    """

    variable: str
    form: Form
    kind: Kind
    start: int


def unit() -> Relation:
    """Return one solution without variables."""
    return Relation("SELECT 1 AS one")


def nothing(columns: Mapping[str, Column]) -> Relation:
    """Return no solutions.

    :param columns: the columns that solutions would have.
    """
    names = [name for column in columns.values() for name in column.names] or ["one"]
    return Relation(f"SELECT {', '.join(f'NULL AS {name}' for name in names)} WHERE FALSE", dict(columns), empty=True)
