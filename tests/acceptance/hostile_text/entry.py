"""An entry in our own template, each of whose texts is hostile."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["FIELDS", "FIRST", "GROUP", "write_entry"]

#: Texts that meet in one project, whose page shows them all.
GROUP = 16
#: Texts that are in every field in any case.
FIRST = 48
#: Sheet to the columns that hold one text each, all the same.
FIELDS = {
    "organisations": ("Name (en)", "Name (cs)", "Other names (en)", "Description (en)", "Identifier: code"),
    "projects": ("Title (en)", "Title (cs)", "Acronym", "Description (en)"),
    "participations": ("Role in the source", "Description (en)"),
    "grants": ("Number", "Description (en)"),
    "programmes": ("Name (en)", "Other names (en)", "Description (en)"),
    "beneficiaries": ("Description (en)",),
    "outputs": ("Title (en)", "Description (en)"),
    "places": ("Name (en)", "Name (cs)", "Other names (en)"),
    "partnerships": ("Name (en)", "Other names (en)", "Description (en)"),
}
#: Stands between several values of one cell, so that no single value can hold it.
_SEPARATOR = ";"
#: A register must be a code without spaces, which this is.
_REGISTER = "<svg/onload=ran(41)>"


def write_entry(folder: Path, texts: Sequence[str], step: int = 1) -> None:
    """Write the sheets of an entry: organisations of all texts, and a row of each other kind for each text or for some.

    :param folder: a folder that is not there yet.
    :param texts: the texts.
    :param step: how far apart texts are that fill all other fields too; the first of them do so in any case.
    """
    folder.mkdir()
    chosen = [number for number in range(len(texts)) if number < FIRST or number % step == 0]
    rows: dict[str, list[dict[str, str]]] = {sheet: [] for sheet in FIELDS}
    for number in range(len(texts)):
        rows["organisations"].append(
            {"Id": f"o-{number}", "Seat": "Czechia", "Identifier: register": _REGISTER}
            | _said("organisations", texts[number])
        )
    for number in chosen:
        for sheet, row in _rows_of(number).items():
            rows[sheet].append(row | _said(sheet, texts[number]))
        # Once more, where many meet.
        meeting = {"Project": _meeting(number), "Organisation": f"o-{number}", "Role": "partner"}
        rows["participations"].append(meeting | {"Role in the source": texts[number]})
    for meeting in dict.fromkeys(map(_meeting, chosen)):
        met = " ".join(texts[number] for number in chosen if _meeting(number) == meeting)
        rows["projects"].append({"Id": meeting, "Title (en)": met, "Start": "2024", "Countries": "Czechia"})
    for sheet, found in rows.items():
        _write(folder / f"{sheet}.csv", found)


def _rows_of(number: int) -> dict[str, dict[str, str]]:
    """Return the rows around one project, without the texts."""
    meeting = _meeting(number)
    return {
        "projects": {"Id": f"p-{number}", "Start": "2024", "Countries": "Czechia", "Places": f"l-{number}"},
        "participations": {"Project": f"p-{number}", "Organisation": f"o-{number}", "Role": "coordinator"},
        "grants": {"Id": f"g-{number}", "Project": meeting, "Donor": f"o-{number}", "Programme": f"f-{number}"},
        "programmes": {"Id": f"f-{number}", "Donor": f"o-{number}"},
        "beneficiaries": {"Project": f"p-{number}", "Target group": "migrants", "Number": str(number + 1)},
        "outputs": {"Id": f"w-{number}", "Project": meeting},
        "places": {"Id": f"l-{number}", "Country": "Czechia"},
        "partnerships": {"Id": f"s-{number}", "Project": f"p-{number}"},
    }


def _said(sheet: str, text: str) -> dict[str, str]:
    """Return the cells of a row that hold its text."""
    return {name: text for name in FIELDS[sheet] if not (name.startswith("Other names") and _SEPARATOR in text)}


def _meeting(number: int) -> str:
    """Return the project in which a text meets others."""
    return f"all-{number // GROUP}"


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    given = list(rows)
    columns = list(dict.fromkeys(column for row in given for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(given)
