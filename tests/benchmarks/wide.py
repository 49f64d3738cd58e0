"""The generated graph as tables that a person would lay out by hand who knows the questions beforehand.

They bound what can be reached from triples: there is no dictionary of terms, a property of one value is a column,
entities are numbers, and concepts are enumerations.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from loaders.schemes import scheme
from tests.benchmarks.generator import rows
from tests.benchmarks.generator.plan import Plan
from tests.benchmarks.generator.words import COUNTRIES

__all__ = ["write_wide"]

_BATCH = 50_000
#: Name of an enumeration, and the scheme that it holds.
_SCHEMES = {
    "organisation_type": "organisation-types",
    "project_status": "project-statuses",
    "target_group": "target-groups",
    "theme": "themes",
    "role": "roles",
}
#: The precision of a date is the number of letters that it was written with: a year, a month, or a day.
_TABLES = """
CREATE TABLE organisations (
    key INTEGER, id VARCHAR, name VARCHAR, type organisation_type, seat country, website VARCHAR, code VARCHAR
);
CREATE TABLE projects (
    key INTEGER, id VARCHAR, title_en VARCHAR, title_cs VARCHAR, description_en VARCHAR, description_cs VARCHAR,
    begins DATE, ends DATE, precision UTINYINT, status project_status
);
CREATE TABLE project_countries (project INTEGER, country country);
CREATE TABLE project_groups (project INTEGER, target_group target_group);
CREATE TABLE project_themes (project INTEGER, theme theme);
CREATE TABLE participations (project INTEGER, organisation INTEGER, role role);
CREATE TABLE grants (
    project INTEGER, donor INTEGER, recipient INTEGER, currency VARCHAR, awarded DECIMAL(15, 2)
);
"""

_Row = tuple[object, ...]


def write_wide(plan: Plan, path: Path) -> None:
    """Write the tables; memory does not grow with what is written.

    :param plan: the plan of the generated graph.
    :param path: file of the database, which must not exist.
    """
    enumerations = {"country": sorted(code for code, _ in COUNTRIES)}
    enumerations |= {name: [concept.key for concept in scheme(file).concepts] for name, file in _SCHEMES.items()}
    with duckdb.connect(str(path)) as connection:
        for name, keys in enumerations.items():
            listed = ", ".join(f"'{key}'" for key in keys)
            connection.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
        connection.execute(_TABLES)
        _fill(connection, "organisations", _organisations(plan))
        _fill(connection, "projects", _projects(plan))
        for name, place in (("project_countries", 8), ("project_groups", 9), ("project_themes", 10)):
            _fill(connection, name, _values(plan, place))
        _fill(connection, "participations", _participations(plan))
        _fill(connection, "grants", _grants(plan))
        connection.execute("CHECKPOINT")


def _fill(connection: duckdb.DuckDBPyConnection, name: str, found: Iterator[_Row]) -> None:
    while batch := list(islice(found, _BATCH)):
        columns = {f"c{place}": list(column) for place, column in enumerate(zip(*batch, strict=True))}
        connection.register("batch", pa.table(columns))
        connection.sql("FROM batch").insert_into(name)
        connection.unregister("batch")


def _key(id_: str) -> int:
    """Return the number of an entity, which is all there is to its id."""
    return int(id_[1:])


def _organisations(plan: Plan) -> Iterator[_Row]:
    for one in rows.organisations(plan):
        yield _key(one.id), one.id, one.name_en, one.type, one.seat, one.website or None, one.code or None


def _projects(plan: Plan) -> Iterator[_Row]:
    for one in rows.projects(plan):
        yield (
            *(_key(one.id), one.id, one.title_en, one.title_cs, one.description_en, one.description_cs),
            *(date.fromisoformat(f"{one.start}-01-01"[:10]), _last_day(one.end), len(one.start), one.status),
        )


def _last_day(text: str) -> date:
    """Return the last day of a year, a month or a day."""
    year, month = int(text[:4]), int(text[5:7] or 12)
    return date(year, month, int(text[8:] or monthrange(year, month)[1]))


def _values(plan: Plan, place: int) -> Iterator[_Row]:
    return ((_key(one.id), value) for one in rows.projects(plan) for value in one[place])


def _participations(plan: Plan) -> Iterator[_Row]:
    return ((_key(one.project), _key(one.organisation), one.role) for one in rows.participations(plan))


def _grants(plan: Plan) -> Iterator[_Row]:
    for one in rows.grants(plan):
        awarded = next(amount for amount in one.amounts if amount.kind == "awarded")
        yield _key(one.project), _key(one.donor), _key(one.recipient), awarded.currency, awarded.value
