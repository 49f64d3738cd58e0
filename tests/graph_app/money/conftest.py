"""The book of the invented sources in ``made/``, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.money.book import Book
from graph_app.money.reading import read_book
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.releases.build import build
from graph_app.settings import Settings


@pytest.fixture(scope="session")
def money_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    data = Path(__file__).with_name("made")
    settings = Settings(home=tmp_path_factory.mktemp("money"), data=data, workers=1)
    take_in_all(settings)
    with Engine(build(settings), settings) as engine:
        yield engine


@pytest.fixture(scope="session")
def book(money_engine: Engine) -> Book:
    return read_book(lambda name, values: money_engine.arrays(view(name), values))
