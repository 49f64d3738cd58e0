"""What pages say while a store is being made."""

import pytest
from streamlit.testing.v1 import AppTest


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
