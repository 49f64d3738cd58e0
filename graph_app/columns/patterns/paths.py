"""Property paths as edges (SPARQL 1.1, sections 9 and 18.4)."""

from dataclasses import dataclass

from graph_app.columns.algebra.nodes import (
    Alternative,
    Bgp,
    Inverse,
    Negated,
    Path,
    Repeat,
    Sequence,
    Step,
    Triple,
    Variable,
)
from graph_app.columns.declined import Declined
from graph_app.columns.kinds import Kind
from graph_app.columns.patterns.context import Context
from graph_app.columns.terms import Constant

__all__ = ["Ends", "closure", "edges"]

_NO_EDGES = "SELECT NULL::INTEGER AS s, NULL::INTEGER AS o WHERE FALSE"


@dataclass(frozen=True, slots=True)
class Ends:
    """Kinds of terms at which the edges of a path start and end."""

    starts: Kind
    ends: Kind

    def __or__(self, other: "Ends") -> "Ends":
        return Ends(self.starts | other.starts, self.ends | other.ends)


def edges(path: Path, context: Context) -> tuple[str, Ends]:
    """Compile a path to its edges, each as often as the path has ways to walk it.

    :param path: the path.
    :param context: what the query shares.
    :returns: SELECT of ``s`` and ``o``, and the kinds of both.
    :raises Declined: if the path is not known here.
    """
    match path:
        case Step(iri):
            predicate = context.predicate(iri)
            if predicate is None:
                return _NO_EDGES, Ends(Kind.NONE, Kind.NONE)
            column = predicate.object_column
            sql = f"SELECT s, {column} AS o FROM {predicate.home} WHERE {column} IS NOT NULL"
            return sql, Ends(context.subjects, predicate.kinds)
        case Inverse(inner):
            sql, ends = edges(inner, context)
            return f"SELECT o AS s, s AS o FROM ({sql}) AS e", Ends(ends.ends, ends.starts)
        case Alternative(parts):
            some = [edges(part, context) for part in parts]
            together = some[0][1]
            for _, ends in some[1:]:
                together |= ends
            return " UNION ALL ".join(f"({sql})" for sql, _ in some), together
        case Sequence() | Repeat(_, "*" | "?"):
            return _joined(path, context)
        case Repeat(inner, "+"):
            return closure(inner, context)
        case Negated():
            return _negated(path, context)
    raise Declined("a path of this form")


def closure(path: Path, context: Context) -> tuple[str, Ends]:
    """Compile a path walked at least once (section 18.4, OneOrMorePath): each pair once, also round in a circle.

    :param path: the path that is repeated.
    :param context: what the query shares.
    """
    sql, ends = edges(path, context)
    name = context.alias()
    base = f"SELECT DISTINCT s, o FROM ({sql}) AS e"
    step = f"SELECT {name}.s, e.o FROM {name} JOIN ({base}) AS e ON e.s = {name}.o"
    return f"WITH RECURSIVE {name}(s, o) AS ({base} UNION {step}) SELECT s, o FROM {name}", ends


def _joined(path: Path, context: Context) -> tuple[str, Ends]:
    from graph_app.columns.patterns.bgp import compile_bgp  # noqa: PLC0415 - paths and patterns hold one another

    start, end = context.hidden(), context.hidden()
    relation = compile_bgp(Bgp((Triple(Variable(start), path, Variable(end)),)), context)
    first, last = relation.columns[start], relation.columns[end]
    sql = f"SELECT {first.name} AS s, {last.name} AS o FROM ({relation.sql}) AS j"
    return sql, Ends(first.kinds, last.kinds)


def _negated(path: Negated, context: Context) -> tuple[str, Ends]:
    ways = []
    whole = Ends(Kind.NONE, Kind.NONE)
    for predicates, names in ((path.forwards, "s, o"), (path.backwards, "o AS s, s AS o")):
        if predicates is None:
            continue
        numbers = ", ".join(str(context.id(Constant(Kind.IRI, iri))) for iri in predicates)
        test = f" WHERE p NOT IN ({numbers})" if numbers else ""
        ways.append(f"SELECT {names} FROM triple{test}")
        ends = Ends(context.subjects, context.anything)
        whole |= ends if names == "s, o" else Ends(ends.ends, ends.starts)
    return " UNION ALL ".join(ways), whole
