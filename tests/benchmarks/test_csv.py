"""From CSV files to a release that answers queries, beside morph-kgc on an equal mapping."""

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.rml import MAPPING, write_rml
from tests.benchmarks.generator.template import write_parts
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.measure import Failed, Measure, folder_size, run_command, run_way
from tests.benchmarks.morph import morph_python
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

#: Turns of each way, which alternate, so that what else the machine does hits all alike; the middle one counts. Where a
#: release takes minutes, one is made.
TURNS, RELEASES = 3, 3 if PROJECTS <= 10_000 else 1
ABOUT = f"""
{PROJECTS:,} generated projects as CSV files, to N-Quads and to a release. Each way ran in a process of its own; seconds
of morph-kgc count from its start, those of ours from when its modules are imported. Memory is the most that the process
held, of several processes the largest.

Both sides state the same facts. Ours also says of every value which cell it was read from, keeps the files and checks
them, sorts and hashes what it writes, derives what follows by rule, and ends with a store on disk that outlives the
process; it reads the tables of the template, in parts of at most 20,000 projects, splits cells into values, and
recognises concepts by their names. morph-kgc states no cells; its tables are split and coded for it beforehand, since
RML cannot do that, and what it ends with is in memory, or a text in no order. A release answers SPARQL from its columns
as soon as it is published, and its store follows; the memory is that of both.
"""


@pytest.fixture(scope="module")
def table(make_table: Callable[..., Table]) -> Table:
    columns = ("way", "statements", "seconds", "memory MiB", "disk MiB", "time / morph-kgc", "memory / morph-kgc")
    return make_table(f"csv-{PROJECTS}", f"From CSV to a release, {PROJECTS:,} projects", ABOUT, columns)


def test_csv_to_release(table: Table, tmp_path: Path) -> None:
    plan = make_plan(PROJECTS)
    tables = tmp_path / "tables"
    write_parts(plan, tables)
    ways: dict[str, list[tuple[Measure, int]]] = {"convert": [], "answers": [], "release": [], "file": [], "memory": []}
    try:
        python = morph_python(tmp_path / "morph")
        write_rml(plan, tmp_path / "rml")
        (tmp_path / "rml/run.ini").write_text(
            "[CONFIGURATION]\noutput_file=made.nq\noutput_format=N-QUADS\nnumber_of_processes=2\n"
            f"[tables]\nmappings={MAPPING}\n",
            encoding="utf-8",
        )
    except Failed as error:
        table.remark(f"morph-kgc: left out, it could not be installed: {str(error).splitlines()[-1]}")
        python = None
    facts = 0
    for turn in range(TURNS):
        target, made = tmp_path / "made.nq", tmp_path / "rml/made.nq"
        begin_anew(target)
        measure = run_way("convert", tables, target)
        with target.open("rb") as lines:
            measure.told["statements"] = sum(1 for _ in lines)
        ways["convert"].append((measure, target.stat().st_size))
        if python is not None:
            begin_anew(made)
            measure, _ = run_command([str(python), "-m", "morph_kgc", "run.ini"], tmp_path / "rml")
            ways["file"].append((measure, made.stat().st_size))
            facts = facts or lines_of(made)
        if turn >= RELEASES:
            continue
        measure = run_way("csv_release", tables, tmp_path / "home")
        ways["release"].append((measure, folder_size(tmp_path / "home" / "releases")))
        ways["answers"].append((replace(measure, seconds=float(measure.told["answered"])), 0))
        shutil.rmtree(tmp_path / "home")
        if python is not None:
            script = "import morph_kgc; morph_kgc.materialize_oxigraph('run.ini')"
            measure, _ = run_command([str(python), "-c", script], tmp_path / "rml")
            ways["memory"].append((measure, 0))
    for name, what, other in (
        ("convert", "**ours: tables to N-Quads, with the cell of every value**", "file"),
        ("file", "morph-kgc: tables to N-Quads, with 2 processes", ""),
        ("answers", "**ours: tables to a release that answers queries, from columns on disk**", "memory"),
        ("release", "ours: the same, until its store of triples is on disk too", "memory"),
        ("memory", "morph-kgc: tables to its own store in memory", ""),
    ):
        if not ways[name]:
            continue
        ours, disk = middle(ways[name])
        beside = middle(ways[other])[0] if other and ways[other] else None
        table.add(
            what,
            f"{int(ours.told.get('statements', facts)):,}",
            f"{ours.seconds:.1f}",
            f"{ours.peak / 2**20:,.0f}",
            f"{disk / 2**20:,.0f}" if disk else "–",
            f"{ours.seconds / beside.seconds:.2f}" if beside else "",
            f"{ours.peak / beside.peak:.2f}" if beside else "",
        )
    table.remark(f"The release: {middle(ways['release'])[0].told['steps']}.")


def begin_anew(target: Path) -> None:
    """Take away what an earlier turn wrote, and let the disk come to rest: no way pays for what another has written."""
    target.unlink(missing_ok=True)
    os.sync()


def middle(found: list[tuple[Measure, int]]) -> tuple[Measure, int]:
    """Return the measure of middling time."""
    return sorted(found, key=lambda one: one[0].seconds)[len(found) // 2]


def lines_of(path: Path) -> int:
    """Return the number of different lines: what is said twice is one statement."""
    with path.open("rb") as lines:
        return len({hashlib.blake2b(line.rstrip(b"\n .")).digest()[:12] for line in lines})
