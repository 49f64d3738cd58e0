"""Queries made to hurt: each ends in time and says why, and the engine goes on."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.releases.release import Release
from graph_app.settings import Settings
from tests.acceptance.bombs import bombs

LIMIT = 1.0
#: What each may say; a few rows that are said to be a part are an answer too.
CODES = {"busy": 503, "memory": 503, "nesting": 400, "refused": 400, "syntax": 400, "timeout": 503}
BOMBS = bombs()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Organisations, each with two partners and a number."""
    path = tmp_path_factory.mktemp("bombs")
    release = Release("bombs", path, "", datetime(2026, 11, 21, tzinfo=UTC), 0, {})
    store = ox.Store(str(release.store))
    names = [ox.NamedNode(f"urn:organisation:{number}") for number in range(2_000)]
    partner, number = ox.NamedNode("urn:partner"), ox.NamedNode("urn:number")
    for place, name in enumerate(names):
        partners = (names[(place * 7 + 1) % len(names)], names[place // 2])
        store.extend(ox.Quad(name, partner, other) for other in partners)
        store.add(ox.Quad(name, number, ox.Literal(place)))
    store.flush()
    del store
    settings = Settings(time_limit=LIMIT, memory_limit=1024**3, endpoint_row_limit=1_000)
    with Engine(release, settings) as engine:
        yield engine


def test_there_are_enough_bombs() -> None:
    assert len(set(BOMBS.values())) >= 30


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_and_harms_nobody(name: str, engine: Engine) -> None:
    assert engine.respond("ASK { ?s <urn:number> 7 }").body.endswith(b"true}")  # nobody waits for a worker to start
    started = time.monotonic()
    try:
        response = engine.respond(BOMBS[name], client="bomber")
    except QueryError as error:
        assert (error.code, error.status) in CODES.items() or error.status == 413, repr(error)  # noqa: PT017
    else:
        assert response.truncated
        assert response.notice
    # That it ends is tested here, where others share the machine; how soon, in test_server's long form.
    assert time.monotonic() - started < LIMIT + 10
    assert engine.respond("ASK { ?s <urn:number> 7 }", client="another").body.endswith(b"true}")
