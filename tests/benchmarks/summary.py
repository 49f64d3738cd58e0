"""One page of all results: the ratios that matter, and how cost grows with the number of projects."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

__all__ = ["PAGE", "RESULTS", "Result", "read_result", "summary", "write_summary"]

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "results", HERE / "RESULTS.md"

#: Name of results that exist for several numbers of projects, to the columns of which growth is told.
_GROWING: Mapping[str, Sequence[str]] = {
    "csv": ("seconds", "memory MiB"),
    "loading": ("seconds", "memory MiB"),
    "publishing": ("new", "corrected"),
    "queries": ("ours", "oxigraph", "virtuoso"),
    "columns": ("columns", "oxigraph", "virtuoso", "limit"),
    "sizes": ("seconds", "disk MiB"),
    "checking": ("seconds",),
    "network": ("seconds",),
    "search": ("median", "p95"),
    "funding": ("p95, ms",),
    "vocabulary": ("p95, ms",),
    "merging": ("seconds",),
    "spreading": ("seconds",),
    "library": ("again, ms",),
}
_FILE = re.compile(r"(?P<name>.+?)(?:-(?P<size>\d{4,}))?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HEAD = """# Results

Made of the tables in `results/` whenever benchmarks have run; nothing here is written by hand. Each table was measured
in one run on one machine, which stands in its file with the versions. Compare figures within a table: ratios hold on
other machines, seconds do not. Tables of different sizes may come from different days and machines, so that growth is
told roughly.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """A table of results.

    :param path: its file.
    :param title: its heading.
    :param machine: machine and versions.
    :param columns: headings of its columns.
    :param rows: its cells.
    """

    path: Path
    title: str
    machine: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        """What was measured."""
        return str(self._parts()["name"])

    @property
    def size(self) -> int:
        """Number of projects in what was measured; 0 where the file is of one size only."""
        return int(self._parts()["size"] or 0)

    def _parts(self) -> "re.Match[str]":
        found = _FILE.fullmatch(self.path.stem)
        assert found is not None
        return found


def read_result(path: Path) -> Result:
    """Read a table that :class:`tests.benchmarks.tables.Table` has written.

    :param path: its file.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    table = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if line.startswith("| ")]
    return Result(path, lines[0].removeprefix("# "), lines[2], table[0], tuple(table[1:]))


def summary(results: Iterable[Result]) -> str:
    """Write the page.

    :param results: all tables.
    """
    known = sorted(results, key=lambda one: (one.name, one.size))
    lines = [_HEAD, "## In short", "", "Of each table the rows that are about this program, beside their ratios.", ""]
    for result in known:
        lines += _short(result)
    lines += ["", "## How cost grows", ""]
    for name, columns in _GROWING.items():
        lines += _growth([one for one in known if one.name == name and one.size], columns)
    lines += ["## All tables", "", "| table | machine and versions |", "|---|---|"]
    lines += [f"| {_link(one)} | {one.machine.partition('. Read')[0]} |" for one in known]
    return "\n".join(lines) + "\n"


def write_summary() -> None:
    """Make the page anew from the tables."""
    PAGE.write_text(summary(map(read_result, RESULTS.glob("*.md"))), encoding="utf-8")


def _link(result: Result) -> str:
    return f"[{result.title}](results/{result.path.name})"


def _short(result: Result) -> list[str]:
    told = []
    for row in result.rows:
        if row[0].startswith("**"):
            cells = [f"{column} {cell}" for column, cell in zip(result.columns[1:], row[1:], strict=False) if cell]
            told.append(f"  - {row[0].replace('**', '')}: {', '.join(cells)}")
    return [f"- {_link(result)}", *told] if told else []


def _growth(results: Sequence[Result], columns: Sequence[str]) -> list[str]:
    """Tell rows that all sizes have beside one another, each with the times it grew from the size before."""
    if len(results) < 2:
        return []
    lines = [f"### {_NUMBER.sub('N', results[0].title)}", ""]
    for column in columns:
        tables = [_values(result, column) for result in results]
        shared = [key for key in tables[0] if all(key in table for table in tables)]
        if not shared:
            continue
        heads = [f"{results[0].size:,}"]
        for result in results[1:]:
            heads += [f"{result.size:,}", "times"]
        lines += [f"| {column} | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
        for key in shared:
            values = [table[key] for table in tables]
            cells = [f"{values[0]:,g}"]
            for before, after in pairwise(values):
                cells += [f"{after:,g}", f"{after / before:.1f}" if before else ""]
            lines.append(f"| {key} | {' | '.join(cells)} |")
        lines.append("")
    return lines


def _values(result: Result, column: str) -> dict[str, float]:
    """Return the numbers of a column by what each row is about; rows are alike but for the numbers in them."""
    if column not in result.columns:
        return {}
    place = result.columns.index(column)
    found: dict[str, float] = {}
    twice = set()
    for row in result.rows:
        key = _NUMBER.sub("N", row[0].replace("**", ""))
        cell = row[place].replace(",", "") if place < len(row) else ""
        if key in found:
            twice.add(key)
        if _NUMBER.fullmatch(cell):
            found[key] = float(cell)
    return {key: value for key, value in found.items() if key not in twice}
