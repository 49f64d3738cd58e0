"""A table that has not all rows says so."""

import pytest
from streamlit.testing.v1 import AppTest


@pytest.mark.parametrize(("whole", "said"), [(300, []), (301, ["The first 300 of 301."])])
def test_a_table_of_the_first_rows_says_how_many_there_are(whole: int, said: list[str]) -> None:
    def script(whole: int) -> None:
        from graph_app.components.listing import say_cut

        say_cut(300, whole)

    page = AppTest.from_function(script, kwargs={"whole": whole}).run()
    assert not page.exception
    assert [caption.value for caption in page.caption] == said
