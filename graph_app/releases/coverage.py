"""How many projects state which facts, release after release: kept in one table, which outlives the releases."""

import csv
import logging
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from graph_app.columns.algebra.query import read_query
from graph_app.columns.engine import ColumnStore
from graph_app.releases.publish import put
from graph_app.releases.release import Release, releases_folder
from graph_app.settings import Settings
from loaders import resources
from loaders.vocabulary import prefixes

__all__ = ["PROJECTS", "Stated", "coverage_history", "note_coverage"]

#: The fact that every project of a dataset has.
PROJECTS = "project"

_TABLE = "coverage.csv"

logger = logging.getLogger(__name__)


class Stated(NamedTuple):
    """From a release on, so many projects of a dataset state a fact.

    :param release: version of the release.
    :param created: when it was made.
    :param dataset: IRI of the dataset; empty for all of them together.
    :param fact: what is stated, a key of ``graph_app.questions.coverage.FACTS``, or :data:`PROJECTS`.
    :param projects: how many projects state it.
    """

    release: str
    created: datetime
    dataset: str
    fact: str
    projects: int


def note_coverage(release: Release, work: Path) -> None:
    """Note what has changed since the release that was noted last.

    :param release: a release in its place.
    :param work: an empty folder on the same disk.
    :raises ColumnsError: if its columns cannot be read.
    """
    table = release.path.parent / _TABLE
    before = _read(table)
    last = {(one.dataset, one.fact): one.projects for one in before}
    now = _counted(release.columns)
    changed = [
        Stated(release.version, release.created, *key, now.get(key, 0))
        for key in sorted(last.keys() | now.keys())
        if last.get(key, 0) != now.get(key, 0)
    ]
    if changed:
        fresh = work / _TABLE
        with fresh.open("w", encoding="utf-8", newline="") as file:
            written = csv.writer(file, lineterminator="\n")
            written.writerow(Stated._fields)
            written.writerows((*one[:1], one.created.isoformat(), *one[2:]) for one in (*before, *changed))
        put(fresh, table)


def coverage_history(settings: Settings) -> tuple[Stated, ...]:
    """Return the changes of all releases, the earliest first.

    :param settings: where releases are.
    """
    return _read(releases_folder(settings) / _TABLE)


def _counted(columns: Path) -> Mapping[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    with closing(ColumnStore.open(columns)) as store:
        for dataset, fact, projects in _asked(store, "views/coverage.rq"):
            found[dataset, fact] = int(projects)
        for fact, projects, of, *_ in _asked(store, "quality/coverage.rq"):
            found |= {("", PROJECTS): int(of), ("", fact): int(projects)}
    return found


def _asked(store: ColumnStore, name: str) -> list[list[str]]:
    text = (resources.QUERIES / name).read_text(encoding="utf-8")
    rows = store.solutions(read_query(text, prefixes()))
    return [[term.lex if term else "" for term in row] for row in rows]


def _read(table: Path) -> tuple[Stated, ...]:
    if not table.is_file():
        return ()
    try:
        with table.open(encoding="utf-8", newline="") as file:
            return tuple(
                Stated(release, datetime.fromisoformat(created), dataset, fact, int(projects))
                for release, created, dataset, fact, projects in list(csv.reader(file))[1:]
            )
    except (ValueError, csv.Error) as error:
        # It is no part of any release, so a damaged one must not stand in the way of them.
        logger.warning("%s is damaged (%s); it is begun anew with the next release.", table, error)
        return ()
