"""Repairs of findings as edits, gathered by kind, so that one word accepts them all."""

from collections.abc import Iterable, Mapping

from graph_app.stewardship.edits.model import Edit
from graph_app.validation.marked import placed
from graph_app.validation.repairs import repaired, repaired_cell
from loaders.findings import Finding
from loaders.letters import column_letter

__all__ = ["repairs_by_rule", "without_row"]

#: File and sheet to row to the texts of its cells.
Sheets = Mapping[tuple[str, str], Mapping[int, tuple[str, ...]]]


def repairs_by_rule(findings: Iterable[Finding], sheets: Sheets) -> Mapping[str, tuple[Edit, ...]]:
    """Gather the repairs that follow from the values alone.

    :param findings: what was found.
    :param sheets: what stands in the cells.
    :returns: rule to the edits that accept all its repairs, in reading order; the rule with the most edits first.
    """
    rules: dict[str, list[Edit]] = {}
    for (file, sheet), places in placed(found for found in findings if repaired(found)).items():
        rows = sheets.get((file, sheet), {})
        for (row, column), members in sorted(places.items(), key=lambda place: (place[0][0], place[0][1] or 0)):
            cells = rows.get(row, ())
            if column is None or column >= len(cells):
                continue
            for rule in dict.fromkeys(found.rule for found in members):
                new = repaired_cell(cells[column], [found for found in members if found.rule == rule])
                if new and new != cells[column]:
                    edit = Edit(file, sheet, row, column_letter(column), cells[column], new)
                    rules.setdefault(rule, []).append(edit)
    return {rule: tuple(edits) for rule, edits in sorted(rules.items(), key=lambda item: -len(item[1]))}


def without_row(found: Finding, sheets: Sheets) -> tuple[Edit, ...]:
    """Return the edits that leave a row out: its cells become empty, and no other row changes its number.

    :param found: a finding about the row.
    :param sheets: what stands in the cells.
    """
    place = found.location
    if place is None or place.row is None:
        return ()
    cells = sheets.get((place.file, place.sheet), {}).get(place.row, ())
    return tuple(
        Edit(place.file, place.sheet, place.row, column_letter(index), cell, "")
        for index, cell in enumerate(cells)
        if cell
    )
