"""What columns take beside the store of the same release: disk, seconds and memory."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.material import PROJECTS, Published
from tests.benchmarks.measure import Measure, folder_size, run_way
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

#: Turns of each way, which alternate, so that what else the machine does hits both alike; the middle one counts. Of
#: what takes minutes there is one.
TURNS = 3 if PROJECTS <= 100_000 else 1
ABOUT = f"""
The content of a release of {PROJECTS:,} generated projects, what is derived among it, as columns and as an Oxigraph
store, each made of the same files in a process of its own. The whole build makes both, from N-Quads that are in order
already: it sorts, stores, derives, encodes columns, counts. Wanted of columns: a tenth of the store's size at most, 60 %
more time to load at most, 1 GiB of memory at most.
"""


def test_columns_beside_the_store(published: Published, make_table: Callable[..., Table], tmp_path: Path) -> None:
    contents = sorted((published.release / "content").glob("*.nq"))
    took: dict[str, list[Measure]] = {"store": [], "columns": []}
    sizes = {}
    for _ in range(TURNS):
        for way, measures in took.items():
            target = tmp_path / way
            measures.append(run_way(way, target, *contents))
            sizes[way] = folder_size(target)
            shutil.rmtree(target)
    store, columns = (sorted(found, key=lambda one: one.seconds)[len(found) // 2] for found in took.values())
    whole = published.measure
    encoding = float(whole.told["columns"])
    table = make_table(
        f"sizes-{PROJECTS}",
        f"Size of {PROJECTS:,} projects as columns",
        ABOUT,
        ("what", "seconds", "memory MiB", "disk MiB", "columns / it, time", "columns / it, disk"),
    )
    text = sum(path.stat().st_size for path in contents)
    table.add("content as text", "–", "–", f"{text / 2**20:,.1f}", "–", f"{sizes['columns'] / text:.3f}")
    for what, one, size, seconds in (
        ("**columns**", columns, sizes["columns"], columns.seconds),
        ("Oxigraph store", store, sizes["store"], columns.seconds),
        ("the whole build without columns", whole, 0, encoding),
    ):
        total = one.seconds - encoding if one is whole else one.seconds
        table.add(
            what,
            f"{total:,.1f}",
            f"{one.peak / 2**20:,.0f}",
            f"{size / 2**20:,.1f}" if size else "–",
            f"{seconds / total:.2f}",
            f"{sizes['columns'] / size:.3f}" if size else "–",
        )
    table.remark(f"The whole build: {whole.told['steps']}; {int(whole.told['statements']):,} statements.")
    table.remark(f"{TURNS} turns each.")
