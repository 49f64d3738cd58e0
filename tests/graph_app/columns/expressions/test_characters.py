"""What depends on tables of Unicode, of all characters, and which texts are IRIs, against Oxigraph."""

import random
from collections.abc import Iterator

import duckdb
import pyoxigraph as ox
import pytest

from graph_app.columns.expressions.functions.registry import apply
from graph_app.columns.expressions.operand import Literal, Operand, Scalar
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from tests.graph_app.columns.expressions.harness import STORE, connected

#: The other characters are only in the long form of the test.
SOME = (range(0x3000), range(0x10D00, 0x11000))
ALL = (range(0x110000),)
SEEDS = (
    "http://a/b",
    "http://u:p@h:80/p?q#f",
    "http://é/ü?\ue000",
    "http://[::1]/",
    "http://[1:2:3:4:5:6:7:8]/",
    "http://[v1.a:b]/",
    "http://[1::8]",
    "http://[::ffff:1.2.3.4]:8/",
    "http://[1:2::7:8]",
    "urn:x:y",
    "mailto:a@b",
    "x:",
    "file:///a",
    "a:/b//c",
    "a://",
    "a:b/c:d",
    "a:%41b",
    "x:?a",
    "x:#a",
)
MARKS = "abAF019:/?#[]@!$&'()*+,;=-._~% {}|\\^`<>\"éü\u00a0\ue000\ufdd0\uffff\U0001f600\U0001ffff\U000f0000\U000e0001v"


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as found:
        yield found


def ours(connection: duckdb.DuckDBPyConnection, texts: list[str], name: str, *constants: str) -> list[object]:
    """Apply a function to many texts."""
    column = Scalar(kinds=Kind.STRING, sql="text", nullable=False)
    more: list[Operand] = [
        Literal(kinds=Kind.STRING, nullable=False, term=Constant(Kind.STRING, text)) for text in constants
    ]
    result = apply(name, [column, *more])
    letter = "b" if result.kinds is Kind.BOOLEAN else "l"
    sql = f"SELECT {result.part(letter)} FROM (SELECT unnest($1) AS text)"  # noqa: S608 - a test writes it
    return [value for (value,) in connection.execute(sql, [texts]).fetchall()]


def theirs(texts: list[str], expression: str) -> list[object]:
    values = " ".join(str(ox.Literal(text)) for text in texts)
    query = f"SELECT ?text ({expression} AS ?r) {{ VALUES ?text {{ {values} }} }}"
    found = {row["text"].value: row["r"] for row in STORE.query(query)}
    return [None if (term := found[text]) is None else term.value for text in texts]


def written(values: list[object]) -> list[object]:
    return [str(value).lower() if isinstance(value, bool) else value for value in values]


def pieces(codes: range) -> Iterator[list[str]]:
    letters = [chr(code) for code in codes if code and not 0xD800 <= code < 0xE000]
    return (letters[start : start + 20_000] for start in range(0, len(letters), 20_000))


def compare_categories(connection: duckdb.DuckDBPyConnection, codes: tuple[range, ...]) -> None:
    for letters in (piece for one in codes for piece in pieces(one)):
        for pattern, spelt in ((r"^\d$", r"^\\d$"), (r"^[^\p{L}]$", r"^[^\\p{L}]$"), (r"^\p{N}$", r"^\\p{N}$")):
            assert written(ours(connection, letters, "REGEX", pattern)) == theirs(letters, f'REGEX(?text, "{spelt}")')
        for flag in ("i", "is"):
            found = written(ours(connection, letters, "REGEX", "^[a-z.]|[^a-zK-S]$", flag))
            assert found == theirs(letters, f'REGEX(?text, "^[a-z.]|[^a-zK-S]$", "{flag}")')


def test_categories_of_characters_are_those_of_oxigraph(connection: duckdb.DuckDBPyConnection) -> None:
    compare_categories(connection, SOME)


@pytest.mark.soak
def test_categories_of_all_characters_are_those_of_oxigraph(connection: duckdb.DuckDBPyConnection) -> None:
    compare_categories(connection, ALL)


@pytest.mark.parametrize("name", ["UCASE", "LCASE"])
def test_letters_have_the_case_that_oxigraph_knows(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    # Python's table may be a few versions behind; of older letters only one has got another case since.
    for letters in pieces(range(0x1C80)):
        both = zip(ours(connection, letters, name), theirs(letters, f"{name}(?text)"), strict=True)
        assert sum(one != other for one, other in both) <= 2


def test_what_is_an_iri_is_one_in_oxigraph(connection: duckdb.DuckDBPyConnection) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    texts = sorted({changed(chance) for _ in range(4000)})
    found = ours(connection, texts, "IRI")
    assert found == theirs(texts, "IRI(?text)")
    assert 400 < len([text for text in found if text is not None]) < len(texts)


def changed(chance: random.Random) -> str:
    text = list(chance.choice(SEEDS))
    for _ in range(chance.randint(0, 3)):
        place = chance.randint(0, len(text) - 1) if text else 0
        text[place : place + chance.randint(0, 1)] = chance.choice(MARKS) if chance.random() < 0.75 else ""
    return "".join(text)
