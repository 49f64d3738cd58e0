"""``intgraph match evaluate``: how right matching is, measured on names of which it is known who they are."""

import csv
import json
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from graph_app.cli.console import err, fail, out, plain, told, write

if TYPE_CHECKING:
    from graph_app.identity.evaluation import Row

__all__ = ["command"]


class Half(StrEnum):
    """Part of the gold data: what is tuned on one half is reported on the other."""

    TUNING = "tuning"
    TEST = "test"
    ALL = "all"


class Format(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def command(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV with an identifier (ref, pic …) and a name, or with left, right and same.", metavar="GOLD.csv"
        ),
    ],
    *,
    half: Annotated[Half, typer.Option("--half", help="Part of the identifiers, drawn by a digest.")] = Half.ALL,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the figures.")] = Format.TABLE,
) -> None:
    """Measure matching on names of which it is known which are of one organisation.

    Told for the strict rules alone, then for the rules with all candidates accepted from a score on: pairs found,
    precision, and recall over all pairs of the file, compared or not. Names that stand under several identifiers count
    neither way. Where the file has identifiers, both with them and by names alone. No release is needed or read.
    """
    with told():
        from graph_app.identity.evaluation import evaluate
        from graph_app.identity.gold import read_gold

        if not file.exists():
            fail(f"There is no file {file}.")
        gold = read_gold(file, half.value)
        if not gold.same:
            fail(f"{file.name}: no two names of this part are of one organisation: nothing can be measured.")
        ways = {"names": gold.without_identifiers()}
        if any(one.described.codes for one in gold.entities):
            ways = {"identifiers and names": gold} | ways
        rows = [_told(way, row) for way, names in ways.items() for row in evaluate(names)]
        err().print(
            plain(f"{len(gold.entities)} names, {len(gold.same)} pairs that are one; {gold.left_out} rows left out.")
        )
        _write(rows, form)


def _told(way: str, row: "Row") -> dict[str, Any]:
    return {
        "by": way,
        "accepted": row.accepted,
        "found": row.found,
        "right": row.right,
        "precision": None if row.precision is None else round(row.precision, 4),
        "recall": None if row.recall is None else round(row.recall, 4),
    }


def _write(rows: list[dict[str, Any]], form: Format) -> None:
    if form is Format.JSON:
        write(json.dumps(rows, indent=2))
    elif form is Format.CSV:
        buffer = StringIO()
        writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write(buffer.getvalue())
    else:
        table = Table("by", "accepted", "found", "right", "precision", "recall")
        for column in table.columns[2:]:
            column.justify = "right"
        for row in rows:
            table.add_row(*("–" if value is None else str(value) for value in row.values()))
        out().print(table)
