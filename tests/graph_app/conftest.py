"""A small believable graph as a release, made once a session."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.questions.engine import Engine
from graph_app.questions.results import XSD
from graph_app.releases.notes import Part
from graph_app.releases.release import COLUMNS, CONTENT, STORE, Release
from graph_app.settings import Settings
from graph_app.store.oxigraph import build_store

SMALL = Path(__file__).with_name("small.nq")


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Three organisations in two projects, and 2,000 numbers that make long work possible."""
    path = tmp_path_factory.mktemp("small")
    content = path / CONTENT / "small.nq"
    content.parent.mkdir()
    numbers = (
        f'<urn:example:{i}> <urn:example:is> "{i}"^^<{XSD}integer> <urn:example:numbers> .\n' for i in range(2000)
    )
    content.write_text(SMALL.read_text(encoding="utf-8") + "".join(numbers), encoding="utf-8")
    build_store(path / STORE, content)
    build_columns(path / COLUMNS, content)
    part = Part(content.name, hashlib.sha256(content.read_bytes()).hexdigest(), content.stat().st_size, 2034)
    return Release("small", path, "0" * 64, datetime(2026, 11, 21, tzinfo=UTC), 2034, {}, parts=(part,))


@pytest.fixture(scope="session")
def limits() -> Settings:
    """Limits that keep tests short."""
    return Settings(time_limit=2.0, row_limit=1000, byte_limit=1_000_000, memory_limit=512 * 1024**2, workers=2)


@pytest.fixture(scope="session")
def small_engine(small_release: Release, limits: Settings) -> Iterator[Engine]:
    with Engine(small_release, replace(limits, time_limit=10.0)) as engine:
        yield engine
