"""Records a second and peak memory of every format of which a sample is at hand: real files, or the generator's."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from loaders.errors import SourceError
from loaders.sources import detect
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.measure import Failed, Measure, run_way
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


def samples(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Yield formats, each with the real files of it, the largest first, or a template of the generator."""
    write_template(make_plan(min(PROJECTS, 10_000)), folder / "template")
    yield "template", [folder / "template"]
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(REAL.rglob("*")) if REAL.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and path.stat().st_size >= SMALLEST:
            with suppress(SourceError):
                found[detect(path).source.name].append(path)
    found.pop("template", None)  # tables that nothing recognises
    for name, paths in sorted(found.items()):
        yield name, sorted(paths, key=lambda path: path.stat().st_size, reverse=True)


def with_records(name: str, paths: list[Path]) -> tuple[Path, Measure] | None:
    """Read the first file that holds entities: lists of results, which are left out, give none; others are refused."""
    for path in paths:
        with suppress(Failed):
            found = run_way("read_format", name, path)
            if found.told["records"]:
                return path, found
    return None


def test_formats(make_table: Callable[..., Table], tmp_path: Path) -> None:
    columns = ("format", "file", "MB", "records", "seconds", "records a second", "statements a second", "memory MiB")
    table = make_table("formats", "Formats", ABOUT, columns)
    for name, paths in samples(tmp_path):
        sample = with_records(name, paths)
        if sample is None:
            table.remark(f"{name}: none of {len(paths)} files holds entities.")
            continue
        path, found = sample
        files = [path] if path.is_file() else list(path.iterdir())
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
