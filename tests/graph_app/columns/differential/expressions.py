"""Random expressions that mostly make sense: numbers from numbers, texts from texts, and now and then anything."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.graph_app.columns.differential.algebra import Call, Exists, Expression, Group
from tests.graph_app.columns.differential.terms import FAMILIES, KINDS, NODES

__all__ = ["Context", "anything", "numbers", "texts", "truths"]

#: Variable that no pattern binds.
_NEVER = "?never"

_NUMBERS = (*KINDS["integer"], *KINDS["decimal"], *KINDS["double"], *KINDS["float"])
_TEXTS = (*KINDS["text"], *KINDS["tagged"])
_DATES = (*KINDS["date"], *KINDS["dateTime"], *KINDS["zoned"])
_CONSTANTS = {
    "number": st.sampled_from(_NUMBERS),
    "text": st.sampled_from(_TEXTS),
    "date": st.sampled_from(_DATES),
    "odd": st.sampled_from([term for terms in KINDS.values() for term in terms]),
    "node": st.sampled_from(NODES),
}
_PATTERNS = ("a", "^a", "b$", "a.c", "[ab]+", "^[A-Z]", "(a|b)c?", "\\\\.", "^$", "ž", "x{2}", "\\\\d+", ".")
_REPLACED = (("a", "x"), ("[ab]", "-"), ("(a)(b?)", "$2$1"), ("^", ">"), ("b$", ""), ("\\\\d", "#"))


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands.

    :param scope: the variables that may be bound there.
    :param depth: how many levels of operators it may still have.
    :param groups: patterns for EXISTS, or none where it may not stand.
    """

    scope: tuple[str, ...]
    depth: int = 2
    groups: st.SearchStrategy[Group] | None = None

    @property
    def inner(self) -> "Context":
        return Context(self.scope, self.depth - 1, self.groups)


def _variable(draw: st.DrawFn, context: Context) -> str:
    if not context.scope or draw(st.integers(0, 39)) == 39:
        return _NEVER
    return draw(st.sampled_from(context.scope))


def _leaf(draw: st.DrawFn, context: Context, kind: str) -> Expression:
    chosen = draw(st.integers(0, 9))
    if chosen < 6:
        fitting = [name for name in context.scope if name in FAMILIES.get(kind, FAMILIES["other"])]
        return draw(st.sampled_from(fitting)) if fitting and chosen < 5 else _variable(draw, context)
    return draw(_CONSTANTS[kind if chosen < 9 else "odd"])


Maker = Callable[[st.DrawFn, Context], Expression]


def _call(form: str, *args: Callable[[Context], st.SearchStrategy[Expression]]) -> Maker:
    return lambda draw, context: Call(form, tuple(draw(arg(context.inner)) for arg in args))


def _text(*choices: str) -> Callable[[Context], st.SearchStrategy[Expression]]:
    return lambda _: st.sampled_from(choices)


@st.composite
def numbers(draw: st.DrawFn, context: Context) -> Expression:
    """Expressions that mostly give numbers."""
    if context.depth <= 0 or draw(st.booleans()):
        return _leaf(draw, context, "number")
    return draw(st.sampled_from(_NUMERIC))(draw, context)


@st.composite
def texts(draw: st.DrawFn, context: Context) -> Expression:
    """Expressions that mostly give texts."""
    if context.depth <= 0 or draw(st.booleans()):
        return _leaf(draw, context, "text")
    return draw(st.sampled_from(_TEXTUAL))(draw, context)


@st.composite
def dates(draw: st.DrawFn, context: Context) -> Expression:
    """Expressions that mostly give dates."""
    if context.depth <= 0 or draw(st.integers(0, 3)):
        return _leaf(draw, context, "date")
    return draw(st.sampled_from(_TEMPORAL))(draw, context)


@st.composite
def truths(draw: st.DrawFn, context: Context) -> Expression:
    """Expressions that mostly give truth values."""
    if context.depth <= 0:
        return draw(st.sampled_from(_SIMPLE_TRUTHS))(draw, context)
    if context.groups is not None and draw(st.integers(0, 7)) == 7:
        return Exists(draw(context.groups), draw(st.booleans()))
    return draw(st.sampled_from(_TRUTHS))(draw, context)


@st.composite
def anything(draw: st.DrawFn, context: Context) -> Expression:
    """Expressions of any kind."""
    if context.depth <= 0:
        return _leaf(draw, context, draw(st.sampled_from(tuple(_CONSTANTS))))
    return draw(st.one_of(numbers(context), texts(context), truths(context), dates(context), _others(context)))


@st.composite
def _others(draw: st.DrawFn, context: Context) -> Expression:
    return draw(st.sampled_from(_OTHER))(draw, context)


def _listed(draw: st.DrawFn, context: Context) -> Expression:
    # Not of nothing: NOT IN () is true by SPARQL 1.1 (17.4.1.10), but a FILTER of Oxigraph takes it for false.
    args = tuple(draw(anything(context.inner)) for _ in range(draw(st.integers(2, 4))))
    places = ", ".join("{}" for _ in args[1:])
    return Call(f"({{}} {draw(st.sampled_from(('IN', 'NOT IN')))} ({places}))", args)


def _regex(draw: st.DrawFn, context: Context) -> Expression:
    flags = draw(st.sampled_from(("", "", ', "i"', ', "s"', ', "m"')))
    return Call(f'REGEX({{}}, "{_quoted(draw(st.sampled_from(_PATTERNS)))}"{flags})', (draw(_string(context.inner)),))


def _replace(draw: st.DrawFn, context: Context) -> Expression:
    pattern, replacement = draw(st.sampled_from(_REPLACED))
    flags = draw(st.sampled_from(("", "", ', "i"')))
    return Call(f'REPLACE({{}}, "{_quoted(pattern)}", "{replacement}"{flags})', (draw(_string(context.inner)),))


def _quoted(pattern: str) -> str:
    return pattern.replace("{", "{{").replace("}", "}}")


@st.composite
def _string(draw: st.DrawFn, context: Context) -> Expression:
    """A text for functions that take nothing else: mostly through STR."""
    found = draw(texts(context))
    return found if draw(st.booleans()) else Call("STR({})", (found,))


def _compare(arg: Callable[[Context], st.SearchStrategy[Expression]]) -> tuple[Maker, ...]:
    return tuple(_call(f"({{}} {sign} {{}})", arg, arg) for sign in ("=", "!=", "<", ">"))


def _compare_within(guard: str, arg: Callable[[Context], st.SearchStrategy[Expression]]) -> tuple[Maker, ...]:
    # Not of any term: an IRI is neither less than nor equal to itself by SPARQL 1.1 (17.3), but to Oxigraph it is.
    return tuple(_call(f"({guard} && {{0}} {sign} {{1}})", arg, arg) for sign in ("<=", ">="))


def _chosen(arg: Callable[[Context], st.SearchStrategy[Expression]]) -> tuple[Maker, ...]:
    return (_call("IF({}, {}, {})", truths, arg, arg), _call("COALESCE({}, {})", arg, arg))


_SMALL = _text("1", "2", "3", "0", "-1", "10")
_NUMERIC = (
    *(_call(f"({{}} {sign} {{}})", numbers, numbers) for sign in "+-*/"),
    _call("(- {})", numbers),
    *(_call(f"{name}({{}})", numbers) for name in ("ABS", "CEIL", "FLOOR", "ROUND")),
    _call("STRLEN({})", _string),
    *(_call(f"{name}({{}})", dates) for name in ("YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS")),
    *(_call(f"xsd:{name}({{}})", anything) for name in ("integer", "decimal", "double", "float")),
    *_chosen(numbers),
)  # fmt: skip
_TEXTUAL = (
    _call("STR({})", anything),
    _call("LANG({})", texts),
    _call("STR(DATATYPE({}))", anything),
    _call("CONCAT({}, {})", _string, _string),
    _call("UCASE({})", _string), _call("LCASE({})", _string),
    _call("SUBSTR({}, {})", _string, _SMALL), _call("SUBSTR({}, {}, {})", _string, _SMALL, _SMALL),
    _call("STRBEFORE({}, {})", texts, texts), _call("STRAFTER({}, {})", texts, texts),
    _replace,
    _call("xsd:string({})", anything),
    *_chosen(texts),
)  # fmt: skip
_TEMPORAL = (
    _call("xsd:date({})", texts), _call("xsd:dateTime({})", texts), _call("xsd:date({})", dates),
    _call("xsd:dateTime({})", dates), *_chosen(dates),
)  # fmt: skip
_SIMPLE_TRUTHS = (
    lambda draw, context: Call("BOUND({})", (_variable(draw, context),)),
    lambda draw, context: Call("isLiteral({})", (_variable(draw, context),)),
    *_compare(numbers), *_compare(anything)[:2],
)  # fmt: skip
_TRUTHS = (
    *_compare(numbers), *_compare(texts), *_compare(dates), *_compare(anything), *_compare(anything)[:2],
    *_compare_within("isNumeric({0})", numbers), *_compare_within("DATATYPE({0}) = xsd:string", texts),
    *_compare_within("DATATYPE({0}) = xsd:date", dates), *_compare_within("DATATYPE({0}) = xsd:dateTime", dates),
    _call("({} && {})", truths, truths), _call("({} || {})", truths, truths), _call("(! {})", truths),
    _call("(! {})", anything), _call("({} || {})", anything, truths),
    _call("CONTAINS({}, {})", _string, texts), _call("STRSTARTS({}, {})", _string, texts),
    _call("STRENDS({}, {})", _string, texts),
    _regex, _listed,
    _call("LANGMATCHES(LANG({}), {})", texts, _text('"en"', '"EN"', '"*"', '"cs"', '"en-GB"', '""')),
    _call("sameTerm({}, {})", anything, anything),
    lambda draw, context: Call("BOUND({})", (_variable(draw, context),)),
    *(_call(f"{name}({{}})", anything) for name in ("isIRI", "isBlank", "isLiteral", "isNumeric")),
    _call("xsd:boolean({})", anything),
    *_chosen(truths),
)  # fmt: skip
_OTHER = (
    _call("DATATYPE({})", anything),
    _call("IRI({})", texts),
    _call("STRDT({}, xsd:integer)", _string), _call("STRDT({}, xsd:date)", _string),
    _call('STRLANG({}, "en")', _string),
    _call("({} + {})", anything, anything),
    *_chosen(anything),
)  # fmt: skip
