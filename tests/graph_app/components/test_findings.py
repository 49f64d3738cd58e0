"""Findings on a page: the repair stands beside its finding, as text whatever it holds."""

from streamlit.testing.v1 import AppTest


def listed() -> None:
    from graph_app.components.findings import draw_places
    from loaders.findings import finding

    draw_places(
        [
            finding("date-unreadable", value="31 March 2024"),
            finding("date-ambiguous", value="03/04/2024", day_first="a", month_first="b"),
            finding("invisible-character", value="[a](http\u00ad://x)<img src=x onerror=alert(1)>"),
        ]
    )


def sheet() -> None:
    from graph_app.components.marked_sheet import draw_marked_sheet
    from graph_app.validation.marked import Mark, MarkedSheet
    from loaders.findings import finding

    found = finding("date-unreadable", value="31 March 2024")
    doubt = finding("date-ambiguous", value="03/04/2024", day_first="a", month_first="b")
    marks = (Mark(2, 0, (found,)), Mark(3, 0, (doubt,)))
    draw_marked_sheet(MarkedSheet("a.csv", "", {1: ("start",), 2: ("31 March 2024",), 3: ("03/04/2024",)}, marks))


def test_the_list_shows_repairs_as_text() -> None:
    shown = [item.value for item in AppTest.from_function(listed).run().markdown]
    repairs = [item for item in shown if item.startswith("→")]
    assert repairs[0] == "→ **2024\\-03\\-31**"
    assert len(repairs) == 2
    assert "\\[a\\]\\(http" in repairs[1]
    assert "\\<img" in repairs[1]


def test_the_marked_sheet_shows_repairs() -> None:
    first, second = [item.value for item in AppTest.from_function(sheet).run().markdown if "**A" in item.value]
    assert first.endswith("→ **2024\\-03\\-31**")
    assert "→" not in second


def many() -> None:
    from graph_app.components.findings import draw_findings
    from loaders.findings import Location, finding

    dates = [finding("date-unreadable", Location("a.csv", row=row, column="A"), value="x") for row in range(2, 92)]
    draw_findings([finding("no-rows", Location("a.csv")), *dates], name="findings")


def test_many_findings_are_counted_by_rule_first() -> None:
    app = AppTest.from_function(many).run()
    assert not app.exception
    counts = app.dataframe[0].value
    assert counts["Findings"].tolist() == [90, 1]
    assert counts["Its place"].tolist()[0] == "a.csv, A2"


def mixed() -> None:
    from graph_app.components.findings import draw_findings
    from loaders.findings import Finding, Location, Severity, finding

    advice = [
        Finding("end", Severity.WARNING, {"en": "No end.", "cs": "Bez konce."}, Location("a.csv", row=row))
        for row in range(2, 14)
    ]
    draw_findings([*advice, finding("date-unreadable", Location("a.csv", row=2, column="A"), value="x")], name="f")


def test_faults_stand_first_and_the_same_advice_is_told_once() -> None:
    app = AppTest.from_function(mixed).run()
    (fold,) = app.expander
    assert fold.label == "Advice and notes, which do not block (12)"
    assert [item.value for item in fold.markdown] == [":material/warning: **12 ×** No end\\."]
    assert [item.value for item in fold.caption] == ["a\\.csv\\: rows 2–13"]
    assert "A2" in app.markdown[1].value
