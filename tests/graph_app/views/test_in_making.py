"""What pages say while a store is being made."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph_app.questions.current import current_engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings


def told(declined: str, language: str) -> str:
    def script(declined: str) -> None:
        from graph_app.questions.errors import StoreInMaking
        from graph_app.views.in_making import say_in_making

        say_in_making(StoreInMaking(declined))

    app = AppTest.from_function(script, kwargs={"declined": declined})
    app.query_params["lang"] = language
    (shown,) = app.run().error
    return shown.value


@pytest.mark.parametrize(
    ("language", "title", "declined", "oxigraph"),
    [
        ("en", "store of this release is still being made", "they do not answer this query: ", "Oxigraph is asked for"),
        ("cs", "Úložiště tohoto vydání se ještě vytváří", "na tento dotaz neodpovídají: ", "požadován Oxigraph"),
    ],
)
def test_both_reasons_are_told_in_both_languages(language: str, title: str, declined: str, oxigraph: str) -> None:
    first = told("*GRAPH* asks for one graph", language)
    assert title in first
    assert declined + r"\*GRAPH\* asks for one graph" in first
    second = told("", language)
    assert title in second
    assert oxigraph in second


def test_facts_come_before_their_places(curated_settings: Settings, tmp_path: Path) -> None:
    def script() -> None:
        import streamlit as st

        from graph_app.views.entity.statements import facts_of
        from graph_app.views.reading import complete

        facts = facts_of("https://w3id.org/integration-graph/id/project/curated/access")
        st.write("; ".join(fact.label for fact in facts))
        st.write(str([complete(), any(fact.source for fact in facts)]))

    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    settings = replace(curated_settings, home=tmp_path / "home")
    release = current_release(settings)
    release.store.rename(release.path / "aside")
    app = AppTest.from_function(script, default_timeout=60)
    app.secrets["settings"] = {"home": str(settings.home), "data": str(settings.data)}
    try:
        labels, told = (part.value for part in app.run().markdown)
        assert told == "[False, False]"
        (release.path / "aside").rename(release.store)
        after, told = (part.value for part in app.run().markdown)
        assert (after, told) == (labels, "[True, True]")
    finally:
        current_engine(settings).close()
