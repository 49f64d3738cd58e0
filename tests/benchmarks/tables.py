"""Results as Markdown tables that can be compared between runs: the machine and versions above, no dates."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

__all__ = ["Table", "machine"]

_PACKAGES = ("pyoxigraph", "oxigraph", "duckdb", "rdflib", "oxrdflib", "pyshacl", "uvicorn")


class Table:
    """A table that grows by a row for each thing measured.

    :param path: file to write when it is finished.
    :param title: its heading.
    :param about: what was measured and how.
    :param columns: its columns.
    """

    def __init__(self, path: Path, title: str, about: str, columns: Sequence[str]) -> None:
        self._path = path
        self._title = title
        self._about = about.strip()
        self._columns = list(columns)
        self._rows: list[tuple[str, ...]] = []
        self._remarks: list[str] = []

    def add(self, *cells: str) -> None:
        """Add a row; cells that are not given stay empty."""
        row = cells + ("",) * (len(self._columns) - len(cells))
        self._rows.append(row)
        # A run takes minutes; who waits sees each row as it comes.
        print(" | ".join(row), flush=True)  # noqa: T201

    def remark(self, text: str) -> None:
        """Add a sentence below the table."""
        self._remarks.append(text)
        print(text, flush=True)  # noqa: T201

    def write(self) -> None:
        """Write the file, unless nothing was measured."""
        if not self._rows:
            return
        lines = [f"# {self._title}", "", machine(), "", self._about, ""]
        lines += [f"| {' | '.join(self._columns)} |", "|---" * len(self._columns) + "|"]
        lines += [f"| {' | '.join(row)} |" for row in self._rows]
        if self._remarks:
            lines += ["", *(f"- {remark}" for remark in self._remarks)]
        self._path.parent.mkdir(exist_ok=True)
        self._path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def machine() -> str:
    """Return what the figures depend on: processor, memory, system, versions."""
    processor = _find(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo")) or platform.machine()
    memory = int(_find(r"MemTotal:\s*(\d+)", Path("/proc/meminfo")) or 0) / 1024**2
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{os.cpu_count()} cores of {processor}, {memory:.0f} GiB of memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; {packages}{_virtuoso()}. Read the ratios; the seconds are this machine's."
    )


def _find(pattern: str, path: Path) -> str:
    found = re.search(pattern, path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1].strip() if found else ""


def _virtuoso() -> str:
    try:
        told = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    found = re.search(r"Version ([\d.]+)", told.stdout + told.stderr)
    return f", Virtuoso {found[1]}" if found else ""
