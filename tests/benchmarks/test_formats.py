"""Records a second and peak memory of every format of which a sample is at hand: real files, or the generator's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.sources import SOURCES
from loaders.sources.look import Look
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.measure import Failed, run_way
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

#: Beside the repository, where there are any.
REAL = Path(__file__).resolve().parents[3] / "shared" / "real-data"
SUFFIXES = frozenset({".csv", ".json", ".xlsx", ".xml", ".yaml"})
#: Smaller files say more about the start than about the format.
SMALLEST = 100_000
ABOUT = """
Each file was read and turned into N-Quads in a process of its own, to no file. A record is what one place of a source
says of one entity. Memory is the most that the process held; 60 MiB of it are the program itself.
"""


def samples(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield format and path: the largest real file of every format, and a template of the generator."""
    write_template(make_plan(min(PROJECTS, 10_000)), folder / "template")
    yield "template", folder / "template"
    largest: dict[str, Path] = {}
    for path in sorted(REAL.rglob("*")) if REAL.is_dir() else ():
        if path.suffix.lower() not in SUFFIXES or path.stat().st_size < SMALLEST:
            continue
        for name, source in SOURCES.items():
            if name == "template" or not source.recognise(Look(path)):
                continue
            if name not in largest or largest[name].stat().st_size < path.stat().st_size:
                largest[name] = path
            break
    yield from sorted(largest.items())


def test_formats(make_table: Callable[..., Table], tmp_path: Path) -> None:
    columns = ("format", "file", "MB", "records", "seconds", "records a second", "statements a second", "memory MiB")
    table = make_table("formats", "Formats", ABOUT, columns)
    for name, path in samples(tmp_path):
        files = [path] if path.is_file() else list(path.iterdir())
        try:
            found = run_way("read_format", name, path)
        except Failed as error:
            table.remark(f"{path.name} as {name}: {str(error).strip().splitlines()[-1]}")
            continue
        records, statements = int(found.told["records"]), int(found.told["statements"])
        table.add(
            name,
            path.name,
            f"{sum(file.stat().st_size for file in files) / 1e6:,.1f}",
            f"{records:,}",
            f"{found.seconds:.1f}",
            f"{records / found.seconds:,.0f}",
            f"{statements / found.seconds:,.0f}",
            f"{found.peak / 2**20:,.0f}",
        )
