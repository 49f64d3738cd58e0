"""One change of one cell, as people make it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from graph_app.stewardship.errors import Refused
from loaders.letters import column_index
from loaders.sources.files import unwritable
from loaders.sources.tables import ENTERED

__all__ = ["LONGEST_TEXT", "Cells", "Edit", "edit_from", "net", "refuse_edit"]

#: Characters that a cell of a spreadsheet can hold.
LONGEST_TEXT = 32_767
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MOST_LETTERS = 3

#: Row and index of the column to the text that stands there.
Cells = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """The text of one cell, before and after.

    A row is deleted by emptying its cells, and added by filling cells below the last one, so that no other row changes
    its number: row 7 stays row 7 of the file that was received.

    :param file: name of the file.
    :param sheet: sheet of a workbook; empty for a CSV file.
    :param row: row of the table, counted from 1 with the header.
    :param column: letter of the column.
    :param old: the text that stood there, as a reader of the file sees it; empty where there was none.
    :param new: the text that shall stand there.
    """

    file: str
    sheet: str
    row: int
    column: str
    old: str
    new: str

    @property
    def cell(self) -> tuple[str, str, int, str]:
        """What two edits of one cell share."""
        return self.file, self.sheet, self.row, self.column

    @property
    def place(self) -> str:
        """The cell as people write it."""
        return f"{self.sheet or self.file}!{self.column}{self.row}"


def edit_from(told: Sequence[object]) -> Edit:
    """Read an edit from what JSON holds of it.

    :param told: its six members in their order.
    :raises ValueError: if it is no edit.
    """
    file, sheet, row, column, old, new = told
    texts = (file, sheet, column, old, new)
    if not isinstance(row, int) or isinstance(row, bool) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"This is no edit: {told!r}")
    return Edit(str(file), str(sheet), row, str(column), str(old), str(new))


def refuse_edit(edit: Edit) -> None:
    """Refuse what no cell can be or hold.

    :param edit: the edit.
    :raises Refused: says why.
    """
    letters = set(edit.column)
    if not letters or not letters <= _LETTERS or len(edit.column) > _MOST_LETTERS or edit.row < 1:
        raise Refused("There is no cell {place}.", place=edit.place)
    if edit.row > (ENTERED.rows or edit.row) or column_index(edit.column) >= ENTERED.columns:
        raise Refused(
            "{place} is beyond the {rows} rows and {columns} columns that are read.",
            place=edit.place,
            rows=ENTERED.rows,
            columns=ENTERED.columns,
        )
    if len(edit.new) > LONGEST_TEXT:
        raise Refused(
            "{place} would hold {count} characters; a cell holds {longest}. Shorten it.",
            place=edit.place,
            count=len(edit.new),
            longest=LONGEST_TEXT,
        )
    sign = unwritable(edit.new) or _half(edit.new)
    if sign:
        raise Refused(
            "{place} would hold the character {sign}, which no file can carry. Type the text anew.",
            place=edit.place,
            sign=sign,
        )


def net(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return what edits come to: each cell once, with its first old and its last new text.

    :param edits: in the order in which they were made.
    :returns: by cell; cells that have their first text again are left out.
    """
    first: dict[tuple[str, str, int, str], Edit] = {}
    last: dict[tuple[str, str, int, str], Edit] = {}
    for edit in edits:
        first.setdefault(edit.cell, edit)
        last[edit.cell] = edit
    both = ((first[cell].old, edit) for cell, edit in last.items())
    changed = (Edit(*edit.cell, old, edit.new) for old, edit in both if old != edit.new)
    return tuple(sorted(changed, key=lambda edit: (*astuple(edit)[:3], len(edit.column), edit.column)))


def _half(text: str) -> str:
    """Name a noncharacter, which XML cannot hold."""
    return next((f"U+{ord(char):04X}" for char in text if char in "\ufffe\uffff"), "")
