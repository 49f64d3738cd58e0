"""The questions of the library give on remote engines the rows that they give on the embedded one."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings, load_settings
from tests.remote.conftest import ROOT, engines_module, load, push

#: Long enough for the slowest query on a busy machine; what takes so long is a difference of speed, not of rows.
TIME_LIMIT = 60.0
FIXTURES = ROOT / "tests" / "queries" / "fixtures"

test_answer = load(ROOT / "tests" / "queries" / "test_answers.py").test_answer


@pytest.fixture(scope="module")
def engines(kind: str, remote, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Engine]]:
    """Engines on the curated and on the invented releases, each in a server of its own."""
    with ExitStack() as stack:
        opened = {"curated": stack.enter_context(asking(remote))}
        for name in ("money", "transactions"):
            settings = Settings(home=tmp_path_factory.mktemp(name), data=FIXTURES / name)
            take_in_all(settings)
            other = stack.enter_context(engines_module.running(kind, tmp_path_factory.mktemp(kind)))
            push(other, settings.home, settings.data)
            opened[name] = stack.enter_context(asking(other))
        yield opened


def asking(server) -> Engine:
    settings = replace(load_settings(server.settings), home=Path("/nowhere"), time_limit=TIME_LIMIT, workers=1)
    return Engine(current_release(settings), settings)
