"""Queries asked of the engine: the guard refuses what would reach out, and workers have no network besides."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from graph_app.questions import guard
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError, QueryRefused
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.acceptance.outbound.attempts import Lure, attempts, named
from tests.acceptance.outbound.detectors import HIDDEN

ATTEMPTS = attempts("sparql")
REFUSED = [attempt for attempt in ATTEMPTS if attempt.get("guard")]

#: Ends well if this system lets a process move into an empty network.
_LEAVE = "import ctypes; unshare = ctypes.CDLL(None).unshare; exit(all(unshare(flags) for flags in (5 << 28, 1 << 30)))"

pytestmark = pytest.mark.usefixtures("untouched")


@pytest.fixture(scope="module")
def engine(curated_settings: Settings) -> Iterator[Engine]:
    with Engine(current_release(curated_settings), curated_settings) as engine:
        yield engine


@pytest.fixture(scope="module")
def empty_network() -> None:
    if subprocess.run([sys.executable, "-c", _LEAVE], check=False).returncode:
        pytest.skip("this system has no empty networks; the tests over HTTP show that the guard alone holds")


@pytest.mark.parametrize("attempt", REFUSED, ids=named)
def test_the_guard_refuses_what_would_reach_out(attempt: dict[str, Any], lure: Lure) -> None:
    with pytest.raises(QueryRefused, match="not allowed"):
        guard.check(lure.fill(attempt["query"], attempt["name"]))


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
def test_nothing_is_reached_by_a_query(attempt: dict[str, Any], lure: Lure, engine: Engine) -> None:
    try:
        said, answered = repr(engine.ask(lure.fill(attempt["query"], attempt["name"]))), True
    except QueryError as error:
        said, answered = str(error), False
    assert not (answered and attempt.get("guard")), "the guard did not refuse it"
    assert HIDDEN not in said


@pytest.mark.usefixtures("empty_network")
@pytest.mark.parametrize("attempt", REFUSED, ids=named)
def test_the_empty_network_holds_without_the_guard(
    attempt: dict[str, Any], lure: Lure, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "check", lambda _: None)
    with contextlib.suppress(QueryError):
        engine.ask(lure.fill(attempt["query"], attempt["name"]))
