import pytest

from graph_app.components.sources import place
from graph_app.components.values import shown
from graph_app.questions.results import XSD, Term


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("1200.50", "decimal", "1\u202f200.50"),
        ("10000", "integer", "10\u202f000"),
        ("true", "boolean", "yes"),
        ("0", "boolean", "no"),
        ("2013-12", "gYearMonth", "2013-12"),
    ],
)
def test_numbers_keep_every_digit(value: str, datatype: str, expected: str) -> None:
    assert shown(Term("literal", value, datatype=XSD + datatype)) == expected


def test_nothing_is_shown_as_nothing() -> None:
    assert shown(None) == ""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"sheet": "Projects", "row": "4", "column": "F", "line": "9"}, "e.xlsx, Projects!F4"),
        ({"row": "4"}, "e.xlsx, row 4"),
        ({"line": "12", "column": "title"}, "e.xlsx, line 12 (title)"),
        ({}, "e.xlsx"),
    ],
)
def test_places_are_said_as_people_say_them(told: dict[str, str], expected: str) -> None:
    assert place("e.xlsx", **told) == expected
