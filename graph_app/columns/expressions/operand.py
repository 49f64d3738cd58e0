"""A term on its way through an expression: SQL for its parts, and what is known of it before the query runs.

A part is named by a letter, as the columns of relations are:

======  =================================================================================================
``k``   ordinal of its kind
``l``   IRI, label of a blank node, or lexical form
``d``   IRI of its datatype; empty for strings and for what is no literal
``g``   language tag in lower case, or empty
``i``   value of an integer, ``BIGINT``
``n``   exact value of an integer or decimal, :data:`~graph_app.columns.sql.DECIMAL`
``f``   value of any number, ``DOUBLE``
``b``   truth value
``m``   instant of a date with time, in UTC where it has a zone; first instant of a date, month or year
``z``   minutes of its zone, or NULL
======  =================================================================================================

Every part is NULL where the term is missing or an error. A part that a kind does not have is NULL or anything; whoever
asks looks at the kind first.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph_app.columns.declined import Declined
from graph_app.columns.kinds import BY_ORDINAL, LITERALS, NUMERIC, Kind, ordinal
from graph_app.columns.sql import DECIMAL, quoted, timestamp
from graph_app.columns.terms import RDF_LANG_STRING, XSD, XSD_STRING, Constant

__all__ = ["DATATYPES", "ERROR", "Literal", "Operand", "Parts", "Scalar", "single", "truth"]

#: Datatype that a computed value of a kind has.
DATATYPES: Mapping[Kind, str] = {
    Kind.BOOLEAN: XSD + "boolean",
    Kind.INTEGER: XSD + "integer",
    Kind.DECIMAL: XSD + "decimal",
    Kind.FLOAT: XSD + "float",
    Kind.DOUBLE: XSD + "double",
    Kind.DATE: XSD + "date",
    Kind.DATETIME: XSD + "dateTime",
    Kind.TIME: XSD + "time",
    Kind.GYEAR: XSD + "gYear",
    Kind.GYEARMONTH: XSD + "gYearMonth",
}


def single(kinds: Kind) -> bool:
    """Tell whether there is exactly one kind."""
    return kinds in BY_ORDINAL.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand(ABC):
    """A term in an expression.

    :param kinds: kinds that it may have.
    :param nullable: whether it may be missing or an error.
    :param id: SQL of its id; empty where it has none.
    :param known: whether that id is always one of the dictionary, and not one of a term that only the query knows.
    """

    kinds: Kind
    nullable: bool = True
    id: str = ""
    known: bool = False

    @abstractmethod
    def part(self, letter: str) -> str:
        """Return SQL of one of its parts.

        :param letter: as the table of the module says.
        """

    @property
    def exists(self) -> str:
        """SQL of whether it is neither missing nor an error."""
        return f"{self.id or self.part('k')} IS NOT NULL" if self.nullable else "TRUE"

    def sure(self) -> "Operand":
        """Return the operand, where its value is known exactly.

        :raises Declined: if it may be a value that no column holds.
        """
        if self.kinds & Kind.UNSURE:
            raise Declined("a value is needed that the columns do not hold exactly")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Operand):
    """A computed value of one kind, in the SQL type of that kind.

    :param sql: the value: ``VARCHAR`` for IRIs, labels and strings, ``BOOLEAN``, ``BIGINT``, :data:`DECIMAL`,
        ``FLOAT``, ``DOUBLE``, ``DATE``, ``TIMESTAMP`` (without zone).
    """

    sql: str

    def part(self, letter: str) -> str:
        """Return SQL of one of its parts."""
        return _scalar_part(self.kinds, self.sql, letter, nullable=self.nullable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(Operand):
    """A term whose parts are told one by one, each when it is asked for.

    :param parts: gives SQL of a part, by its letter.
    """

    parts: Callable[[str], str] = field(repr=False)

    def part(self, letter: str) -> str:
        """Return SQL of one of its parts."""
        if letter == "k" and single(self.kinds) and not self.nullable:
            return str(ordinal(self.kinds))
        return self.parts(letter)


#: What has no value in any solution: a variable that is nowhere bound, or an error whatever the data.
ERROR = Parts(kinds=Kind.NONE, parts=lambda _: "NULL", id="NULL", known=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Operand):
    """A term that the query writes out, an IRI as well as a literal.

    :param term: the term.
    """

    term: Constant

    def part(self, letter: str) -> str:
        """Return SQL of one of its parts."""
        return constant_part(self.term, letter)


def truth(sql: str, *, nullable: bool = True) -> Scalar:
    """Make an operand of a condition.

    :param sql: the condition.
    :param nullable: whether it may be NULL.
    """
    return Scalar(kinds=Kind.BOOLEAN, sql=sql, nullable=nullable)


def constant_part(term: Constant, letter: str) -> str:
    """Return SQL of a part of a term that is known.

    :param term: the term.
    :param letter: the part.
    """
    match letter:
        case "k":
            return str(ordinal(term.kind))
        case "l":
            return quoted(term.lex)
        case "d":
            return quoted(term.datatype)
        case "g":
            return quoted(term.language)
        case "i" if term.kind is Kind.INTEGER:
            return f"({int(term.lex)})::BIGINT"
        case "n" if term.kind & (Kind.INTEGER | Kind.DECIMAL):
            return f"{quoted(term.lex)}::{DECIMAL}"
        case "f" if term.kind & NUMERIC:
            return f"{quoted(repr(term.double))}::{'FLOAT::' if term.kind is Kind.FLOAT else ''}DOUBLE"
        case "b" if term.kind is Kind.BOOLEAN:
            return str(term.truth).upper()
        case "m" if term.kind & (Kind.DATETIME | Kind.DATE | Kind.GYEAR | Kind.GYEARMONTH):
            return timestamp(term.moment.isoformat(sep=" "))
        case "z" if term.kind is Kind.DATETIME and term.zone is not None:
            return f"{term.zone}::SMALLINT"
    return "NULL"


def _scalar_part(kind: Kind, sql: str, letter: str, *, nullable: bool) -> str:
    match letter:
        case "k":
            return f"CASE WHEN ({sql}) IS NOT NULL THEN {ordinal(kind)} END" if nullable else str(ordinal(kind))
        case "l":
            return written(kind, sql)
        case "d":
            return quoted(DATATYPES.get(kind, ""))
        case "g":
            return "''"
        case "i" if kind is Kind.INTEGER:
            return sql
        case "n" if kind is Kind.DECIMAL:
            return sql
        case "n" if kind is Kind.INTEGER:
            return f"({sql})::{DECIMAL}"
        case "f" if kind & NUMERIC:
            return f"({sql})::DOUBLE"
        case "b" if kind is Kind.BOOLEAN:
            return sql
        case "m" if kind is Kind.DATETIME:
            return sql
        case "m" if kind is Kind.DATE:
            return f"({sql})::TIMESTAMP"
    return "NULL"


def written(kind: Kind, sql: str) -> str:
    """Return SQL of the lexical form of a computed value, the one that XML Schema calls canonical for casts.

    :param kind: its kind.
    :param sql: its value.
    """
    match kind:
        case Kind.IRI | Kind.BLANK | Kind.STRING:
            return sql
        case Kind.BOOLEAN:
            return f"CASE WHEN ({sql}) THEN 'true' WHEN NOT ({sql}) THEN 'false' END"
        case Kind.DECIMAL:
            return f"rtrim(rtrim(({sql})::VARCHAR, '0'), '.')"
        case Kind.INTEGER:
            return f"({sql})::VARCHAR"
        case Kind.DOUBLE:
            return f"ig_double(({sql})::DOUBLE)"
        case Kind.FLOAT:
            return f"ig_float(({sql})::FLOAT)"
        case Kind.DATE:
            return f"strftime(({sql}), '%Y-%m-%d')"
    raise Declined("a date with time is computed")


def datatype_iri(operand: Operand) -> str:
    """Return SQL of the IRI that ``DATATYPE`` gives, NULL for what is no literal.

    :param operand: a term.
    """
    kinds = operand.kinds & LITERALS
    if operand.kinds == Kind.STRING:
        whole = quoted(XSD_STRING)
    elif operand.kinds == Kind.LANG:
        whole = quoted(RDF_LANG_STRING)
    elif single(operand.kinds) and operand.kinds in DATATYPES and isinstance(operand, Scalar):
        whole = quoted(DATATYPES[operand.kinds])
    else:
        kind = operand.part("k")
        string, lang = ordinal(Kind.STRING), ordinal(Kind.LANG)
        branches = f"WHEN {string} THEN {quoted(XSD_STRING)} WHEN {lang} THEN {quoted(RDF_LANG_STRING)}"
        resources = f"WHEN {ordinal(Kind.IRI)} THEN NULL WHEN {ordinal(Kind.BLANK)} THEN NULL"
        return f"CASE {kind} {branches} {resources} ELSE {operand.part('d')} END" if kinds else "NULL"
    return f"CASE WHEN {operand.exists} THEN {whole} END" if operand.nullable else whole
