"""When the work of a grant was planned and when it took place."""

import re
from collections.abc import Generator
from typing import NamedTuple

from loaders.errors import ValueFault
from loaders.findings import Finding, finding
from loaders.normalise.dates import partial_date
from loaders.records import Cell
from loaders.sources.threesixty.given import Fields, filled
from loaders.sources.threesixty.parts import Part, place_of

__all__ = ["periods"]

#: Fields of the project to the list of the grant and the field of its items.
_DATES = {
    "planned_start": ("plannedDates", "startDate"),
    "planned_end": ("plannedDates", "endDate"),
    "actual_start": ("actualDates", "startDate"),
    "actual_end": ("actualDates", "endDate"),
}
_MONTHS = re.compile(r"([0-9]{1,4})(?:\.0+)?")


class _Dated(NamedTuple):
    lexical: str
    cell: Cell


def periods(grant: Part) -> Generator[Finding, None, Fields]:
    """Return the dates of the project: of several periods the first start and the last end.

    Its start and end are the actual ones, or else those that were planned.

    :param grant: the grant.
    :returns: the fields of the project; a finding where a list has several periods.
    """
    fields: dict[str, Cell | None] = {}
    for name, (events, field) in _DATES.items():
        cells = [part.beside(cell, grant) for part in grant.parts.get(events, ()) if (cell := part.cell(field))]
        read = sorted(_read(cells), key=lambda dated: dated.lexical)
        if read:
            fields[name] = (read[0] if field == "startDate" else read[-1]).cell
        elif cells:
            fields[name] = cells[0]  # the mapping says why it is no date
    for end in ("start", "end"):
        known = [cell for name in (f"actual_{end}", f"planned_{end}") if (cell := fields.get(name)) is not None]
        fields[end] = next((dated.cell for dated in _read(known)), None)
    for events in ("actualDates", "plannedDates"):
        parts = grant.parts.get(events, ())
        months = [part.beside(cell, grant) for part in parts if (cell := part.cell("duration"))]
        if len(parts) == 1 and months:
            fields.setdefault("duration", _duration(months[0]))
        elif len(parts) > 1:
            yield finding("threesixty-several-periods", place_of(parts[1].source), field=events, periods=len(parts))
    return filled(fields)


def _read(cells: list[Cell]) -> list[_Dated]:
    """Return the cells that hold a date, with its ISO 8601 form."""
    found = []
    for cell in cells:
        try:
            found.append(_Dated(partial_date(cell.text)[0], cell))
        except ValueFault:
            continue  # the mapping says why, at the field that has the cell
    return found


def _duration(cell: Cell) -> Cell:
    match = _MONTHS.fullmatch(cell.text.strip())
    return cell if match is None else cell._replace(text=f"P{int(match[1])}M", source=cell.text)
