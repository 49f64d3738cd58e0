"""Functions on odd values, with arguments of every kind, against Oxigraph."""

import re
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pyoxigraph as ox
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph_app.columns.algebra.nodes import Call
from graph_app.columns.declined import Declined
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import XSD, Constant
from tests.graph_app.columns.expressions.harness import MODES, STORE, connected, normal, ours, spelt, theirs

#: What Oxigraph writes for a decimal that the columns still hold.
ENDS = 10**20
#: A quotient for which it has enough digits.
FINEST = Decimal(1).scaleb(-12)

LETTERS = st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\0")
SHORT = st.text(st.sampled_from("aAbBéß😀 -12.\n"), max_size=6)
STRINGS = st.one_of(SHORT, st.text(LETTERS, max_size=8))
INTEGERS = st.one_of(
    st.integers(-20, 20), st.integers(-(2**63), 2**63 - 1), st.sampled_from([2**63 - 1, -(2**63), 2**53 + 1, 10**18])
)
DECIMALS = st.one_of(
    st.decimals(-100, 100, places=2), st.decimals(-(10**6), 10**6, places=6), st.decimals(-(10**9), 10**9, places=9)
)
DOUBLES = st.one_of(st.floats(), st.floats(-1000, 1000), st.sampled_from([0.0, -0.0, 0.5, -0.5, 2.5, 1e21, 1e-10]))


def literal(name: str) -> st.SearchStrategy[Constant]:
    forms = {
        "integer": INTEGERS.map(str),
        "decimal": DECIMALS.map(lambda number: format(number, "f")),
        "double": DOUBLES.map(lambda number: repr(number).replace("inf", "INF").replace("nan", "NaN")),
        "float": st.floats(width=32).map(lambda number: repr(number).replace("inf", "INF").replace("nan", "NaN")),
        "boolean": st.sampled_from(["true", "false"]),
        "dateTime": st.builds(
            lambda moment, zone: moment.isoformat() + zone,
            st.datetimes(),
            st.sampled_from(["", "Z", "+05:30", "-08:00", "+14:00"]),
        ),
        "date": st.dates().map(lambda day: day.isoformat()),
        "time": st.times().map(lambda time: time.isoformat()),
        "gYear": st.integers(1, 9999).map("{:04}".format),
        "gYearMonth": st.dates().map(lambda day: day.isoformat()[:7]),
    }
    return forms[name].map(lambda form: canonical(form, XSD + name))


def canonical(form: str, datatype: str) -> Constant:
    """Make a literal in the form in which Oxigraph keeps it."""
    text = ox.Literal(form, datatype=ox.NamedNode(datatype))
    found = next(iter(STORE.query(f"SELECT (COALESCE({text}) AS ?r) {{}}")))["r"]
    return Constant.literal(found.value, datatype)


STRING = STRINGS.map(Constant.literal)
TAGGED = st.builds(
    lambda text, tag: Constant.literal(text, language=tag), SHORT, st.sampled_from(["en", "en-gb", "cs"])
)
NUMBER = st.one_of(literal("integer"), literal("decimal"), literal("double"), literal("float"))
DATE = st.one_of(*(literal(name) for name in ("dateTime", "date", "time", "gYear", "gYearMonth")))
OTHER = st.sampled_from(
    [
        Constant(Kind.IRI, "http://example.org/a"),
        Constant.literal("x", XSD + "integer"),
        Constant.literal("a", "http://example.org/t"),
        Constant.literal("true", XSD + "boolean"),
    ]
)
TEXT = st.one_of(STRING, TAGGED)
ANY = st.one_of(TEXT, NUMBER, DATE, OTHER)
SMALL = st.integers(-3, 9).map(lambda number: Constant.literal(str(number), XSD + "integer"))
#: Texts that casts may take for numbers, without the white space that Oxigraph does not take off.
NUMBERLIKE = st.from_regex(
    re.compile(r"[+-]?(?:[0-9]{0,4}(?:\.[0-9]{0,4})?(?:[eE][+-]?[0-9]{1,3})?|INF|NaN|true|false)"), fullmatch=True
).map(Constant.literal)
DATELIKE = st.from_regex(
    re.compile(
        r"-?[0-9]{4,5}-[01][0-9]-[0-3][0-9](?:T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](?:\.[0-9]{1,7})?)?(?:Z|[+-][01][0-9]:00)?"
    ),
    fullmatch=True,
).map(Constant.literal)


def calls() -> st.SearchStrategy[Call]:
    def call(names: list[str], *arguments: st.SearchStrategy[Constant]) -> st.SearchStrategy[Call]:
        return st.builds(Call, st.sampled_from(names), st.tuples(*arguments))

    return st.one_of(
        call(["STR", "LANG", "DATATYPE", "ISIRI", "ISLITERAL", "ISBLANK", "ISNUMERIC"], ANY),
        call(["STRLEN", "UCASE", "LCASE", "ENCODE_FOR_URI", "MD5", "SHA1", "SHA256", "SHA384", "SHA512"], TEXT | ANY),
        call(["STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER"], TEXT | ANY, TEXT),
        call(["SAMETERM"], ANY, ANY),
        call(["LANGMATCHES"], STRING, STRING | st.just(Constant.literal("*"))),
        call(["SUBSTR"], TEXT, SMALL | NUMBER),
        call(["SUBSTR"], TEXT, SMALL, SMALL | NUMBER),
        call(["CONCAT"], TEXT, TEXT),
        call(["CONCAT"], TEXT, TEXT, ANY),
        call(["+", "-", "*", "/"], NUMBER, NUMBER | ANY),
        call(["unary +", "unary -", "ABS", "ROUND", "CEIL", "FLOOR"], NUMBER | ANY),
        call(["YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TIMEZONE", "TZ"], DATE | ANY),
        call([XSD + name for name in ("string", "boolean", "integer", "decimal", "float", "double")], NUMBERLIKE | ANY),
        call([XSD + name for name in ("dateTime", "date")], DATELIKE | DATE | ANY),
        call(["IRI"], STRING),
    )


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as found:
        yield found


def check(connection: duckdb.DuckDBPyConnection, call: Call, mode: str) -> None:
    assume(not differs(call))
    try:
        found = normal(ours(connection, call, mode))
    except Declined:
        return
    assert found == theirs(spelt(call))


def differs(call: Call) -> bool:
    """Tell whether Oxigraph is known not to do what is right."""
    if call.name == "SUBSTR" and any(isinstance(one, Constant) and one.lex == str(-(2**63)) for one in call.arguments):
        # It subtracts one and has an error.
        return True
    numbers = [one for one in call.arguments if isinstance(one, Constant) and one.kind & (Kind.INTEGER | Kind.DECIMAL)]
    if call.name in {"+", "-", "*", "/"}:
        if len(numbers) == 2 and call.name == "/" and numbers[1].number:
            # It has no quotient of nothing, nor of what is long and a fraction, nor one that is next to nothing.
            fraction = numbers[1].number % 1 != 0
            return fraction or 0 < abs(numbers[0].number / numbers[1].number) < FINEST
        # Its decimals are a little longer.
        if len(numbers) == 2 and numbers[1].number and any(one.kind is Kind.DECIMAL for one in numbers):
            return abs(numbers[0].number * numbers[1].number) >= ENDS
        # It rounds a long decimal twice on the way to a double.
        return len(numbers) == 1 and numbers[0].kind is Kind.DECIMAL and len(numbers[0].lex) > 15
    if call.name in {XSD + "double", XSD + "float"}:
        return bool(numbers) and numbers[0].kind is Kind.DECIMAL and len(numbers[0].lex) > 15
    # White space around a number.
    return call.name.startswith(XSD) and any(
        isinstance(one, Constant) and one.lex != one.lex.strip(" \t\n\r") for one in call.arguments
    )


AMOUNTS = st.one_of(st.just(0), st.integers(0, 70), st.integers(0, 40_000))
DURATIONS = st.one_of(
    st.builds(
        "{}P{}DT{}H{}M{}.{}S".format, st.sampled_from(["", "-"]), AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.integers(0, 99)
    ),
    st.builds("{}P{}D".format, st.sampled_from(["", "-"]), AMOUNTS),
    st.from_regex(r"[+-]?P?([0-9]{1,3}[DY])?(T?([0-9]{1,3}[HM])?([0-9]?[.]?[0-9]S)?)?", fullmatch=True),
)


@given(
    date=DATE,
    duration=DURATIONS,
    sign=st.sampled_from("+-"),
    mode=st.sampled_from(["literal", "column"]),
)
@settings(max_examples=300, deadline=None)
def test_dates_move_as_in_oxigraph(
    connection: duckdb.DuckDBPyConnection, date: Constant, duration: str, sign: str, mode: str
) -> None:
    """Oxigraph is asked to subtract only: the operands of + it may put in an order that it does not know."""
    opposite = duration[1:] if duration.startswith("-") else f"-{duration}"
    mine = Call(sign, (date, Constant.literal(duration, XSD + "dayTimeDuration")))
    yours = Call("-", (date, Constant.literal(duration if sign == "-" else opposite, XSD + "dayTimeDuration")))
    try:
        found = normal(ours(connection, mine, mode))
    except Declined:
        return
    assert found == theirs(spelt(yours))


@given(call=calls(), mode=st.sampled_from(MODES))
@settings(max_examples=300, deadline=None)
def test_random_calls_are_as_in_oxigraph(connection: duckdb.DuckDBPyConnection, call: Call, mode: str) -> None:
    check(connection, call, mode)


@pytest.mark.soak
@given(call=calls(), mode=st.sampled_from(MODES))
@settings(max_examples=10_000, deadline=None)
def test_many_random_calls_are_as_in_oxigraph(connection: duckdb.DuckDBPyConnection, call: Call, mode: str) -> None:
    check(connection, call, mode)
