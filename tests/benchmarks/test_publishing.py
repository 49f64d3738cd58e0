"""Small publications on a large graph: from "publish" to the release that readers see, step by step."""

import os
import statistics
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_parts
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.measure import run_way
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

TURNS = 5
KINDS = ("new", "corrected", "undone")
NAMES = {
    "all": "**all, in seconds**",
    "processor": "processor time of it",
    "statements": "statements that came or went",
}
ABOUT = f"""
A steward publishes two projects and three organisations on a release of {PROJECTS:,} projects, then corrects their
titles, then takes the correction back: seconds from the wish to publish what was approved until the new release is
current, its store with it, in a process that runs already, as the page does it. Of {TURNS} turns the middle one of each
step, so that steps need not add up. Processor time is that of all threads, and tells more where the machine has other
work too. The first of all publications has to load modules and shapes, and stands apart.
"""


def test_small_publications(make_table: Callable[..., Table], tmp_path: Path) -> None:
    write_parts(make_plan(PROJECTS), tmp_path / "tables")
    whole = run_way("csv_release", tmp_path / "tables", tmp_path / "home")
    os.sync()
    measure = run_way("small_publications", tmp_path / "home", str(TURNS))
    took: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for name, seconds in measure.told.items():
        kind, turn, step = name.split("|")
        took[step]["first" if (kind, turn) == ("new", "0") else kind].append(float(seconds))
    table = make_table(
        f"publishing-{PROJECTS}",
        f"A small publication on {PROJECTS:,} projects",
        ABOUT,
        ("step", "first of all", *KINDS),
    )
    last = ("all", "processor", "statements")
    for step in (*(step for step in took if step not in last), *last):
        found = [statistics.median(took[step][kind]) if took[step][kind] else None for kind in ("first", *KINDS)]
        digits = 0 if step == "statements" else 2
        name = NAMES.get(step, step)
        table.add(name, *("" if value is None else f"{value:,.{digits}f}" for value in found))
    table.remark(f"The release of all projects took {whole.seconds:,.0f} s: {whole.told['steps']}.")
    table.remark(f"So many processes wanted one of {os.cpu_count()} cores at the end: {os.getloadavg()[1]:.1f}.")
    entries = run_way("check_entries", tmp_path / "home", "30")
    first, median, most = (float(entries.told[name]) * 1000 for name in ("first", "median", "nearly all"))
    table.remark(
        f"Such an entry, of {entries.told['statements']} statements, is checked in {median:.0f} ms (19 of 20 in at most"
        f" {most:.0f} ms, the first in {first:.0f} ms), with what it refers to in the release."
    )
    checked = run_way("check_current", tmp_path / "home")
    table.remark(f"The whole release is checked in {checked.seconds:.1f} s, in {checked.peak / 2**20:,.0f} MiB.")
    table.remark(f"Memory of the process that publishes: {measure.peak / 2**20:,.0f} MiB at most.")
