"""What search takes: to index a release, and to answer, as the server does it."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

import pytest

from graph_app.columns.engine import ColumnStore
from graph_app.releases.searched import read_entries
from graph_app.search.build import build_index, change_index
from graph_app.search.find import find
from tests.benchmarks.material import PROJECTS, Published
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

ABOUT = "Milliseconds of 30 answers each in one process, filters counted; and seconds to make the index."
ROUNDS = 30
SEARCHES = (
    ("one frequent word", "integration", {}),
    ("a word of nearly every description", "project", {}),
    ("two words", "local integration", {}),
    ("Czech without accents", "socialni zaclenovani", {}),
    ("misspelt", "intergation projct", {}),
    ("beginning of a word", "integ", {}),
    ("narrowed", "integration", {"year": ["2016"]}),
    ("nothing", "zzzz qqqq", {}),
)


def test_search(published: Published, tmp_path: Path, make_table: Callable[..., Table]) -> None:
    table = make_table(
        f"search-{PROJECTS}", f"Search over {PROJECTS:,} projects", ABOUT, ("what", "median", "p95", "found")
    )
    path = tmp_path / "search.db"
    with closing(ColumnStore.open(published.release / "columns")) as columns:
        began = time.perf_counter()
        count = build_index(path, read_entries(columns))
        table.add("index, seconds", f"{time.perf_counter() - began:.1f}", "", f"{count:,}")
        some = [entry for entry, _ in zip(read_entries(columns), range(20), strict=False)]
    began = time.perf_counter()
    change_index(path, {entry.iri for entry in some}, some)
    table.add("change of 20 entities, seconds", f"{time.perf_counter() - began:.2f}", "", "20")
    table.add("size, MB", f"{path.stat().st_size / 1e6:.0f}", "", "")
    every = []
    for name, text, chosen in SEARCHES:
        taken = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = find(path, text, chosen)
            taken.append((time.perf_counter() - began) * 1000)
        every += taken
        table.add(name, f"{median(taken):.0f}", f"{quantiles(taken, n=20)[-1]:.0f}", f"{found.total:,}")
    table.add("all of these", f"{median(every):.0f}", f"{quantiles(every, n=20)[-1]:.0f}", "")
