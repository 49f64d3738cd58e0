"""Results of all measurements of one run, written as one table."""

import platform
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

RESULTS = Path(__file__).parent / "results"
Note = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def note() -> Iterator[Note]:
    rows: list[tuple[str, str, str]] = []
    yield lambda what, value, ratio="": rows.append((what, value, ratio))
    RESULTS.mkdir(exist_ok=True)
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}"
    lines = [head, "", "| measured | value | ratio |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    text = "\n".join(lines) + "\n"
    (RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.md").write_text(text, encoding="utf-8")
    print("\n" + text)  # noqa: T201
