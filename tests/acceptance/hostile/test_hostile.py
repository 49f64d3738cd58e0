"""Over a thousand hostile files, every fourth in every run: each ends in time and in words, and none is lost."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.acceptance.hostile.bases import BASES
from tests.acceptance.hostile.changes import changes

#: Seconds that one file may take.
LIMIT = 10
#: Where tests share the machine, the clock says little; each has this many times the limit.
SHARED = 6


def trial(name: str, step: int) -> list[dict[str, Any]]:
    """Read each of so many forms of a base in a process of its own and return how it ended, the unchanged one first."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.hostile.trial", name, str(step)],
        capture_output=True,
        text=True,
        check=False,
        timeout=1_200,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    ended = [entry for entry in told if "case" in entry]
    begun = [entry["begins"] for entry in told if "begins" in entry]
    assert len(begun) == len(ended), f"{begun[-1]!r} ended the process: {done.returncode} {done.stderr[-2000:]}"
    assert done.returncode == 0, done.stderr
    return ended


def faults(entry: dict[str, Any], base: dict[str, Any], limit: float) -> list[str]:
    """Say what is wrong with how a case ended."""
    known = dict(base["rules"])
    new = {rule for rule, times in entry["rules"] if times > known.get(rule, 0)}
    found = []
    if entry["end"] not in {"read", "refused"}:
        found.append(f"ended with {entry['end']}")
    if entry["seconds"] > limit:
        found.append(f"took {entry['seconds']} s")
    if entry["unlocated"]:
        found.append(f"no place for {entry['unlocated']}")
    less = entry["records"] < base["records"] or entry["values"] < base["values"]
    if less and not new:
        found.append(f"{entry['records']} of {base['records']} records in silence")
    return found


def answered(name: str, step: int, limit: float) -> None:
    base, *entries = trial(name, step)
    assert base["end"] == "read"
    assert base["records"] > 0
    wrong = {entry["case"]: found for entry in entries if (found := faults(entry, base, limit))}
    slowest = max(entries, key=lambda entry: entry["seconds"])
    sys.stdout.write(f"{name}: {len(entries)} forms, the slowest {slowest['case']!r}, {slowest['seconds']} s\n")
    assert wrong == {}


@pytest.mark.parametrize("name", BASES)
def test_hostile_forms_are_answered(name: str) -> None:
    answered(name, 4, LIMIT * SHARED)


@pytest.mark.soak
@pytest.mark.parametrize("name", BASES)
def test_every_hostile_form_is_answered_in_time(name: str) -> None:
    answered(name, 1, LIMIT)


def test_there_are_enough_of_them() -> None:
    forms = sum(
        len(list(changes(next(iter(base.files)), text=not next(iter(base.files)).endswith((".xlsx", ".zip")))))
        for base in BASES.values()
    )
    assert forms >= 1_000
