import json
from decimal import Decimal

import pytest

from graph_app.components.downloads import as_csv, as_json, neutral


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  ="])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("value", ["plain", "a=b", "", -5, Decimal("-1.50"), None, True])
def test_other_values_stay(value: object) -> None:
    assert neutral(value) is value


def test_csv_opens_as_utf8_in_excel() -> None:
    written = as_csv(["name", "n"], [["Člověk", 1], ["=1+1", None]])
    assert written == "\ufeffname,n\r\nČlověk,1\r\n'=1+1,\r\n".encode()


def test_json_loses_no_digit() -> None:
    assert json.loads(as_json([{"value": Decimal("1200.50"), "count": 3}])) == [{"value": "1200.50", "count": 3}]
