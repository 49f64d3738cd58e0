"""Arrays of the workers hold the rows that the same question gives otherwise, whoever answers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph_app.questions.catalogue import Question, view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.questions.results import Table
from graph_app.releases.release import current_release
from graph_app.settings import Settings


@pytest.fixture(scope="module", params=["auto", "columns", "oxigraph"])
def engine(request: pytest.FixtureRequest, curated_settings: Settings) -> Iterator[Engine]:
    settings = replace(curated_settings, engine=request.param)
    with Engine(current_release(settings), settings) as running:
        yield running


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("names", {"iri": ["organisation/curated/iom", "organisation/curated/consortium"]}),
        ("actors", {"organisation": ["iom-prague", "consortium"]}),
        ("memberships", {"excluded": ["funder"], "country": ["CZE"]}),
        ("memberships", {"project": ["no-such-project"]}),
        ("tie-periods", {}),
    ],
)
def test_arrays_hold_the_rows_of_the_question(engine: Engine, name: str, values: dict[str, list[str]]) -> None:
    arrays = engine.arrays(view(name), values)
    table = engine.answer(view(name), values)
    assert isinstance(table, Table)
    assert tuple(arrays.columns) == table.columns
    found = sorted(zip(*(arrays.column(column) for column in table.columns), strict=True))
    assert found == sorted(tuple(term.value if term else "" for term in row) for row in table.rows)
    assert len(arrays) == len(table)
    assert (arrays.release, arrays.truncated) == (engine.release.version, False)
    languages = {term.language for row in table.rows for term in row if term}
    assert languages <= set(arrays.languages) | {""}


@pytest.mark.parametrize("text", ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "ASK {}", "SELECT {"])
def test_only_rows_are_arrays(engine: Engine, text: str) -> None:
    with pytest.raises(QueryError):
        engine.arrays(Question("made", "views", {}, text))


def test_all_rows_come_where_an_answer_for_people_is_cut(curated_settings: Settings) -> None:
    settings = replace(curated_settings, row_limit=5)
    with Engine(current_release(settings), settings) as engine:
        table = engine.answer(view("names"))
        assert isinstance(table, Table)
        assert (len(table), table.truncated) == (5, True)
        arrays = engine.arrays(view("names"))
        assert len(arrays) > 100
        assert not arrays.truncated
