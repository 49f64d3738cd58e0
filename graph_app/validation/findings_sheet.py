"""The sheet of a workbook that lists all findings, with links to their cells."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from graph_app.validation.marks import MOST_COMMENTS, as_text
from graph_app.validation.repairs import repaired
from graph_app.validation.words import severity_word, word
from loaders.findings import LANGUAGES, Finding
from loaders.template.styles import HEADING, HEADING_FILL
from loaders.template.texts import text

__all__ = ["begin_findings", "is_findings_sheet", "write_findings"]

#: Columns of the list and their widths.
_COLUMNS = {"severity": 14, "place": 34, "value": 30, "message": 90, "repaired": 30, "rule": 28}
_LINK = Font(name="Calibri", size=11, underline="single", color="1F4E79")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
#: More links or rows a sheet cannot have; spreadsheet programs refuse the file.
_MOST_LINKS, _MOST_ROWS = 65_000, 1_048_574


def begin_findings(book: Workbook, language: str) -> Worksheet:
    """Put an empty list before the other sheets.

    :param book: the workbook.
    :param language: language of its name.
    """
    sheet: Worksheet = book.create_sheet(text("sheets", "findings")[language], 0)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def is_findings_sheet(sheet: Worksheet) -> bool:
    """Tell whether a sheet is such a list, by its name and its first heading.

    :param sheet: the sheet.
    """
    heads = {word("head.severity", language) for language in LANGUAGES}
    return sheet.title in text("sheets", "findings").values() and sheet["A1"].value in heads


def write_findings(
    sheet: Worksheet,
    findings: Sequence[Finding],
    titles: Mapping[tuple[str, str], str],
    language: str,
    *,
    all_commented: bool,
) -> None:
    """Write the list: findings without a cell first, then the others in their order.

    :param sheet: the empty list.
    :param findings: the findings.
    :param titles: file and sheet that was checked to the name of its sheet in this workbook.
    :param language: language of the words.
    :param all_commented: whether every faulty cell has a comment; a first row says so if not.
    """
    sheet.append([_heading(sheet, word(f"head.{name}", language)) for name in _COLUMNS])
    if not all_commented:
        said = word("uncommented", language, count=MOST_COMMENTS)
        sheet.append([None, None, None, as_text(WriteOnlyCell(sheet), said)])
    first = 2 if all_commented else 3
    linked = [(_target(found, titles), found) for found in findings]
    linked.sort(key=lambda item: bool(item[0]))
    left = _MOST_LINKS
    for number, (target, found) in enumerate(linked[:_MOST_ROWS], start=first):
        row = [as_text(WriteOnlyCell(sheet), said) for said in _row(found, language)]
        row[3].alignment = _WRAPPED
        if target and left:
            left -= 1
            row[1].row, row[1].column = number, 2
            row[1].hyperlink = Hyperlink(ref=row[1].coordinate, location=target)
            row[1].font = _LINK
        sheet.append(row)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{min(len(linked), _MOST_ROWS) + first - 1}"


def _row(found: Finding, language: str) -> tuple[str, ...]:
    return (
        severity_word(found.severity, language),
        found.location.text(language) if found.location else found.focus,
        found.value,
        found.text(language),
        repaired(found),
        found.rule,
    )


def _heading(sheet: Worksheet, name: str) -> Cell:
    cell = as_text(WriteOnlyCell(sheet), name)
    cell.font = HEADING
    cell.fill = HEADING_FILL
    return cell


def _target(found: Finding, titles: Mapping[tuple[str, str], str]) -> str:
    """Return the cell of a finding as a link of the workbook names it, of a row its first one."""
    place = found.location
    title = titles.get((place.file, place.sheet)) if place is not None else None
    if place is None or title is None or place.row is None:
        return ""
    column = place.column if place.column.isalpha() else "A"
    return f"{quote_sheetname(title)}!{column}{place.row}"
