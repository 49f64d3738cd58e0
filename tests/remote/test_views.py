"""What pages ask is answered by remote engines as by the embedded one: the same rows in the same order."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table, Term, Truth
from graph_app.releases.build import build
from graph_app.releases.release import current_release
from graph_app.settings import Settings, load_settings
from tests.remote.conftest import ROOT, load

views = load(ROOT / "tests" / "graph_app" / "views" / "test_queries.py")
globals().update({name: test for name, test in vars(views).items() if name.startswith("test_")})


@pytest.fixture(scope="module")
def engine(remote, home) -> Iterator[Engine]:
    settings = replace(load_settings(remote.settings), home=home, time_limit=60.0, workers=1)
    with Engine(current_release(settings), settings) as running:
        yield running


@pytest.fixture(scope="module")
def embedded(home) -> Iterator[Engine]:
    settings = Settings(home=home, data=ROOT / "data", workers=1)
    with Engine(build(settings), settings) as running:
        yield running


@pytest.mark.parametrize("name", views.NAMES)
def test_a_view_gives_the_same_rows(engine: Engine, embedded: Engine, name: str) -> None:
    question = view(name)
    needed = {item.name: [views.SAMPLE[item.type]] for item in question.params if item.required}
    here, there = (asked.answer(question, needed) for asked in (embedded, engine))
    if isinstance(here, Table):
        # Which of two rows comes first that ORDER BY does not tell apart, each engine decides.
        assert sorted(map(shown, there.rows)) == sorted(map(shown, here.rows))
    elif isinstance(here, Truth):
        assert bool(there) == bool(here)
    else:
        assert sorted(there.ntriples.splitlines()) == sorted(here.ntriples.splitlines())


def shown(row: tuple[Term | None, ...]) -> list[str]:
    """Write a row without what the standard leaves open: the order within GROUP_CONCAT."""
    return [repr(term and replace(term, value=", ".join(sorted(term.value.split(", "))))) for term in row]


@pytest.mark.parametrize(
    "filters",
    [
        {"country": ["HUN"]},
        {"country": ["CZE"], "from": ["2024-01-01"], "to": ["2024-12-31"]},
        {"donor": ["european-commission"]},
    ],
)
def test_filters_leave_the_same_memberships(engine: Engine, embedded: Engine, filters: dict[str, list[str]]) -> None:
    here, there = (asked.answer(view("memberships"), filters) for asked in (embedded, engine))
    assert len(here) > 0
    assert there.rows == here.rows
