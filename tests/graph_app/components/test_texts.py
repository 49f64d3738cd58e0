import re
from pathlib import Path
from string import Formatter

import pytest
import streamlit as st

from graph_app.components.texts import catalogue, number, percent, text
from loaders.findings import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [path for room in ("components", "views") for path in (ROOT / "graph_app" / room).rglob("*.py")]
LITERAL = re.compile(r'\btext\(\s*"([^"{}]+)"')


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_text_has_all_languages_and_the_same_values(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == set(LANGUAGES)
    assert all(texts.values())
    assert len({frozenset(named(text)) for text in texts.values()}) == 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_pages_use_only_texts_that_exist(path: Path) -> None:
    used = set(LITERAL.findall(path.read_text(encoding="utf-8")))
    assert used <= set(catalogue())


def test_columns_of_sections_have_headings() -> None:
    from graph_app.questions.catalogue import view
    from graph_app.views.entity.pages import PAGES

    columns = {column for page in PAGES.values() for part in page.sections for column in view(part.query).returns}
    assert {f"column.{column}" for column in columns} <= set(catalogue())
    assert {part.heading for page in PAGES.values() for part in page.sections} <= set(catalogue())


def test_answers_of_the_library_have_headings() -> None:
    from graph_app.components.result import partner_columns
    from graph_app.questions.catalogue import questions
    from graph_app.questions.results import Table

    for name, question in questions().items():
        beside = set(partner_columns(Table(question.returns, ())).values())
        lacking = {
            column for column in question.returns if column not in beside and f"column.{column}" not in catalogue()
        }
        assert not lacking, f"{name}: write column.<name> of {sorted(lacking)} in graph_app/components/texts.yaml"


@pytest.mark.parametrize(
    ("language", "found", "euros", "share", "long"),
    [
        ("en", "12,345 in the graph", "1,234.50", "33.3%", "-7,000"),
        ("cs", "V grafu: 12\u00a0345", "1\u00a0234,50", "33,3\u00a0%", "-7\u00a0000"),
    ],
)
def test_numbers_stand_as_the_language_writes_them(
    monkeypatch: pytest.MonkeyPatch, language: str, found: str, euros: str, share: str, long: str
) -> None:
    monkeypatch.setattr(st, "query_params", {"lang": language})
    assert text("in_the_graph", count=12_345) == found
    assert (number(1234.5, 2), percent(1 / 3, 1), number(-7000)) == (euros, share, long)
    assert text("time.told", year="2024", organisations=1, ties=0).startswith("2024")
