"""Many files to N-Quads: one process beside Spark on this machine. The shards have to be the same, byte for byte."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_parts
from tests.benchmarks.material import PROJECTS, ROOT
from tests.benchmarks.measure import run_command
from tests.benchmarks.tables import Table

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
]

#: Folders of tables, each a dataset.
PARTS = 16
#: Turns of each way, which alternate, so that what else the machine does hits all alike; the middle one counts.
TURNS = 3
ABOUT = f"""
{PROJECTS:,} generated projects as {PARTS} folders of CSV files, to sorted N-Quads with the cell of every value. Each
way ran in a process of its own; seconds count from when modules are imported, those of Spark with its start and end.
`local[N]` are N worker processes on this machine; nothing here says how a cluster of several machines does.
"""
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "one process, one file after another": ("in_turn", ()),
    "`intgraph load`: the same, read in a process beside, into inbox and journal": ("load", ()),
    "Spark, `local[1]`": ("on_spark", ("local[1]",)),
    "**Spark, `local[2]`**": ("on_spark", ("local[2]",)),
}


def run(way: str, folder: Path, target: Path, *master: str) -> float:
    """Run a way, and return its seconds."""
    command = [sys.executable, "-m", "tests.benchmarks.spreading", way, str(folder), str(target), *master]
    _, told = run_command(command, ROOT)
    return float(json.loads(told.splitlines()[-1])["seconds"])


def shards(folder: Path) -> dict[str, tuple[str, int]]:
    """Return what the report tells of each shard, its hash and statements, once it is seen that this is its hash."""
    told = {}
    for entry in json.loads((folder / "report.json").read_text(encoding="utf-8"))["datasets"]:
        name, content = f"{entry['load']['dataset']['key']}.nq", entry["content"]
        with (folder / name).open("rb") as shard:
            assert hashlib.file_digest(shard, "sha256").hexdigest() == content["sha256"]
        told[name] = content["sha256"], content["lines"]
    return told


def middle(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


def test_many_files(make_table: Callable[..., Table], tmp_path: Path) -> None:
    columns = ("way", "statements", "seconds", "statements a second", "time / one process")
    table = make_table(f"spreading-{PROJECTS}", f"Many files at once, {PROJECTS:,} projects", ABOUT, columns)
    files, tiny = tmp_path / "files", tmp_path / "tiny"
    write_parts(make_plan(PROJECTS), files, -(-PROJECTS // PARTS))
    write_parts(make_plan(10), tiny)
    took: dict[str, list[float]] = {what: [] for what in WAYS}
    starting, taking = [], []
    for turn in range(TURNS):
        made: dict[str, Path] = {}
        for what, (way, master) in WAYS.items():
            made[what] = tmp_path / f"{turn}-{len(made)}"
            took[what].append(run(way, files, made[what], *master))
        alone, spread = shards(made[next(iter(WAYS))]), made["**Spark, `local[2]`**"]
        assert shards(spread) == alone
        assert len(alone) == PARTS
        starting.append(run("on_spark", tiny, tmp_path / f"{turn}-tiny", "local[2]"))
        taking.append(run("load_converted", spread, tmp_path / f"{turn}-taken"))
        statements = sum(lines for _, lines in alone.values())
        for folder in made.values():
            shutil.rmtree(folder)
    first = middle(took[next(iter(WAYS))])
    for what, seconds in took.items():
        found = middle(seconds)
        table.add(what, f"{statements:,}", f"{found:.1f}", f"{statements / found:,.0f}", f"{found / first:.2f}")
    table.remark(f"Of Spark's seconds, {middle(starting):.1f} are start and end: so long took a file of ten projects.")
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    table.remark(f"Processes that wanted a processor in the last 1, 5 and 15 minutes of it, others' included: {busy}.")
    table.remark(f"`intgraph load --converted` of what Spark made: {middle(taking):.1f} s.")
