"""Writer of plain tables with an RML mapping, for converters of other makers.

The tables give the mapping what RML itself cannot do: see the head of ``mapping.ttl``. So nothing is left out, and what
a converter makes of them can be compared with the N-Quads line by line.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.benchmarks.generator import rows
from tests.benchmarks.generator.nquads import DATASET, SOURCE_FILE, organisation_record, record_names, source_hash
from tests.benchmarks.generator.plan import Plan

__all__ = ["MAPPING", "write_rml"]

#: Name of the mapping within the folder.
MAPPING = "mapping.ttl"

_PRECISIONS = (10, 7, 4)
_DATE_COLUMNS = "start_day start_month start_year end_day end_month end_year"


def write_rml(plan: Plan, folder: Path) -> None:
    """Write tables and mapping of a plan.

    :param plan: the plan.
    :param folder: where to write; made if missing. The mapping names its tables relative to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mapping = Path(__file__).with_name(MAPPING).read_text(encoding="utf-8")
    (folder / MAPPING).write_text(mapping.replace("HASH", source_hash(plan)[-16:]), encoding="utf-8")
    for name, (head, lines) in _tables(plan).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(head.split())
            writer.writerows(lines)


def _tables(plan: Plan) -> dict[str, tuple[str, Iterable[Iterable[str]]]]:
    known = source_hash(plan)
    return {
        "dataset": ("key title_en title_cs publisher licence", [_dataset()]),
        "projects": (
            f"id title_en title_cs description_en description_cs {_DATE_COLUMNS} status",
            ((*row[:5], *_dates(row.start), *_dates(row.end), row.status) for row in rows.projects(plan)),
        ),
        "project-countries": (
            "project country",
            ((row.id, one) for row in rows.projects(plan) for one in row.countries),
        ),
        "project-groups": ("project group", ((row.id, one) for row in rows.projects(plan) for one in row.groups)),
        "project-themes": ("project theme", ((row.id, one) for row in rows.projects(plan) for one in row.themes)),
        "organisations": (
            "id name_en name_cs type seat website register code record",
            ((*row, organisation_record(number)) for number, row in enumerate(rows.organisations(plan))),
        ),
        "participations": ("project organisation role", rows.participations(plan)),
        "grants": ("id project donor programme recipient number", (row[:6] for row in rows.grants(plan))),
        "amounts": (
            "grant project value currency kind",
            ((row.id, row.project, *amount) for row in rows.grants(plan) for amount in row.amounts),
        ),
        "programmes": ("id name_en name_cs part_of donor", rows.programmes(plan)),
        "records": ("name", ((name,) for name in record_names(plan))),
        "files": ("id file hash", [(known[-16:], SOURCE_FILE, known)]),
    }


def _dataset() -> tuple[str, ...]:
    return (DATASET.key, DATASET.title["en"], DATASET.title["cs"], DATASET.publisher, DATASET.licence)


def _dates(date: str) -> Iterator[str]:
    """Yield a date in the column of its precision, the other columns empty."""
    for length in _PRECISIONS:
        yield date if len(date) == length else ""
