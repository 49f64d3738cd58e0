"""What benchmarks share: the generated files, and the tables that results go to."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.benchmarks.material import PROJECTS, Material, Published, make_material, publish
from tests.benchmarks.summary import RESULTS, write_summary
from tests.benchmarks.tables import Table

ABOUT = "What was measured on the curated graph and on small graphs; medians of several runs where they are quick."


@pytest.fixture(scope="session")
def make_table() -> Iterator[Callable[[str, str, str, Sequence[str]], Table]]:
    """Make a table that is written at the end of the run, to a file that names what was measured."""
    tables: list[Table] = []

    def make(name: str, title: str, about: str, columns: Sequence[str]) -> Table:
        tables.append(Table(RESULTS / f"{name}.md", title, about, columns))
        return tables[-1]

    yield make
    for table in tables:
        table.write()
    write_summary()


@pytest.fixture(scope="session")
def note(make_table: Callable[[str, str, str, Sequence[str]], Table]) -> Callable[..., None]:
    """Add a row to the table of what was measured on the curated graph and on small things."""
    table = make_table("small", "Small things", ABOUT, ("measured", "value", "ratio"))
    return table.add


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The generated graph, in all its forms."""
    return make_material(PROJECTS, tmp_path_factory.mktemp("generated"))


@pytest.fixture(scope="session")
def published(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A release of it, which nobody changes."""
    return publish(material, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def home(request: pytest.FixtureRequest) -> Path:
    """A home with such a release that is only read: the one that ``INTGRAPH_BENCH_HOME`` names, or a new one."""
    if named := os.environ.get("INTGRAPH_BENCH_HOME"):
        return Path(named)
    made: Published = request.getfixturevalue("published")
    return made.home
