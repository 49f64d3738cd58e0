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
store, each made of the same files in a process of its own; of {TURNS} turns the middle one. The whole build makes both,
from N-Quads that are in order already: it sorts, encodes columns, derives, counts, stores; deriving counts with its
columns, since what is derived is encoded meanwhile. Wanted of columns: at most a tenth of the store's size, 60 % more
time to load, and 1 GiB of memory.
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
    text = sum(path.stat().st_size for path in contents)
    whole, encoding = published.measure, float(published.measure.told["columns"])
    table = make_table(
        f"sizes-{PROJECTS}",
        f"{PROJECTS:,} projects as columns and as a store",
        ABOUT,
        ("what", "seconds", "memory MiB", "disk MiB", "columns / it, time", "columns / it, disk"),
    )
    table.add("content as text", "", "", mebibytes(text), "", f"{sizes['columns'] / text:.3f}")
    table.add("**columns**", f"{columns.seconds:,.1f}", mebibytes(columns.peak), mebibytes(sizes["columns"]), "", "")
    table.add(
        "Oxigraph store",
        f"{store.seconds:,.1f}",
        mebibytes(store.peak),
        mebibytes(sizes["store"]),
        f"{columns.seconds / store.seconds:.2f}",
        f"{sizes['columns'] / sizes['store']:.3f}",
    )
    rest = whole.seconds - encoding
    table.add(
        "the whole build, but for its columns", f"{rest:,.1f}", mebibytes(whole.peak), "", f"{encoding / rest:.2f}"
    )
    table.remark(f"The whole build: {whole.told['steps']}; {int(whole.told['statements']):,} statements.")
    table.remark("The memory of the whole build is that of all its steps, columns among them.")


def mebibytes(size: int) -> str:
    return f"{size / 2**20:,.1f}"
