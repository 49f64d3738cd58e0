"""Writer of the project's own template as a folder of CSV files, which ``intgraph load`` reads."""

import csv
import shutil
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from loaders.template.sheets import SEPARATOR, sheets
from tests.benchmarks.generator import rows
from tests.benchmarks.generator.plan import Plan

__all__ = ["write_parts", "write_template"]

#: Projects whose descriptions and participations fit a table of the template.
_PART = 20_000

_Row = Mapping[str, str]


def write_template(plan: Plan, folder: Path) -> None:
    """Write all projects of a plan into the sheets of the template.

    One table of the template holds 200,000 rows at most, which are the participations of about 40,000 projects.

    :param plan: the plan.
    :param folder: where to write; made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables: Mapping[str, Iterable[_Row]] = {
        "projects": map(_project, rows.projects(plan)),
        "organisations": map(_organisation, rows.organisations(plan)),
        "participations": map(_participation, rows.participations(plan)),
        "grants": (cells for grant in rows.grants(plan) for cells in _grant(grant)),
        "programmes": map(_programme, rows.programmes(plan)),
    }
    for sheet in sheets():
        if sheet.key not in tables:
            continue
        names = [
            f"{column.kind if column.kind != sheet.kind else ''}.{column.field}.{column.language}"
            for column in sheet.columns
        ]
        with (folder / f"{sheet.key}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.heading["en"] for column in sheet.columns])
            writer.writerows([cells.get(name, "") for name in names] for cells in tables[sheet.key])


def write_parts(plan: Plan, folder: Path, projects: int = _PART) -> None:
    """Write all projects of a plan into folders ``1``, ``2`` …, each small enough to be loaded as a dataset.

    :param plan: the plan.
    :param folder: where to write; made if missing.
    :param projects: most projects of a part.
    """
    whole = folder / "whole"
    write_template(plan, whole)
    parts = -(-plan.projects // projects)
    for path in whole.iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            length = -(-sum(1 for _ in csv.reader(stream)) // parts)
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            head = next(reader)
            for number in range(1, parts + 1):
                target = folder / str(number) / path.name
                target.parent.mkdir(exist_ok=True)
                with target.open("w", encoding="utf-8", newline="") as part:
                    csv.writer(part).writerows([head, *islice(reader, length)])
    shutil.rmtree(whole)


def _project(row: rows.Project) -> _Row:
    return {
        ".id.": row.id,
        ".title.en": row.title_en,
        ".title.cs": row.title_cs,
        ".description.en": row.description_en,
        ".description.cs": row.description_cs,
        ".start.": row.start,
        ".end.": row.end,
        ".status.": row.status,
        ".country.": SEPARATOR.join(row.countries),
        ".target_group.": SEPARATOR.join(row.groups),
        ".theme.": SEPARATOR.join(row.themes),
    }


def _organisation(row: rows.Organisation) -> _Row:
    return {
        ".id.": row.id,
        ".name.en": row.name_en,
        ".name.cs": row.name_cs,
        ".type.": row.type,
        ".seat.": row.seat,
        ".website.": row.website,
        "identifier.scheme.": row.register,
        "identifier.code.": row.code,
    }


def _participation(row: rows.Participation) -> _Row:
    return {".project.": row.project, ".organisation.": row.organisation, ".role.": row.role}


def _grant(row: rows.Grant) -> list[_Row]:
    common = {
        ".id.": row.id,
        ".project.": row.project,
        ".donor.": row.donor,
        ".programme.": row.programme,
        ".recipient.": row.recipient,
        ".number.": row.number,
    }
    return [
        common | {"amount.value.": value, "amount.currency.": currency, "amount.amount_kind.": kind}
        for value, currency, kind in row.amounts
    ]


def _programme(row: rows.Programme) -> _Row:
    return {
        ".id.": row.id,
        ".name.en": row.name_en,
        ".name.cs": row.name_cs,
        ".part_of.": row.part_of,
        ".donor.": row.donor,
    }
