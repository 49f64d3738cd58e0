"""Tables as files. Spreadsheets run cells that start like a formula, so those get an apostrophe before them."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite

import pyarrow as pa
import streamlit as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from pyarrow import parquet

from graph_app.components.texts import text

__all__ = ["PARQUET", "XLSX", "as_csv", "as_json", "as_parquet", "as_xlsx", "download", "neutral", "prepared_download"]

#: Media types.
PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Most characters of a cell of a workbook, and digits of a number there.
_LONGEST_CELL, _DIGITS = 32_767, 15
_CUT = " […]"
#: Lets Excel read the file as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def neutral(value: object) -> object:
    """Make a value safe as a cell: texts that a spreadsheet would run get an apostrophe before them; numbers stay.

    :param value: any value.
    :returns: the value to write.
    """
    if isinstance(value, str) and (value.startswith(_FORMULA_STARTS) or value.lstrip().startswith(_FORMULA_STARTS)):
        return "'" + value
    return value


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows as CSV in UTF-8 with a byte order mark.

    :param columns: headings.
    :param rows: values, as many a row as there are columns.
    :returns: the file.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([["" if value is None else neutral(value) for value in row] for row in rows])
    return (_BYTE_ORDER_MARK + buffer.getvalue()).encode()


def as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows as a workbook of one sheet; numbers are numbers, and no text is a formula.

    :param columns: headings.
    :param rows: values, as many a row as there are columns.
    :returns: the file.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answer")
    for row in ([*columns], *rows):
        sheet.append([_in_sheet(value) for value in row])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_parquet(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows as Parquet: a column of whole numbers, of truth values, or else of texts, which lose no digit.

    :param columns: headings.
    :param rows: values, as many a row as there are columns.
    :returns: the file.
    """
    arrays = [_column([row[place] for row in rows]) for place in range(len(columns))]
    buffer = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=list(columns)), buffer)
    return buffer.getvalue()


def as_json(records: Sequence[Mapping[str, object]]) -> bytes:
    """Write records as JSON; exact decimals become texts, so that no digit is lost.

    :param records: column to value, one mapping a row.
    :returns: the file.
    """
    return json.dumps(list(records), ensure_ascii=False, indent=2, default=str).encode()


def download(label: str, data: bytes | Callable[[], bytes], name: str, mime: str) -> None:
    """Draw a download button that does not run the page again.

    :param label: what is downloaded, such as ``CSV``.
    :param data: the file, or what makes it when somebody wants it.
    :param name: its name.
    :param mime: its media type.
    """
    st.download_button(
        text("download", what=label),
        data,
        name,
        mime,
        on_click="ignore",
        icon=":material/download:",
        key=f"download {name}",
    )


def prepared_download(label: str, data: bytes, name: str, mime: str) -> None:
    """Draw a button that makes a file, and then downloads it: for a file of what people type on the same page.

    A download button has the file of the last run of the page, which lacks what is still being typed when it is
    clicked. A click that makes the file comes after what was typed.

    :param label: what is downloaded.
    :param data: the file; when it changes, it has to be made anew.
    :param name: its name.
    :param mime: its media type.
    """
    made, place = f"made {name}", st.empty()
    if place.button(text("download.make", what=label), icon=":material/file_save:", key=f"make {name}"):
        st.session_state[made] = data
    if st.session_state.get(made) == data:
        with place:
            download(label, data, name, mime)


def _in_sheet(value: object) -> object:
    if isinstance(value, str):
        cell = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(neutral(value)))
        return cell if len(cell) <= _LONGEST_CELL else cell[: _LONGEST_CELL - len(_CUT)] + _CUT
    if value is None or (isinstance(value, float) and isfinite(value)):
        return value
    # A sheet has 15 digits: an exact number that has more would be another one.
    exact = isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite())
    return value if exact and len(str(value)) <= _DIGITS else str(value)


def _column(values: Sequence[object]) -> pa.Array:
    said = [value for value in values if value is not None]
    for kind, made in ((bool, pa.bool_()), (int, pa.int64())):
        if said and all(type(value) is kind and -(2**63) <= value < 2**63 for value in said):
            return pa.array(values, made)
    return pa.array([None if value is None else str(value) for value in values], pa.string())
