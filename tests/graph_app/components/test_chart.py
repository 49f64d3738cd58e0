"""The first choice of a chart, from what the columns hold."""

import pytest

from graph_app.components.chart import Chart, every_year, first_choice
from graph_app.components.frame import columns_of, frame_of
from graph_app.components.links import Reference
from graph_app.questions.results import XSD, Table, Term

N, Y, D, M = XSD + "decimal", XSD + "gYear", XSD + "date", XSD + "gYearMonth"


def table(**columns: list[tuple[str, str] | None]) -> Table:
    terms = [[one and term(*one) for one in column] for column in columns.values()]
    return Table(tuple(columns), tuple(zip(*terms, strict=True)))


def term(value: str, kind: str) -> Term:
    return Term("iri", value) if kind == "iri" else Term("literal", value, "", kind)


@pytest.mark.parametrize(
    ("found", "chart"),
    [
        (table(who=[("a", ""), ("b", "")], sum=[("1.5", N), ("2", N)]), Chart("bar", "who", "sum")),
        (table(year=[("2020", Y), ("2021", Y)], sum=[("1", N), ("2", N)]), Chart("line", "year", "sum")),
        (table(a=[("1", N), ("2", N)], b=[("3", N), ("4", N)]), Chart("scatter", "a", "b")),
        (table(who=[("a", ""), ("b", "")]), Chart("bar", "who")),
        (
            table(
                year=[("2020", Y), ("2020", Y)],
                who=[("a", ""), ("b", "")],
                currency=[("EUR", ""), ("CZK", "")],
                sum=[("1", N)] * 2,
            ),
            Chart("line", "year", "sum", "currency"),
        ),
    ],
)
def test_the_first_choice(found: Table, chart: Chart) -> None:
    assert first_choice(columns_of(found, {})) == chart


def test_an_entity_and_its_label_are_one_column_with_the_readers_name() -> None:
    found = table(who=[("urn:a", "iri"), None], whoLabel=[("A", ""), None])
    (column,) = columns_of(found, {"urn:a": Reference("urn:a", "Á", "")})
    assert (column.kind, column.values, column.iris) == ("name", ("Á", None), ("urn:a", ""))


def test_what_is_said_to_be_a_number_and_is_none_is_a_name() -> None:
    (column,) = columns_of(table(a=[("x", N), ("2", N)]), {})
    assert column.kind == "name"


def test_days_of_any_precision_stand_in_order() -> None:
    columns = columns_of(table(start=[("2016", Y), ("2016-05", M), ("2016-05-02", D)]), {})
    assert columns[0].kind == "day"
    assert frame_of(columns)["start"].is_monotonic_increasing
    assert not frame_of(columns)["start"].isna().any()


@pytest.mark.parametrize(
    ("years", "domain"),
    [
        (["2003", "2006"], ["2003", "2004", "2005", "2006"]),
        (["2003", "2003"], ["2003"]),
        (["1900", "2006"], None),  # too many to stand side by side
    ],
)
def test_years_without_a_value_keep_their_place(years: list[str], domain: list[str] | None) -> None:
    (column,) = columns_of(table(year=[(year, Y) for year in years]), {})
    assert every_year(column).to_dict().get("domain") == domain
