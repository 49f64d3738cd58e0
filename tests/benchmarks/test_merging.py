"""How long it takes until a release holds what was decided on who is who, and until it does so no longer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_parts
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.measure import run_way
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

NUMBERS = (1, 100, 1_000)
ABOUT = f"""
On a release of {PROJECTS:,} projects somebody decides that pairs of organisations are one: seconds until a release with
all of it is current, its store with it where it could be patched; then until the decision is undone. Where much
changes, columns and store are made anew.
"""


def test_merging(make_table: Callable[..., Table], tmp_path: Path) -> None:
    write_parts(make_plan(PROJECTS), tmp_path / "tables")
    run_way("csv_release", tmp_path / "tables", tmp_path / "home")
    measure = run_way("merges", tmp_path / "home", *map(str, NUMBERS))
    table = make_table(
        f"merging-{PROJECTS}",
        f"Who is who on {PROJECTS:,} projects",
        ABOUT,
        ("pairs made one", "seconds", "statements that came or went", "how", "seconds to undo it"),
    )
    for number in NUMBERS:
        seconds, statements, kind, undone = (
            measure.told[f"{number}|{name}"] for name in ("merged", "statements", "kind", "undone")
        )
        table.add(f"{number:,}", f"{float(seconds):.1f}", f"{statements:,}", str(kind), f"{float(undone):.1f}")
    table.remark(f"There are {measure.told['organisations']:,} organisations.")
    table.remark(f"Memory: {measure.peak / 2**20:,.0f} MiB at most.")
