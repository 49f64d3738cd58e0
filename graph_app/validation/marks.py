"""How a cell of a workbook is marked: a colour, a comment, and text that stays text."""

import re
from collections.abc import Sequence
from math import ceil

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from graph_app.validation.repairs import repaired_cell
from graph_app.validation.words import severity_word, word
from loaders.findings import SEVERITY_RANK, Finding, Severity

__all__ = ["AUTHOR", "MOST_COMMENTS", "Marker", "as_text", "earlier_comment", "resize"]

#: Who signs the comments, by which a later check knows them.
AUTHOR = "Integration Graph: findings"

_FILLS = {
    Severity.VIOLATION: PatternFill("solid", fgColor="F6B8B1"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
    Severity.INFO: PatternFill("solid", fgColor="D6E6F4"),
}
#: Characters that a cell may hold; a spreadsheet program refuses a file with more.
_MOST_CHARACTERS = 32_767
_MOST_FINDINGS = 20
#: With more comments a spreadsheet program takes minutes to open a file, if it does.
MOST_COMMENTS = 20_000
#: Stands between our comment and the one that was there before.
_BEFORE = "\n――――――――\n"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_FORMAT = "@"
#: Size of comments, in pixels, and letters that fit into a line of theirs.
_WIDTH, _LINE_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT, _LINE = 340, 18, 60, 500, 50


def as_text(cell: Cell, text: str) -> Cell:
    """Write a text into a cell so that no program takes it for a formula, number or date.

    :param cell: the cell.
    :param text: the text; what a workbook cannot hold is replaced or cut.
    :returns: the cell.
    """
    if text:
        cell.value = _writable(text)
        cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    return cell


class Marker:
    """Marks the cells of a workbook.

    :param language: language of the comments.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._left = MOST_COMMENTS
        #: Whether a cell was coloured and has no comment, since there are too many.
        self.full = False

    def mark(self, cell: Cell, findings: Sequence[Finding]) -> None:
        """Colour a cell by its gravest finding, and say all of them and the repaired cell in its comment.

        A comment that the cell has stays below.

        :param cell: the cell.
        :param findings: at least one finding.
        """
        ordered = sorted(findings, key=lambda found: SEVERITY_RANK[found.severity])
        cell.fill = _FILLS[ordered[0].severity]
        if not self._left:
            self.full = True
            return
        self._left -= 1
        text = self._said(ordered)
        mended = repaired_cell(str(cell.value or ""), ordered)
        if mended:
            text += f"\n→ {mended}"
        if cell.comment is not None:
            text += _BEFORE + cell.comment.text
        cell.comment = Comment(_writable(text), AUTHOR)
        resize(cell.comment)

    def _said(self, findings: Sequence[Finding]) -> str:
        language = self._language
        said = []
        for found in findings[:_MOST_FINDINGS]:
            severity = severity_word(found.severity, language)
            said.append(f"{severity[0].upper()}{severity[1:]}: {found.text(language)}")
        if len(findings) > _MOST_FINDINGS:
            said.append(word("further", language, count=len(findings) - _MOST_FINDINGS))
        return "\n\n".join(said)


def earlier_comment(comment: Comment) -> Comment | None:
    """Return what a comment of ours says of the one that was there before.

    :param comment: a comment that a :class:`Marker` made.
    """
    text = comment.text.partition(_BEFORE)[2]
    return Comment(text, "") if text else None


def resize(comment: Comment) -> None:
    """Give a comment a box that its text fits into.

    :param comment: the comment.
    """
    lines = sum(max(1, ceil(len(line) / _LINE)) for line in comment.text.splitlines())
    comment.width = _WIDTH
    comment.height = min(max(_LEAST_HEIGHT, (lines + 1) * _LINE_HEIGHT), _MOST_HEIGHT)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)[:_MOST_CHARACTERS]
