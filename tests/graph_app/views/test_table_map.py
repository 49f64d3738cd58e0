"""A table of any shape on the page of a draft: said column by column, read, and tied to what the graph has."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph_app.journal.deployment import open_journal
from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.draft_check import check_draft
from graph_app.stewardship.drafts import Draft, create_draft, open_draft
from graph_app.stewardship.hand_in import hand_in
from graph_app.stewardship.table_map import Origin, keep_map, map_of, use_map
from loaders.sources.mapped.map_reader import parse_map

JANA = Actor("Jana", EVERY_ROLE)
LIST = """\
Seznam projektů;;;;
Název projektu;Příjemce;Partneři;Zahájení;Částka (Kč)
Mosty;IOM Praha;"Slovo 21, z.s., Řeka";1.2.2023;1 000,50
Cesty;IOM Praha;"Řeka, Dům";1.3.2023;2 000
Celkem;;;;3 000,50
"""
OTHER = LIST.replace("Mosty", "Lávky").replace("Cesty", "Brody").replace("2023", "2024")

Open = Callable[..., AppTest]


@pytest.fixture
def settings(curated_settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    copy = replace(curated_settings, home=tmp_path / "home")
    yield copy
    current_engine(copy).close()


@pytest.fixture
def draft(settings: Settings) -> Draft:
    return create_draft([("list.csv", LIST.encode())], JANA, settings)


@pytest.fixture
def page(settings: Settings) -> Open:
    def script(ident: str) -> None:
        import streamlit as st

        from graph_app.components.links import register
        from graph_app.stewardship.actors import EVERY_ROLE, Actor
        from graph_app.views.entry_draft import show_draft

        def entries() -> None:
            show_draft(ident, Actor("Jana", EVERY_ROLE))

        def elsewhere() -> None:
            return

        names = ("organisation", "project", "entity")
        pages = {name: st.Page(elsewhere, title=name, url_path=name) for name in names}
        register(pages)
        st.navigation([st.Page(entries, default=True), *pages.values()]).run()

    def run(ident: str, lang: str = "en") -> AppTest:
        app = AppTest.from_function(script, kwargs={"ident": ident}, default_timeout=90)
        app.secrets["settings"] = {"home": str(settings.home), "data": str(settings.data)}
        app.query_params["lang"] = lang
        app.run()
        assert not app.exception
        return app

    return run


def now(draft: Draft, settings: Settings) -> Draft:
    return open_draft(draft.id, JANA, settings)


def select(app: AppTest, key: str, value: str) -> None:
    app.selectbox(key=key).set_value(value).run()
    assert not app.exception


def test_columns_are_said_by_choices_that_are_kept_at_once(page: Open, draft: Draft, settings: Settings) -> None:
    app = page(draft.id)
    assert "We do not know this table yet" in app.info[0].value
    assert not app.error
    assert [app.selectbox(key=f"column {draft.id} {index} what").value for index in range(5)] == [
        "project.title",
        "organisation.name",
        "organisation.name",
        "project.start",
        "amount.value",
    ]
    select(app, f"column {draft.id} 2 role", "associated-partner")
    app.checkbox(key=f"column {draft.id} 2 identity").check().run()
    select(app, f"column {draft.id} 3 what", "left-out")
    select(app, f"rest {draft.id} country", "CZE")
    kept = parse_map(now(draft, settings).making)
    assert [column.heading for column in kept.columns] == ["Název projektu", "Příjemce", "Partneři", "Částka (Kč)"]
    assert kept.parts["partner"].constants["role"][0].text == "associated-partner"
    assert kept.parts["partner"].identity == (("partner", "name"),)
    assert kept.parts["project"].constants["country"][0].text == "CZE"
    assert now(draft, settings).stated.map == ""
    assert "Tuto tabulku zatím neznáme" in page(draft.id, "cs").info[0].value
    again = page(draft.id)
    assert again.selectbox(key=f"column {draft.id} 3 what").value == "left-out"
    again.toggle(key=f"map {draft.id} as yaml").set_value(True).run()
    text = again.text_area(key=f"map {draft.id} yaml")
    text.set_value(text.value.replace("associated-partner", "partner")).run()
    assert again.selectbox(key=f"column {draft.id} 2 role").value == "partner"


def test_a_map_that_is_no_map_is_told_and_can_be_mended(page: Open, draft: Draft) -> None:
    keep_map(draft, "columns: [")
    app = page(draft.id)
    assert any("YAML" in caption.value for caption in app.caption)
    app.toggle(key=f"map {draft.id} as yaml").set_value(True).run()
    app.text_area(key=f"map {draft.id} yaml").set_value("columns: {Název projektu: project.title}").run()
    assert not app.exception
    assert app.selectbox(key=f"column {draft.id} 0 what").value == "project.title"


def test_a_sum_is_asked_about_and_rows_refer_to_the_graph(page: Open, draft: Draft, settings: Settings) -> None:
    app = page(draft.id)
    app.button(key="use map").click().run()
    assert not app.exception
    assert now(draft, settings).stated.source == "mapped"
    app.button(key="leave out 0").click().run()
    assert {edit.row for edit in now(draft, settings).edits} == {5}
    next(button for button in app.button if button.label == "Use for all rows with this name (2)").click().run()
    assert not app.exception
    (known,) = parse_map(now(draft, settings).stated.map).known
    assert (known.name, known.within, known.named) == ("IOM Praha", "", True)
    checked = check_draft(now(draft, settings), settings)
    assert checked.accepted
    (taken,) = [record for record in checked.understood.examples["organisation"] if record.space]
    assert (taken.space, *taken.key) == (known.space, known.key)
    assert any("Taken from the graph" in item.value for item in app.markdown)
    next(button for button in app.button if button.label == "Take back").click().run()
    assert "known:" not in now(draft, settings).stated.map


def test_a_title_that_looks_like_a_sum_can_be_a_project(page: Open, draft: Draft, settings: Settings) -> None:
    use_map(draft, map_of(draft, check_draft(draft, settings).sheets, ()).text)
    app = page(draft.id)
    app.button(key="keep 0").click().run()
    assert not app.exception
    assert "Celkem" in now(draft, settings).stated.map
    assert check_draft(now(draft, settings), settings).understood.counts["project"] == 3


def test_a_map_is_learned_for_the_next_table_with_the_same_headings(draft: Draft, settings: Settings) -> None:
    text = map_of(draft, check_draft(draft, settings).sheets, ()).text
    text = text.replace("role: partner", "role: associated-partner") + "known:\n"
    text += "  - {organisation: Řeka, is: organisation/curated/iom}\n"
    handed = hand_in(use_map(draft, text), JANA, settings).submission
    other = create_draft([("next.csv", OTHER.encode())], JANA, settings)
    events, sheets = open_journal(settings).events(), check_draft(other, settings).sheets
    found = map_of(other, sheets, events)
    assert (found.origin, found.submission) == (Origin.LEARNED, handed.id)
    assert parse_map(found.text).parts["partner"].constants["role"][0].text == "associated-partner"
    assert parse_map(found.text).known == ()
    assert map_of(other, sheets, events, afresh=True).origin is Origin.DRAFTED
    foreign = create_draft([("x.csv", OTHER.replace("Partneři", "Kdo").encode())], JANA, settings)
    assert map_of(foreign, check_draft(foreign, settings).sheets, events).origin is Origin.DRAFTED
