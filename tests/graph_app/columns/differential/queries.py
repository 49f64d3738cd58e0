"""Random whole queries: SELECT of rows, of groups and of sorted rows, ASK and CONSTRUCT."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.graph_app.columns.differential.algebra import Ask, Construct, Group, Item, Order, Select, Triple
from tests.graph_app.columns.differential.expressions import Context, anything, numbers, texts
from tests.graph_app.columns.differential.graphs import Graph
from tests.graph_app.columns.differential.patterns import VARIABLES, Place, groups, values
from tests.graph_app.columns.differential.terms import NODES, PREDICATES

__all__ = ["SEPARATOR", "Query", "queries"]

Query = Select | Ask | Construct
#: What stands between the parts of a GROUP_CONCAT; no term holds it.
SEPARATOR = " ¦ "


def queries(graph: Graph) -> st.SearchStrategy[Query]:
    """Queries to ask a graph."""
    where = groups(Place(graph))
    selects = st.one_of(_rows(where), _grouped(where), _sorted(where)).flatmap(lambda query: _with_values(query, graph))
    return st.one_of(selects, selects, selects, where.map(Ask), _construct(where))


@st.composite
def _with_values(draw: st.DrawFn, query: Select, graph: Graph) -> Select:
    """Now and then join a query with rows of its own."""
    if draw(st.integers(0, 14)) < 14:
        return query
    return replace(query, values=draw(values(Place(graph), frozenset(query.columns) & frozenset(VARIABLES))))


@st.composite
def _rows(draw: st.DrawFn, where: st.SearchStrategy[Group]) -> Select:
    pattern = draw(where)
    scope = sorted(pattern.scope)
    distinct = draw(st.booleans())
    if not scope or draw(st.booleans()):
        return Select((), pattern, distinct=distinct) if scope else Select((Item("?x"),), pattern, distinct=distinct)
    chosen = draw(st.lists(st.sampled_from(scope), unique=True, min_size=1))
    items = [Item(variable) for variable in chosen]
    if draw(st.booleans()):
        items.append(Item("?made", draw(anything(Context(tuple(scope))))))
    return Select(tuple(items), pattern, distinct=distinct)


@st.composite
def _sorted(draw: st.DrawFn, where: st.SearchStrategy[Group]) -> Select:
    pattern = draw(where)
    scope = sorted(pattern.scope) or ["?x"]
    chosen = draw(st.lists(st.sampled_from(scope), unique=True, min_size=1))
    keys = draw(
        st.lists(st.builds(Order, st.sampled_from(chosen), st.booleans(), st.booleans()), min_size=1, max_size=3)
    )
    limit, offset = draw(st.one_of(st.none(), st.integers(0, 6))), draw(st.integers(0, 3))
    return Select(
        tuple(map(Item, chosen)), pattern, distinct=draw(st.booleans()), order=tuple(keys), limit=limit, offset=offset
    )


@st.composite
def _grouped(draw: st.DrawFn, where: st.SearchStrategy[Group]) -> Select:
    pattern = draw(where)
    scope = tuple(sorted(pattern.scope)) or ("?x",)
    by = tuple(draw(st.lists(st.sampled_from(scope), unique=True, max_size=2)))
    items = [Item(variable) for variable in by]
    keys = by
    if draw(st.integers(0, 3)) == 3:
        # Oxigraph refuses the bare variable of (?x AS ?key).
        keys = (*by, f"(COALESCE({draw(anything(Context(scope, 1)))}) AS ?key)")
        items.append(Item("?key"))
    # Oxigraph counts solutions as different where only a nameless node is another one; it is in no solution (18.3.1).
    rows = st.sampled_from(("COUNT(*)",) if "[]" in str(pattern) else ("COUNT(*)", "COUNT(*)", "COUNT(DISTINCT *)"))
    items += [draw(_aggregate(f"?n{number}", scope, by, rows)) for number in range(draw(st.integers(1, 3)))]
    having = None
    if draw(st.integers(0, 2)) == 2:
        sign, most = draw(st.sampled_from((">", "=", "<"))), draw(st.integers(0, 3))
        counted = draw(st.sampled_from(("*", f"DISTINCT {scope[-1]}", scope[-1])))
        having = f"COUNT({counted}) {sign} {most}"
    ordered = st.builds(Order, st.sampled_from([item.variable for item in items if not item.gathers] or ["?none"]))
    order = tuple(draw(st.lists(ordered, max_size=2))) if any(not item.gathers for item in items) else ()
    limit = draw(st.integers(1, 4)) if order and draw(st.booleans()) else None
    return Select(tuple(items), pattern, by=keys, having=having, order=order, limit=limit)


@st.composite
def _aggregate(
    draw: st.DrawFn, name: str, scope: tuple[str, ...], by: tuple[str, ...], rows: st.SearchStrategy[str]
) -> Item:
    context, variables = Context(scope, 1), st.sampled_from(scope)
    function = draw(st.sampled_from((*_ARGUMENTS, "*", "SAMPLE", "GROUP_CONCAT")))
    distinct = draw(st.sampled_from(("", "", "DISTINCT ")))
    if function == "*":
        return Item(name, draw(rows))
    if function == "SAMPLE" and by:
        return Item(name, f"SAMPLE({draw(st.sampled_from(by))})")
    if function == "GROUP_CONCAT":
        # Of texts without language: SPARQL 1.1 (18.5.1.7) gives a simple literal, Oxigraph keeps the language.
        of = draw(st.one_of(variables, texts(context)))
        return Item(name, f'GROUP_CONCAT({distinct}STR({of}); SEPARATOR="{SEPARATOR}")', SEPARATOR)
    form, argument = _ARGUMENTS.get(function, _ARGUMENTS["COUNT"])
    return Item(name, form.format(distinct, draw(st.one_of(variables, argument(context)))))


#: Functions of groups to how they are written, and what is mostly asked of them.
_ARGUMENTS = {
    # Of variables: SPARQL 1.1 (18.5.1.2) leaves errors out of the count, Oxigraph gives no count then.
    "COUNT": ("COUNT({}{})", lambda context: st.sampled_from(context.scope)),
    "SUM": ("SUM({}{})", numbers),
    "AVG": ("AVG({}{})", numbers),
    "MIN": ("MIN({}{})", numbers),
    "MAX": ("MAX({}{})", texts),
    "computed": ("(SUM({}{}) + COUNT(*))", numbers),
}


@st.composite
def _construct(draw: st.DrawFn, where: st.SearchStrategy[Group]) -> Construct:
    pattern = draw(where)
    scope = sorted(pattern.scope) or ["?x"]
    term = st.sampled_from((*scope, *scope, NODES[0], "_:new", "_:other"))
    predicate = st.sampled_from((*PREDICATES, *(variable for variable in ("?p", *VARIABLES) if variable in scope)))
    triples = st.builds(Triple, term, predicate, st.one_of(term, st.just('"a"@en')))
    return Construct(tuple(draw(st.lists(triples, min_size=1, max_size=3))), pattern)
