"""Seconds and memory of work done in a process of its own, so that no measurement carries the memory of another."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile

__all__ = ["Failed", "Measure", "folder_size", "peak_memory", "run_command", "run_way", "share"]

_ROOT = Path(__file__).resolve().parents[2]
#: Starts a command and writes down its memory. What the system tells of a child begins with the memory of the process
#: that started it, so this one must be small.
_LAUNCHER = """
import os, sys
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss))
sys.exit(abs(os.waitstatus_to_exitcode(status)))
"""


class Failed(Exception):
    """The work ended with an error; the text is the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one piece of work took.

    :param seconds: wall-clock time, without the start of the interpreter.
    :param peak: most memory in bytes that the process held, with what it mapped; of several processes the largest.
    :param told: what the work said about itself.
    """

    seconds: float
    peak: int
    told: dict[str, float | str]


def run_way(name: str, *args: str | Path) -> Measure:
    """Run one of :mod:`tests.benchmarks.ways` in a new interpreter.

    :param name: its name.
    :param args: its arguments.
    :returns: the seconds that it measured itself, without imports.
    :raises Failed: if it fails.
    """
    measure, output = run_command([sys.executable, "-m", "tests.benchmarks.ways", name, *map(str, args)], _ROOT)
    told = json.loads(output.splitlines()[-1])
    return Measure(told.pop("seconds"), measure.peak, told)


def run_command(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> tuple[Measure, str]:
    """Run a command to its end.

    :param command: the program and its arguments.
    :param folder: folder in which it runs.
    :param environment: variables beside those of this process.
    :returns: what it took, and what it wrote to standard output.
    :raises Failed: if it ends with another code than 0.
    """
    with TemporaryFile() as output, TemporaryFile() as errors, NamedTemporaryFile() as memory:
        start = time.perf_counter()
        code = subprocess.run(
            [sys.executable, "-S", "-c", _LAUNCHER, memory.name, *command],
            check=False,
            cwd=folder,
            stdout=output,
            stderr=errors,
            env=os.environ | (environment or {}),
        ).returncode
        seconds = time.perf_counter() - start
        output.seek(0)
        written = output.read().decode()
        if code:
            errors.seek(0)
            raise Failed(f"{command[0]} ended with {code}: {errors.read().decode()[-2000:]}{written[-500:]}")
        return Measure(seconds, int(memory.read()) * 1024, {}), written


def peak_memory(process: int) -> int:
    """Return the most memory in bytes that a running process has held so far."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(process)


def folder_size(path: Path) -> int:
    """Return the bytes of all files under a folder, each counted once however many names it has."""
    files = {found.stat().st_ino: found.stat().st_size for found in path.rglob("*") if found.is_file()}
    return sum(files.values())


def share(taken: Sequence[float], part: float) -> float:
    """Return the time below which a part of all times lies.

    :param taken: the times.
    :param part: 0.5 for the median, 1.0 for the longest.
    """
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * part))]
