"""Every function, with its arguments as constants, columns and computed values, against Oxigraph."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.registry import apply
from graph_app.columns.expressions.operand import Literal
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from tests.graph_app.columns.expressions.harness import connected, normal, ours, read_expression, theirs

CASES = Path(__file__).with_name("cases.txt")
ARROW = "  →  "


def cases() -> Iterator[tuple[str, str]]:
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            expression, _, expected = line.partition(ARROW)
            yield expression, expected


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as found:
        yield found


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_a_function_gives_the_term_of_oxigraph_or_the_one_that_is_right(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str
) -> None:
    answers = check(connection, text, expected, ("literal", "mixed"))
    assert bool(answers) == (expected != "declined")


@pytest.mark.soak
@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_a_function_gives_the_same_of_columns_and_computed_values(
    connection: duckdb.DuckDBPyConnection, text: str, expected: str
) -> None:
    check(connection, text, expected, ("column", "scalar"))


def check(connection: duckdb.DuckDBPyConnection, text: str, expected: str, modes: tuple[str, ...]) -> list[str | None]:
    expression = read_expression(text)
    wanted = (None if expected == "error" else expected) if expected else theirs(text)
    answers = []
    for mode in modes:
        with contextlib.suppress(Declined):
            answers.append(normal(ours(connection, expression, mode)))
    assert expected != "declined" or not answers
    assert all(answer == wanted for answer in answers), answers
    return answers


def test_a_call_with_another_number_of_arguments_is_declined() -> None:
    text = Literal(kinds=Kind.STRING, nullable=False, term=Constant(Kind.STRING, "a"))
    for name, arguments in (("STRLEN", []), ("STRLEN", [text] * 2), ("SUBSTR", [text]), ("NOW", [text]), ("+", [text])):
        with pytest.raises(Declined, match="number of arguments"):
            apply(name, arguments)


def test_an_unknown_function_is_declined() -> None:
    with pytest.raises(Declined, match="the function"):
        apply("http://example.org/f", [])


@pytest.mark.parametrize("name", ["UUID", "STRUUID", "RAND", "NOW"])
def test_functions_without_argument_give_what_the_standard_says(
    connection: duckdb.DuckDBPyConnection, name: str
) -> None:
    operand = apply(name, [])
    parts = ", ".join(operand.part(letter) for letter in "klfm")
    rows = connection.execute(f"SELECT {parts} FROM range(3)").fetchall()  # noqa: S608
    texts = {text for _, text, _, _ in rows}
    if name == "NOW":
        assert len(texts) == 1
        assert Constant.literal(rows[0][1], "http://www.w3.org/2001/XMLSchema#dateTime").moment == rows[0][3]
    else:
        assert len(texts) == 3
    if name == "RAND":
        assert all(0 <= number < 1 for _, _, number, _ in rows)
    assert all(text.startswith("urn:uuid:") for text in texts) == (name == "UUID")
