"""What stands on the screen where the graph does not answer."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("NoRelease", "none *here*", "There is no graph yet"),
        ("StoreInMaking", "*GRAPH* is asked", "The store of this release is still being made"),
        ("QueryTimeout", "after *ten* seconds", "The graph did not answer"),
    ],
)
def test_a_fault_is_said_and_the_rest_of_the_page_is_drawn(name: str, words: str, told: str) -> None:
    def script(name: str, words: str) -> None:
        import streamlit as st

        from graph_app.questions import errors
        from graph_app.releases.release import NoRelease
        from graph_app.views.faults import say_faults

        known = {"NoRelease": NoRelease, "StoreInMaking": errors.StoreInMaking, "QueryTimeout": errors.QueryTimeout}
        with say_faults():
            st.text("before")
            raise known[name](words)
        st.text("after")

    app = AppTest.from_function(script, kwargs={"name": name, "words": words}).run()
    assert not app.exception
    (shown,) = app.error
    assert told in shown.value
    assert words.replace("*", r"\*") in shown.value
    assert [element.value for element in app.text] == ["before", "after"]
