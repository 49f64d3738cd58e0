"""A filled-in template as parts: an organisation with its identifiers, a grant with its amounts, one participation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from loaders.template.sheets import Cells, sheets
from loaders.template.workbook import Rows

__all__ = ["Filled", "Part", "PartRow", "part_rows", "rows_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a sheet, with what further rows of the same id add to it.

    :param cells: what it says of its own kind, the id included; blank cells are left out.
    :param further: what it says of the kind that continues the row, such as the amounts of a grant, one by one.
    """

    cells: Cells = field(default_factory=dict, hash=False)
    further: tuple[Cells, ...] = ()

    @property
    def id(self) -> str:
        """Its id, empty for what has none of its own."""
        return self.cells.get("id", "")

    def with_cell(self, key: str, text: str, further: int | None = None) -> "Part":
        """Return the part with another text in one cell.

        :param key: key of the column.
        :param text: the text, empty for none.
        :param further: which of what continues the row it is of, or ``None`` for the part's own.
        """
        if further is None:
            return replace(self, cells=_with(self.cells, key, text))
        changed = _with(self.further[further], key, text)
        return replace(self, further=(*self.further[:further], changed, *self.further[further + 1 :]))


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in template.

    :param language: language of its sheets, headings and choices.
    :param parts: key of a sheet to its parts, in order; sheets without any may be left out.
    """

    language: str
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict, hash=False)

    def of(self, sheet: str) -> tuple[Part, ...]:
        """Return the parts of a sheet.

        :param sheet: key of the sheet.
        """
        return self.parts.get(sheet, ())

    def with_parts(self, sheet: str, parts: Sequence[Part]) -> "Filled":
        """Return the template with other parts in a sheet.

        :param sheet: key of the sheet.
        :param parts: the parts.
        """
        return replace(self, parts={**self.parts, sheet: tuple(parts)})


class PartRow(NamedTuple):
    """One row of a sheet.

    :param part: which part it belongs to, counted from 0.
    :param further: which of what continues the part it holds, or ``None``.
    :param cells: its cells.
    """

    part: int
    further: int | None
    cells: Cells


def part_rows(parts: Sequence[Part]) -> Iterator[PartRow]:
    """Yield the rows that parts make up; a part without any text makes none.

    :param parts: the parts of one sheet, in order.
    """
    for number, part in enumerate(parts):
        further = [(index, cells) for index, cells in enumerate(part.further) if cells]
        if not further:
            if part.cells:
                yield PartRow(number, None, part.cells)
            continue
        for place, (index, cells) in enumerate(further):
            own = part.cells if place == 0 else {"id": part.id}
            yield PartRow(number, index, {**own, **cells})


def rows_of(filled: Filled) -> Rows:
    """Return the rows of all sheets.

    :param filled: the template.
    """
    return {sheet.key: [row.cells for row in part_rows(filled.of(sheet.key))] for sheet in sheets()}


def _with(cells: Cells, key: str, text: str) -> Cells:
    rest = {name: said for name, said in cells.items() if name != key}
    return {**rest, key: text} if text.strip() else rest
