"""The research questions of policy researchers, each with who answers it and what the five documents say."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_app.components.texts import catalogue
from graph_app.questions.catalogue import questions
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.queries.test_answers import short

ASKED = YAML(typ="safe").load(Path(__file__).with_name("research.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine(curated_settings: Settings) -> Iterator[Engine]:
    with Engine(current_release(curated_settings), curated_settings) as running:
        yield running


def test_all_of_them_are_here() -> None:
    assert [one["number"] for one in ASKED] == list(range(1, 22))


@pytest.mark.parametrize("one", ASKED, ids=[str(one["number"]) for one in ASKED])
def test_a_question_is_answered(engine: Engine, one: Mapping[str, Any]) -> None:
    if "outside" in one:
        assert "library" not in one
        return
    if "part" in one:
        assert f"funding.part.{one['part']}" in catalogue()
    values = {name: [value] for name, value in one.get("params", {}).items()}
    answer = engine.answer(questions()[one["library"]], values)
    assert isinstance(answer, Table)
    assert len(answer.rows) == one["documents"]["rows"]
    first = [short(term) for term in answer.rows[0]] if answer.rows else []
    assert first == one["documents"].get("first", [])
