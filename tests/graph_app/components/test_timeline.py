import json

import pyarrow as pa
from streamlit.testing.v1 import AppTest


def drawn(*bars: tuple[str, str, str, str, str]) -> AppTest:
    def script(bars: list[tuple[str, str, str, str, str]]) -> None:
        import streamlit as st

        from graph_app.components.timeline import Bar, draw_timeline

        told = draw_timeline([Bar(*bar) for bar in bars], key="one", description="", row="Row", about="About")
        st.text(", ".join(told))

    app = AppTest.from_function(script, kwargs={"bars": list(bars)}).run()
    assert not app.exception
    return app


def test_years_and_months_last_until_their_last_day() -> None:
    app = drawn(
        ("a", "A", "2003", "2003", "x"), ("b", "B", "2013-12", "2015-02", "y"), ("c", "C", "2020-01-05", "", "x")
    )
    (chart,) = app.get("vega_lite_chart")
    frame = pa.ipc.open_stream(chart.proto.datasets[0].data.data).read_all().to_pandas()
    periods = {row.row: (str(row.start.date()), str(row.end.date())) for row in frame.itertuples()}
    assert periods["a"] == ("2003-01-01", "2003-12-31")
    assert periods["b"] == ("2013-12-01", "2015-02-28")
    assert periods["c"] == ("2020-01-05", "2020-01-05")
    spec = json.loads(chart.proto.spec)
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["x", "y"]
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["a", "b", "c"]
    assert app.text[0].value == ""


def test_what_has_no_start_is_returned_and_not_drawn() -> None:
    app = drawn(("a", "A", "", "2003", ""), ("b", "B", "soon", "", ""), ("c", "C", "9999999", "", ""))
    assert not app.get("vega_lite_chart")
    assert app.text[0].value == "a, b, c"
