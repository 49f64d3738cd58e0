"""Random patterns over a graph: mostly of its own triples with variables put in, so that much is found."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.graph_app.columns.differential.algebra import (
    Bind,
    Filter,
    Group,
    Item,
    Minus,
    Optional,
    Order,
    Part,
    Select,
    Sub,
    Triple,
    Union,
    Values,
    is_variable,
)
from tests.graph_app.columns.differential.expressions import Context, anything, truths
from tests.graph_app.columns.differential.graphs import Graph
from tests.graph_app.columns.differential.terms import FAMILIES, KINDS, NODES, PREDICATES, TYPE, family

__all__ = ["VARIABLES", "Place", "groups", "values"]

VARIABLES = tuple(variable for variables in FAMILIES.values() for variable in variables)
_LINKS = ("<http://example.org/knows>", "<http://example.org/part>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern stands.

    :param graph: the graph that is asked.
    :param scope: variables that patterns around bind, which it had better share.
    :param depth: how many levels of patterns it may still hold.
    """

    graph: Graph
    scope: tuple[str, ...] = ()
    depth: int = 2

    def inside(self, scope: frozenset[str]) -> "Place":
        """The place of a pattern within, beside variables that are bound."""
        return Place(self.graph, tuple(sorted({*self.scope, *scope})), self.depth - 1)


@st.composite
def groups(draw: st.DrawFn, place: Place, most: int = 3) -> Group:
    """Groups of some patterns."""
    parts: list[Part] = []
    for number in range(draw(st.integers(1, most))):
        bound = frozenset().union(*(part.scope for part in parts))
        parts += draw(_part(place, bound, first=number == 0))
    if draw(st.integers(0, 2)) == 2:
        scope = frozenset().union(*(part.scope for part in parts))
        # Mostly over what the group binds; now and then over what only patterns around do.
        seen = scope or frozenset(place.scope)
        if draw(st.integers(0, 3)) == 3:
            seen |= frozenset(place.scope)
        parts.append(Filter(draw(truths(_context(place, seen)))))
    return Group(tuple(parts))


def _context(place: Place, scope: frozenset[str], *, exists: bool = True) -> Context:
    inner = groups(place.inside(scope), 2) if exists and place.depth > 0 else None
    return Context(tuple(sorted(scope)), 2, inner)


@st.composite
def _part(draw: st.DrawFn, place: Place, bound: frozenset[str], *, first: bool) -> list[Part]:
    kind = draw(st.sampled_from(_FIRST if first else _KINDS))
    if place.depth <= 0 and kind not in {"triples", "bind", "values"}:
        kind = "triples"
    if kind == "triples":
        return draw(_triples(place, bound))
    if kind == "bind":
        free = [variable for variable in VARIABLES if variable not in bound]
        return [Bind(draw(anything(_context(place, bound))), draw(st.sampled_from(free)))] if free else []
    if kind == "values":
        return [draw(values(place, bound))]
    inner = place.inside(bound)
    if kind == "union":
        return [Union(tuple(draw(groups(inner, 2)) for _ in range(draw(st.integers(2, 3)))))]
    return [Sub(draw(_select(inner)))] if kind == "select" else [_NESTED[kind](draw(groups(inner, 2)))]


_NESTED = {"optional": Optional, "minus": Minus, "group": lambda group: group}
_FIRST = ("triples",) * 12 + ("optional", "union", "union", "group", "bind", "values", "select", "select")
_KINDS = (
    *("triples",) * 4, "optional", "optional", "optional", "union", "minus", "group", "bind", "bind", "values",
    "select",
)  # fmt: skip


@st.composite
def _triples(draw: st.DrawFn, place: Place, bound: frozenset[str]) -> list[Part]:
    found: list[Part] = []
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 2, 3)))):
        triple = draw(_triple(place, bound))
        bound |= triple.scope
        found.append(triple)
    return found


@st.composite
def _triple(draw: st.DrawFn, place: Place, bound: frozenset[str]) -> Triple:
    seen = place.graph.triples
    s, p, o = (
        draw(st.sampled_from(seen)) if seen else (NODES[0], draw(st.sampled_from(tuple(PREDICATES))), KINDS["text"][0])
    )
    around = bound | frozenset(place.scope)
    subject = draw(_end(s, around, known=14, constant=1))
    object_ = draw(_end(o, around | {subject}, known=7 if family(o) == "node" else 2, constant=3))
    kind = draw(st.integers(0, 19))
    if kind == 19:
        return Triple(subject, draw(st.sampled_from(("?p", "?p", *VARIABLES))), object_)
    if kind >= 16:
        return _with_path(subject, draw(paths()), object_, place.graph)
    return Triple(subject, p, object_)


@st.composite
def _end(draw: st.DrawFn, term: str, around: frozenset[str], *, known: int, constant: int) -> str:
    """A subject or object: of twenty, so many are variables that are known around, and so many are the term itself."""
    names = VARIABLES if draw(st.integers(0, 14)) == 14 else FAMILIES[family(term)]
    seen = [name for name in names if name in around]
    kind = draw(st.integers(0, 19))
    if kind < known and seen:
        return draw(st.sampled_from(seen))
    if kind < 20 - constant:
        return draw(st.sampled_from([name for name in names if name not in around] or names))
    return "[]" if term.startswith("_:") or draw(st.integers(0, 4)) == 4 else term


def _with_path(subject: str, path: str, object_: str, graph: Graph) -> Triple:
    # A constant that is no node of the graph is one of a path of length zero by the standard (SPARQL 1.1, 18.4,
    # ALP and ZeroLengthPath), but not for Oxigraph.
    nodes = graph.nodes
    ends = [end if is_variable(end) or end == "[]" or end in nodes else "?z" for end in (subject, object_)]
    return Triple(ends[0], path, ends[1])


@st.composite
def paths(draw: st.DrawFn, depth: int = 2) -> str:
    """Property paths, as texts."""
    step = draw(st.sampled_from((*_LINKS, *_LINKS, TYPE, "<http://example.org/any>")))
    form = draw(st.sampled_from(_PATHS)) if depth else "{0}"
    inner = draw(paths(depth - 1)) if "{1}" in form else ""
    other = draw(paths(depth - 1)) if "{2}" in form else ""
    return form.format(step, inner, other, draw(st.sampled_from(tuple(PREDICATES))) if "{3}" in form else "")


#: Forms of paths: {0} and {3} are predicates, {1} and {2} paths.
_PATHS = (
    "{0}", "{0}+", "({1})+", "{0}*", "({1})*", "{0}?", "({1})?", "(^{0})", "^({1})", "({0}/{1})", "({1}|{2})+",
    "({1}|{2})*",
    "({1}/{2})", "!({0}|{3})", "!(^{0})", "!({0}|^{3})", "!{0}",
)  # fmt: skip


@st.composite
def values(draw: st.DrawFn, place: Place, bound: frozenset[str]) -> Values:
    """Rows of terms for one or two variables."""
    names = [*sorted(bound), *(variable for variable in VARIABLES if variable not in bound)][:4]
    variables = tuple(draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=2)))
    known = place.graph.nodes or NODES
    odd = [term for terms in KINDS.values() for term in terms]
    cell = st.one_of(st.sampled_from(known), st.just("UNDEF"), st.sampled_from(known), st.sampled_from(odd))
    rows = draw(st.lists(st.tuples(*(cell for _ in variables)), max_size=4))
    return Values(variables, tuple(rows))


@st.composite
def _select(draw: st.DrawFn, place: Place) -> Select:
    where = draw(groups(place, 2))
    scope = sorted(where.scope)
    kind = draw(st.sampled_from(("plain", "distinct", "first", "count", "named")))
    if not scope or kind == "named":
        variable = next((name for name in VARIABLES if name not in scope), "?more")
        kept = tuple(Item(name) for name in scope[:1])
        return Select((*kept, Item(variable, draw(anything(_context(place, where.scope, exists=False))))), where)
    if kind == "count":
        counted = next((name for name in VARIABLES if name not in scope), "?more")
        aggregate = draw(st.sampled_from(("COUNT(*)", f"COUNT({scope[-1]})", f"COUNT(DISTINCT {scope[-1]})")))
        by = tuple(scope[: draw(st.integers(0, 1))])
        return Select((*map(Item, by), Item(counted, aggregate)), where, by=by)
    if kind == "first":
        # IRIs are in one order by the standard (SPARQL 1.1, 15.1), so that the first few are told.
        variable = draw(st.sampled_from(scope))
        iris = replace(where, parts=(*where.parts, Filter(f"isIRI({variable})")))
        limit, offset = draw(st.integers(0, 3)), draw(st.integers(0, 1))
        return Select((Item(variable),), iris, distinct=True, order=(Order(variable),), limit=limit, offset=offset)
    chosen = draw(st.lists(st.sampled_from(scope), unique=True, min_size=1, max_size=3))
    return Select(tuple(map(Item, chosen)), where, distinct=kind == "distinct")
