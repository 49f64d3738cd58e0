"""Tables as files. Spreadsheets run cells that start like a formula, so those get an apostrophe before them."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from io import StringIO

import streamlit as st

from graph_app.components.texts import text

__all__ = ["as_csv", "as_json", "download", "neutral"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
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
