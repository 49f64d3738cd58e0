"""The page of a draft: what it tells, and what its buttons do."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph_app.components import bundles
from graph_app.journal.deployment import open_journal
from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.drafts import Draft, create_draft, drafts_of, edit_draft, open_draft
from graph_app.stewardship.edits.model import Edit

JANA = Actor("Jana", EVERY_ROLE)
TEXT = "Id,Title (en),Start,Countries,Website\na,Bridges,2024,Czechia,www.example.org\nb,Roads,2024-01,Atlantis,\n"

Open = Callable[..., AppTest]


@pytest.fixture
def settings(curated_settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    copy = replace(curated_settings, home=tmp_path / "home")
    yield copy
    current_engine(copy).close()


@pytest.fixture
def draft(settings: Settings) -> Draft:
    return create_draft([("projects.csv", TEXT.encode())], JANA, settings)


@pytest.fixture
def page(settings: Settings) -> Open:
    def script(ident: str, name: str) -> None:
        from graph_app.stewardship.actors import EVERY_ROLE, Actor
        from graph_app.views.acting import say_done
        from graph_app.views.entry_draft import show_draft

        say_done()
        show_draft(ident, Actor(name, EVERY_ROLE))

    def run(ident: str, name: str = "Jana", lang: str = "en") -> AppTest:
        app = AppTest.from_function(script, kwargs={"ident": ident, "name": name}, default_timeout=60)
        app.secrets["settings"] = {"home": str(settings.home), "data": str(settings.data)}
        app.query_params["lang"] = lang
        app.run()
        assert not app.exception
        return app

    return run


def markdown(app: AppTest) -> str:
    return "\n".join(item.value for item in app.markdown)


def test_it_tells_what_was_understood_and_found(page: Open, draft: Draft) -> None:
    app = page(draft.id)
    assert "This entry cannot be taken in yet" in app.error[0].value
    told = markdown(app)
    assert "It is called projects\\.csv" in told
    assert "2 × Project" in told.replace("\\", "")
    assert "is not a known country" in told
    assert "Hand in for review" not in [button.label for button in app.button]
    assert "Tento záznam zatím nelze přijmout" in page(draft.id, lang="cs").error[0].value


def test_one_click_accepts_a_repair_and_the_rest_is_handed_in(page: Open, draft: Draft, settings: Settings) -> None:
    edit_draft(draft, [Edit("projects.csv", "", 3, "D", "Atlantis", "Slovakia")])
    app = page(draft.id)
    app.button(key="accept not-a-web-address").click().run()
    assert not app.exception
    assert {edit.new for edit in open_draft(draft.id, JANA, settings).edits} == {"Slovakia", "https://www.example.org"}
    assert "This entry is ready for review." in app.success[0].value
    app.toggle[0].set_value(True).run()
    assert "New: Project **Bridges**" in markdown(app)
    app.button(key="hand in").click().run()
    assert not app.exception
    assert "Handed in." in app.success[0].value
    assert drafts_of(JANA, settings) == []
    assert [event.actor for event in open_journal(settings).events()][-1] == "Jana"


def test_a_draft_of_somebody_else_is_not_shown(page: Open, draft: Draft) -> None:
    for app in (page(draft.id, "Eva"), page("0" * 32)):
        assert "You have no such draft" in app.error[0].value
        assert "Bridges" not in markdown(app)


def test_a_draft_is_discarded_only_by_who_is_sure(page: Open, draft: Draft, settings: Settings) -> None:
    app = page(draft.id)
    assert app.button(key="discard").disabled
    app.checkbox(key=f"sure {draft.id}").check().run()
    app.button(key="discard").click().run()
    assert drafts_of(JANA, settings) == []


def test_without_the_bundle_faults_are_shown_and_the_page_says_what_is_missing(
    page: Open, draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "_FOLDER", tmp_path)
    bundles.component.cache_clear()
    try:
        app = page(draft.id)
        assert "make setup" in app.info[0].value
        assert "✖ Atlantis" in app.table[0].value.to_string()
    finally:
        bundles.component.cache_clear()


def test_whoever_hands_nothing_in_sees_the_faults_and_nothing_is_kept(settings: Settings) -> None:
    def script(content: bytes) -> None:
        from graph_app.views.entry_check import show_check

        show_check([("projects.csv", content), ("../organisations.csv", b"Id,Name (en)\nclub,Club\n")], signed_in=False)

    app = AppTest.from_function(script, kwargs={"content": TEXT.encode()}, default_timeout=60)
    app.secrets["settings"] = {"home": str(settings.home), "data": str(settings.data)}
    app.run()
    assert not app.exception
    assert "This entry cannot be taken in yet" in app.error[0].value
    assert "✖ Atlantis" in app.table[0].value.to_string()
    assert not (settings.home / "drafts").exists()
