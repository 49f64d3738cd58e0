"""One row of a CORDIS table: its cells by what they hold, in the forms that CORDIS declares."""

import re
from collections import Counter

from loaders.letters import column_letter
from loaders.records import Cell, SourceRef
from loaders.sources.cordis.layouts import Header
from loaders.sources.tables import Row, Table

__all__ = ["Entry"]

#: CORDIS never groups thousands: a comma is the decimal sign, as a point is, sometimes in the same row.
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_DAY_FIRST = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00)?")
#: An address as people say it: a host with at least two parts, and perhaps a path.
_BARE_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+(?:[/?#]\S*)?")


class Entry:
    """One row.

    :param table: its table.
    :param header: the headings of the table.
    :param row: the row.
    :param dataset: key of the dataset.
    :param readings: counts the declared readings that change a text, by their rule of ``messages/``.
    """

    def __init__(self, table: Table, header: Header, row: Row, dataset: str, readings: Counter[str]) -> None:
        self.source = SourceRef(dataset, table.file, table.sha256, table.sheet, row=row.number, line=row.line)
        self._header = header
        self._row = row
        self._readings = readings

    def cell(self, name: str, language: str = "") -> Cell | None:
        """Return what the row says, or ``None`` where it is silent.

        :param name: what a column holds, as ``layouts.yaml`` calls it.
        :param language: BCP 47 tag of the text, for prose.
        """
        for index in self._header.columns.get(name, ()):
            text = self._row.cells[index].strip() if index < len(self._row.cells) else ""
            if text.casefold() not in self._header.layout.missing:
                return Cell(text, column_letter(index), self._row.line, language)
        return None

    def text(self, name: str) -> str:
        """Return the text of a cell, or an empty string where the row is silent."""
        found = self.cell(name)
        return found.text if found is not None else ""

    def amount(self, name: str) -> Cell | None:
        """Return a cell with a number, its comma read as the decimal sign."""
        found = self.cell(name)
        if found is None or _COMMA.fullmatch(found.text) is None:
            return found
        return self._read(found, found.text.replace(",", "."), "cordis-decimal-comma")

    def date(self, name: str) -> Cell | None:
        """Return a cell with a date, read as the layout writes dates."""
        found = self.cell(name)
        if found is None:
            return None
        if self._header.layout.day_first and (match := _DAY_FIRST.fullmatch(found.text)) is not None:
            day, month, year = match.groups()
            return self._read(found, f"{year}-{month}-{day}", "cordis-day-first")
        match = _MIDNIGHT.fullmatch(found.text)
        return found._replace(text=match[1], source=found.text) if match is not None else found

    def address(self, name: str) -> Cell | None:
        """Return a cell with a web address; CORDIS often leaves out its beginning."""
        found = self.cell(name)
        if found is None or _BARE_ADDRESS.fullmatch(found.text) is None:
            return found
        return self._read(found, f"http://{found.text}", "cordis-bare-address")

    @property
    def project(self) -> tuple[str, ...]:
        """What the row says of its project, as written."""
        return tuple(self._row.cells[index] for index in self._header.project if index < len(self._row.cells))

    @property
    def personal(self) -> bool:
        """Whether the row holds anything in the columns about natural persons."""
        cells = self._row.cells
        return any(cells[index].strip() for index in self._header.personal if index < len(cells))

    def _read(self, cell: Cell, text: str, rule: str) -> Cell:
        self._readings[rule] += 1
        return cell._replace(text=text, source=cell.text)
