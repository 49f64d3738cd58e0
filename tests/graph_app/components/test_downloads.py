import json
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from graph_app.components.downloads import as_csv, as_json, as_parquet, as_xlsx, neutral


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


def test_a_workbook_holds_numbers_as_such_and_no_formula() -> None:
    rows = [["=1+1", Decimal("12.50"), 0.25, None], ["a\x00b", 2**60, float("nan"), "x" * 40_000]]
    sheet = load_workbook(BytesIO(as_xlsx(["@text", "exact", "n", "long"], rows))).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == ["'@text", "exact", "n", "long"]
    assert found[1] == ["'=1+1", 12.5, 0.25, None]
    assert found[2][:3] == ["a\ufffdb", str(2**60), "nan"]
    assert len(str(found[2][3])) == 32_767
    assert str(found[2][3]).endswith("x […]"), "what was cut says so"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_parquet_loses_no_digit() -> None:
    rows = [[1, True, Decimal("0.10"), "č"], [None, None, None, None]]
    read = parquet.read_table(BytesIO(as_parquet(["whole", "truth", "exact", "text"], rows)))
    assert [str(kind) for kind in read.schema.types] == ["int64", "bool", "string", "string"]
    assert read.to_pylist()[0] == {"whole": 1, "truth": True, "exact": "0.10", "text": "č"}
    assert set(read.to_pylist()[1].values()) == {None}
