"""Literals of a query are of the same kind, and worth the same, as the encoding says of those of the graph."""

import csv
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.columns.encoding.kinds_sql import kind_of
from graph_app.columns.kinds import BY_ORDINAL
from graph_app.columns.terms import XSD, Constant

with (Path(__file__).parent / "encoding/kinds.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))

INTEGERS = ["integer", "byte", "unsignedInt"]
DATATYPES = ["boolean", *INTEGERS, "decimal", "float", "double", "dateTime", "date", "time", "gYear", "gYearMonth"]
SIGNS = ["-", "+", ".", ":", "T", "Z", "e", " ", "\t"]
PIECES = st.sampled_from(["0", "1", "9", "12", "2024", *SIGNS, "E5", "INF", "NaN", "true", "٥", "-02-29"])


def constant(case: dict[str, str]) -> Constant:
    datatype = case["datatype"] if ":" in case["datatype"] else XSD + case["datatype"]
    return Constant.literal(case["lexical"].replace("\\t", "\t"), datatype)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['lexical']}^^{case['datatype']}")
def test_kind_and_values(case: dict[str, str]) -> None:
    term = constant(case)
    assert term.kind.name == case["kind"]
    if case["double"]:
        assert str(term.double) == case["double"]
    if case["truth"]:
        assert str(term.truth) == case["truth"]
    if case["moment"]:
        assert str(term.moment) == case["moment"]
    assert str(term.zone if term.zone is not None else "") == case["zone"]


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@given(datatype=st.sampled_from(DATATYPES), pieces=st.lists(PIECES, max_size=7))
def test_both_judge_alike(connection: duckdb.DuckDBPyConnection, datatype: str, pieces: list[str]) -> None:
    lex = "".join(pieces)
    given_term = "(SELECT 3 AS form, $lex AS lex, $datatype AS datatype, '' AS lang)"
    query = f"SELECT {kind_of()} FROM {given_term}"  # noqa: S608 - both are fixed
    ((kind,),) = connection.execute(query, {"lex": lex, "datatype": XSD + datatype}).fetchall()
    assert Constant.literal(lex, XSD + datatype).kind == BY_ORDINAL[kind]
