"""The sheet that explains the workbook: rules, an example of each kind of row, and every column."""

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template.sheets import Column, Sheet, sheets
from loaders.template.styles import BODY, HEADING, HEADING_FILL, TITLE
from loaders.template.texts import examples, rules, text

__all__ = ["explanation", "write_read_me"]

_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (22, 34, 11, 90)


def explanation(column: Column, language: str) -> str:
    """Return what to write in a column.

    :param column: the column.
    :param language: language of the explanation.
    """
    parts = [column.help[language]]
    if column.choices:
        parts.append(text("workbook", "list")[language])
    parts += [
        text("workbook", "refers")[language].format(sheet=sheet.name[language])
        for sheet in sheets()
        if column.reference and sheet.kind == column.reference
    ]
    if column.many:
        parts.append(text("workbook", "many")[language])
    return "\n".join(parts)


def write_read_me(page: Worksheet, language: str) -> None:
    """Fill the sheet.

    :param page: an empty sheet.
    :param language: language of the text.
    """
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.sheet_view.showGridLines = False
    page.append([text("workbook", "title")[language]])
    page["A1"].font = TITLE
    for rule in rules():
        page.append([rule[language]])
        page.merge_cells(start_row=page.max_row, start_column=1, end_row=page.max_row, end_column=len(_WIDTHS))
        _style(page, wrapped=True)
        page.row_dimensions[page.max_row].height = 32
    _examples(page, language)
    _columns(page, language)


def _columns(page: Worksheet, language: str) -> None:
    page.append([])
    _heading(page, [text("workbook", word)[language] for word in ("sheet", "column", "required", "explanation")])
    for sheet in sheets():
        for column in sheet.columns:
            required = text("workbook", "yes")[language] if column.required else ""
            page.append([sheet.name[language], column.heading[language], required, explanation(column, language)])
            _style(page, wrapped=True)


def _examples(page: Worksheet, language: str) -> None:
    by_key = {sheet.key: sheet for sheet in sheets()}
    for example in examples():
        sheet = by_key[example["sheet"]]
        cells: dict[str, str] = example["cells"][language]
        page.append([])
        page.append([f"{text('workbook', 'example')[language]}: {sheet.name[language]}"])
        page.cell(page.max_row, 1).font = Font(name="Calibri", bold=True)
        for name, value in cells.items():
            page.append(["", _column(sheet, name).heading[language], "", value])
            _style(page, wrapped=False)


def _column(sheet: Sheet, name: str) -> Column:
    found = sheet.column(name)
    if found is None:
        raise LookupError(f"The example for {sheet.key} names a column {name} that the sheet does not have.")
    return found


def _heading(page: Worksheet, words: list[str]) -> None:
    page.append(words)
    for cell in page[page.max_row]:
        cell.font = HEADING
        cell.fill = HEADING_FILL


def _style(page: Worksheet, *, wrapped: bool) -> None:
    for cell in page[page.max_row]:
        cell.font = BODY
        cell.number_format = "@"
        if wrapped:
            cell.alignment = _WRAPPED
