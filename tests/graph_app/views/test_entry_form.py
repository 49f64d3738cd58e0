"""The form on its page, without a browser: begun, filled in, faults at their fields, kept, and opened again."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph_app.components.escape import escape
from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.drafts import drafts_of
from graph_app.stewardship.form import Form, Spot
from graph_app.stewardship.form_drafts import begin_form, form_of, save_form
from loaders.template.filled import Part

JANA = "jana@example.org"


@pytest.fixture
def settings(curated_settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """A copy of a home, where drafts can be kept."""
    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    copy = replace(curated_settings, home=tmp_path / "home")
    yield copy
    current_engine(copy).close()


def script(actor: str) -> None:
    import streamlit as st

    from graph_app.stewardship.actors import EVERY_ROLE, Actor
    from graph_app.views.entry_form import FORM, begin_form_box, show_form

    if ident := st.query_params.get(FORM):
        show_form(ident, Actor(actor, EVERY_ROLE))
    else:
        begin_form_box(Actor(actor, EVERY_ROLE))


def window(settings: Settings, form: str = "", *, language: str = "en", actor: str = JANA) -> AppTest:
    app = AppTest.from_function(script, kwargs={"actor": actor}, default_timeout=60)
    app.secrets["settings"] = {"home": str(settings.home), "data": str(settings.data)}
    app.query_params["lang"] = language
    if form:
        app.query_params["form"] = form
    app.run()
    assert not app.exception
    return app


def begun(settings: Settings, language: str = "en") -> AppTest:
    app = window(settings, language=language)
    app.text_input(key="form title").input("Bridges")
    app.button(key="form begin").click().run()
    assert not app.exception
    return app


def ident(app: AppTest) -> str:
    (draft,) = app.query_params["form"] if isinstance(app.query_params["form"], list) else [app.query_params["form"]]
    return draft


def labelled(app: AppTest, kind: str, label: str, number: int = 0):
    return [one for one in app.get(kind) if one.label == label][number]


def told(app: AppTest) -> str:
    return "\n".join(part.value for part in app.markdown)


def kept(settings: Settings) -> dict[str, tuple[Part, ...]]:
    (draft,) = drafts_of(Actor(JANA, EVERY_ROLE), settings)
    return dict(form_of(draft).parts)


def test_each_change_is_kept_and_judged_at_its_field(settings: Settings) -> None:
    app = begun(settings)
    labelled(app, "text_input", "Start").input("31.2.2024").run()
    assert "There is no such date" in told(app)
    assert "has no country" not in told(app)
    labelled(app, "text_input", "Start").input("2024-02").run()
    labelled(app, "multiselect", "Countries").select("Czechia").run()
    assert "There is no such date" not in told(app)
    labelled(app, "button", "Show what is missing").click().run()
    assert "The project has no target group" in told(app)
    assert not app.exception


def with_partner(settings: Settings, typed: str) -> AppTest:
    """A form with one participation, whose organisation was typed."""
    actor = Actor(JANA, EVERY_ROLE)
    draft = begin_form("Bridges", "en", actor, settings)
    form = Form(form_of(draft))
    form.add("participations")
    form.fill(Spot("participations", 0, key="organisation"), typed)
    save_form(draft, form.filled, actor, settings)
    return window(settings, draft.id)


def test_a_partner_is_picked_from_the_graph(settings: Settings) -> None:
    app = begun(settings)
    labelled(app, "button", "Add: Participation").click().run()
    labelled(app, "selectbox", "Organisation *").set_value("organisation/curated/iom-prague").run()
    assert not app.exception
    assert kept(settings)["participations"][0].cells["organisation"] == "organisation/curated/iom-prague"
    assert "**Participation\\: IOM Prague**" in told(app)


def test_a_word_that_the_graph_knows_is_offered(settings: Settings) -> None:
    app = with_partner(settings, "IOM")
    assert "Which one is **IOM**?" in told(app)
    labelled(app, "button", "IOM Prague").click().run()
    assert kept(settings)["participations"][0].cells["organisation"] == "organisation/curated/iom-prague"
    assert "Which one is" not in told(app)


def test_a_word_that_it_does_not_know_becomes_a_new_organisation(settings: Settings) -> None:
    app = with_partner(settings, "Bridge Club")
    labelled(app, "button", "Add “Bridge Club” as new").click().run()
    assert not app.exception
    parts = kept(settings)
    assert parts["organisations"] == (Part({"id": "bridge-club", "name (en)": "Bridge Club"}),)
    assert parts["participations"][0].cells["organisation"] == "bridge-club"
    assert labelled(app, "selectbox", "Organisation *").value == "bridge-club"


def test_a_repair_is_accepted_with_one_click(settings: Settings) -> None:
    app = begun(settings)
    labelled(app, "text_input", "Website").input("www.bridges.cz").run()
    labelled(app, "button", f"Write {escape('https://www.bridges.cz')}").click().run()
    assert kept(settings)["projects"][0].cells["website"] == "https://www.bridges.cz"
    assert labelled(app, "text_input", "Website").value == "https://www.bridges.cz"


def test_another_window_finds_the_form_as_it_is_in_the_other_language_too(settings: Settings) -> None:
    app = begun(settings)
    labelled(app, "button", "Add: Grant").click().run()
    labelled(app, "text_input", "Amount: value").input("1 250 000,50").run()
    assert "read as 1250000\\.50" in "".join(one.value for one in app.caption)
    labelled(app, "selectbox", "Amount: kind").set_value("Amount awarded").run()
    other = window(settings, ident(app), language="cs")
    assert labelled(other, "text_input", "Částka: hodnota").value == "1250000.50"
    assert labelled(other, "selectbox", "Částka: druh").value == "Amount awarded"
    assert "Přidělená částka" in labelled(other, "selectbox", "Částka: druh").options
    labelled(other, "text_input", "Název (cs)").input("Mosty").run()
    # The first window had nothing unsaved, so it goes on with what the other one kept.
    assert labelled(app.run(), "text_input", "Title (cs)").value == "Mosty"


def test_texts_can_be_written_in_further_languages(settings: Settings) -> None:
    app = begun(settings)
    labelled(app, "multiselect", "Texts also in").select("uk").run()
    labelled(app, "text_input", "Title (uk)").input("Мости").run()
    assert not app.exception
    assert kept(settings)["projects"][0].cells["title (uk)"] == "Мости"
    other = window(settings, ident(app), language="cs")
    assert labelled(other, "text_input", "Název (uk)").value == "Мости"
    assert [one.label for one in other.text_input][:3] == ["Název (en)", "Název (cs)", "Název (uk)"]


def test_what_two_windows_change_at_once_is_told_and_not_overwritten(settings: Settings) -> None:
    app = begun(settings)
    other = window(settings, ident(app))
    labelled(other, "text_input", "Acronym").input("OTHER").run()
    labelled(app, "text_input", "Acronym").input("MINE").run()
    assert "changed in another window" in app.error[0].value
    assert labelled(app, "text_input", "Acronym").value == "MINE"
    assert kept(settings)["projects"][0].cells["acronym"] == "OTHER"


def test_nobody_opens_the_form_of_somebody_else(settings: Settings) -> None:
    app = begun(settings)
    other = window(settings, ident(app), actor="eva@example.org")
    assert "You have no such draft" in other.error[0].value
    assert not other.get("text_input")


def test_a_form_without_a_title_says_what_is_missing(settings: Settings) -> None:
    app = window(settings, language="en")
    app.button(key="form begin").click().run()
    assert "title of the project" in app.error[0].value
