"""Fuzz the readers, each for a while: ``python -m tests.fuzz.fuzz [FORMAT …] --seconds 60``."""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.acceptance.hostile.bases import BASES

#: Corpus and failures of each base; the next run goes on from there.
FOLDER = Path(__file__).resolve().parents[2] / ".fuzz"
#: Seconds and megabytes that one input may take, on a machine that others use too.
LIMITS = ("-timeout=30", "-rss_limit_mb=700")


def fuzz(name: str, seconds: int) -> list[str]:
    """Fuzz one base in a process of its own, and tell how that went.

    :param name: name of the base.
    :param seconds: how long.
    :returns: its failures, in words.
    """
    folder = FOLDER / name
    flags = (f"-max_total_time={seconds}", "-print_final_stats=1", "-max_len=200000", *LIMITS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.target", name, folder, *flags, f"-artifact_prefix={folder}/"],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    told = done.stdout.splitlines()
    for line in told:
        if line.startswith("WORK "):
            shutil.rmtree(line.removeprefix("WORK "), ignore_errors=True)
    failures = [line.removeprefix("FAILURE ") for line in told if line.startswith("FAILURE ")]
    if done.returncode:
        failures.append(f"the process ended with {done.returncode}: {done.stderr[-1500:]}")
    runs, speed, counters = (
        _last(pattern, done.stderr) for pattern in (r"executed_units: (\d+)", r"per_sec: +(\d+)", r"cov: (\d+)")
    )
    sys.stdout.write(f"{name}: {runs} inputs, {speed} a second, {counters} counters, {len(failures)} failures\n")
    for failure in failures:
        sys.stdout.write(f"  {failure}\n")
    sys.stdout.flush()
    return failures


def _last(pattern: str, text: str) -> str:
    found = re.findall(pattern, text)
    return found[-1] if found else "?"


def main() -> int:
    """Fuzz the bases of the formats that are named, or all; return how many have failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "formats", nargs="*", metavar="FORMAT", help=f"name of a format or of one of {', '.join(BASES)}"
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each base")
    asked = parser.parse_args()
    known = set(BASES) | {base.format for base in BASES.values()}
    if unknown := set(asked.formats) - known:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    chosen = [
        name
        for name, base in BASES.items()
        if not asked.formats or name in asked.formats or base.format in asked.formats
    ]
    return sum(bool(fuzz(name, asked.seconds)) for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
