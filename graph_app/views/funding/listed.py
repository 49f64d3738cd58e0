"""Tables of the page, with the same rows as CSV and as a workbook."""

from collections.abc import Sequence

from graph_app.components.downloads import XLSX, as_xlsx, download
from graph_app.components.links import Reference
from graph_app.components.listing import Entry, draw_listing

__all__ = ["list_rows"]

#: Columns of all tables that hold sums of money.
_SUMS = frozenset({"euros", "value", "given", "received", "medianEuros"})
#: Columns that hold shares of one.
_SHARES = frozenset({"shortShare"})


def list_rows(columns: Sequence[str], rows: Sequence[Sequence[Entry]], *, name: str) -> None:
    """Draw a table and its downloads.

    :param columns: keys of the headings.
    :param rows: the cells.
    :param name: name of the table and of its files.
    """
    draw_listing(columns, rows, name=name, money=_SUMS, shares=_SHARES)
    plain = [[cell.label if isinstance(cell, Reference) else cell for cell in row] for row in rows]
    download("XLSX", lambda: as_xlsx(columns, plain), f"{name}.xlsx", XLSX)
