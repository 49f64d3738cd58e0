"""Findings of a check at the fields of the form that they are about."""

from collections.abc import Mapping, Sequence

from graph_app.stewardship.form import Spot
from loaders.findings import Finding
from loaders.letters import column_index
from loaders.model import ENTITIES
from loaders.template.filled import Filled, part_rows
from loaders.template.sheets import Sheet, columns_of, sheets

__all__ = ["at_fields"]


def at_fields(filled: Filled, findings: Sequence[Finding]) -> Mapping[Spot, Sequence[Finding]]:
    """Find the field that each finding is about.

    :param filled: what was checked.
    :param findings: what was found in the workbook that it makes.
    :returns: fields to their findings; what is about a part or the whole entry stands at a spot without key or sheet.
    """
    found: dict[Spot, list[Finding]] = {}
    for one in findings:
        found.setdefault(_spot(filled, one), []).append(one)
    return found


def _spot(filled: Filled, found: Finding) -> Spot:
    place = found.location
    if place is None or place.row is None:
        return Spot("", 0)
    for sheet in sheets():
        rows = list(part_rows(filled.of(sheet.key)))
        if place.sheet == sheet.name[filled.language] and 2 <= place.row < len(rows) + 2:
            row = rows[place.row - 2]
            columns = columns_of(sheet, [one.cells for one in rows])
            at = columns[column_index(place.column)] if place.column else None
            key = at.key if at is not None else _missing(sheet, found)
            own = any(column.key == key and column.kind == sheet.kind for column in columns)
            if not own and row.further is None:  # what is missing of an amount that nobody began
                key = ""
            return Spot(sheet.key, row.part, None if own else row.further, "" if key == "id" else key)
    return Spot("", 0)


def _missing(sheet: Sheet, found: Finding) -> str:
    """Return the key of the column where what a finding misses would stand; empty for a part as a whole."""
    for kind in filter(None, (sheet.kind, sheet.further)):
        named = {field.name for field in ENTITIES[kind].fields if str(field.path) == found.path and field.entered}
        for column in sheet.columns:
            if column.kind == kind and column.field in named:
                return column.key
    return ""
