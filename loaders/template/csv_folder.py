"""The template as a folder of CSV files."""

import csv
from pathlib import Path

from loaders.template.sheets import sheets

__all__ = ["write_csv_folder"]


def write_csv_folder(folder: Path, language: str) -> tuple[Path, ...]:
    """Write one CSV file a sheet, with its headings only.

    The files begin with a byte order mark, without which spreadsheets would guess another encoding.

    :param folder: where to write; made if missing.
    :param language: language of the headings.
    :returns: the files, in the order of the sheets.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in sheets():
        path = folder / f"{sheet.key}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerow([column.heading[language] for column in sheet.columns])
        written.append(path)
    return tuple(written)
