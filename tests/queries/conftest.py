"""Releases to ask: the curated data, and the invented ledger and register with money, each built once a session."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.questions.engine import Engine
from graph_app.releases.build import build
from graph_app.settings import Settings

HERE = Path(__file__).resolve().parent
#: Name of a graph in the files of expected rows, and the data that it is built from.
DATA = {"curated": HERE.parents[1] / "data"} | {name: HERE / "fixtures" / name for name in ("money", "transactions")}


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Engine]]:
    opened: dict[str, Engine] = {}
    try:
        for name, data in DATA.items():
            settings = Settings(home=tmp_path_factory.mktemp(name), data=data, workers=1)
            take_in_all(settings)
            opened[name] = Engine(build(settings), settings)
        yield opened
    finally:
        for engine in opened.values():
            engine.close()
