"""Workbooks with some cells changed: only those cells are written anew in the XML of their sheets.

A library that reads a workbook and writes it again would lose the results of formulas, drawings and whatever else it
does not know; here every other part of the archive stays byte for byte.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from lxml import etree

from graph_app.stewardship.edits.model import Cells
from graph_app.stewardship.errors import Refused
from loaders.letters import column_index, column_letter
from loaders.sources.files import read_file
from loaders.sources.xlsx_guard import check_workbook

__all__ = ["write_workbook"]

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOOK, _BOOK_RELATIONS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
#: The order in which formulas are computed; a program refuses one that names a cell without a formula.
_CHAIN = "calcChain"
_LETTERS = re.compile("[A-Z]+")


def write_workbook(source: Path, sheets: Mapping[str, Cells], target: Path) -> None:
    """Write a workbook with some cells changed into texts.

    :param source: the workbook as it was received.
    :param sheets: name of the sheet to its changed cells.
    :param target: the file to write.
    :raises SourceError: if it is no workbook that may be read.
    :raises Refused: if it has no such sheet, or is written in a way that cannot be changed here.
    """
    check_workbook(read_file(source))
    with zipfile.ZipFile(source) as archive:
        parts = _sheet_parts(archive)
        if missing := sheets.keys() - parts.keys():
            raise Refused("{name} has no sheet {sheet}.", name=source.name, sheet=min(missing))
        changed: dict[str, bytes] = {}
        formulas = False
        for name, cells in sheets.items():
            sheet = _parsed(archive, parts[name])
            formulas |= _change(sheet, cells)
            changed[parts[name]] = _written(sheet)
        if formulas:
            changed |= _without_chain(archive)
        with zipfile.ZipFile(target, "w") as copy:
            for part in archive.infolist():
                if not (formulas and PurePosixPath(part.filename).stem == _CHAIN):
                    content = changed.get(part.filename)
                    copy.writestr(part, archive.read(part) if content is None else content, part.compress_type)


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(part), parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise Refused(
            "The workbook lacks a sound part {part}. Save it anew in a spreadsheet program.", part=part
        ) from error


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each sheet with the part of the archive that holds it."""
    targets = {str(relation.get("Id")): str(relation.get("Target")) for relation in _parsed(archive, _BOOK_RELATIONS)}
    parts: dict[str, str] = {}
    for sheet in _parsed(archive, _BOOK).iter("{*}sheet"):
        target = targets.get(str(sheet.get(_RELATIONS)), "")
        parts[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _change(sheet: etree._Element, cells: Cells) -> bool:
    """Write cells into a sheet; returns whether one of them had a formula."""
    data = sheet.find("{*}sheetData")
    if data is None:
        raise Refused("A sheet of the workbook holds no cells at all. Save it anew in a spreadsheet program.")
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        rows.setdefault(row, {})[column] = text
    places = dict(_numbered(data))
    formulas = False
    for number in sorted(rows):
        if number not in places:
            places[number] = etree.Element(_named(data, "row"), r=str(number))
            data.insert(sum(1 for known in places if known < number), places[number])
        formulas |= _change_row(places[number], number, rows[number])
    if (size := sheet.find("{*}dimension")) is not None:
        sheet.remove(size)  # it is there for hurried readers only, and may be too small now
    return formulas


def _change_row(row: etree._Element, number: int, changed: Mapping[int, str]) -> bool:
    cells = dict(_lettered(row))
    formulas = False
    for column in sorted(changed):
        if column not in cells:
            cells[column] = etree.Element(_named(row, "c"), r=f"{column_letter(column)}{number}")
            row.insert(sum(1 for known in cells if known < column), cells[column])
        cell = cells[column]
        if (formula := cell.find("{*}f")) is not None:
            formulas = True
            _free(formula)
        _write(cell, changed[column])
    row.attrib.pop("spans", "")
    return formulas


def _write(cell: etree._Element, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, "")
    if text:
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, _named(cell, "is")), _named(cell, "t"))
        inner.set(_XML_SPACE, "preserve")
        inner.text = text


def _free(formula: etree._Element) -> None:
    """Leave the results of cells that share a formula, which is written in one of them only."""
    shared = formula.get("si")
    if formula.get("t") == "shared" and formula.text and shared is not None:
        root = formula.getroottree().getroot()
        for other in [other for other in root.iter("{*}f") if other.get("si") == shared and other is not formula]:
            parent = other.getparent()
            if parent is not None:
                parent.remove(other)


def _numbered(data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    number = 0
    for row in data.iterchildren("{*}row"):
        number = int(row.get("r") or number + 1)
        yield number, row


def _lettered(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = -1
    for cell in row.iterchildren("{*}c"):
        letters = _LETTERS.match(cell.get("r") or "")
        column = column_index(letters[0]) if letters else column + 1
        yield column, cell


def _named(near: etree._Element, name: str) -> str:
    space = etree.QName(near).namespace
    return f"{{{space}}}{name}" if space else name


def _without_chain(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the parts that name the order of formulas, without it; programs make it anew."""
    changed: dict[str, bytes] = {}
    for part, member in ((_BOOK_RELATIONS, "Target"), (_TYPES, "PartName")):
        root = _parsed(archive, part)
        for child in list(root):
            if PurePosixPath(child.get(member) or "").stem == _CHAIN:
                root.remove(child)
        changed[part] = _written(root)
    return changed
