"""The page of partnerships: what its filters, projections, measures and questions lead to."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from graph_app.components import bundles
from graph_app.settings import Settings

Open = Callable[..., AppTest]
IOM, CONSORTIUM, LATVIA = (f"organisation/curated/{key}" for key in ("iom", "consortium", "latvian-red-cross"))


@pytest.fixture
def page(curated_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    # What runs in a browser is drawn in tests/browser; without it the page says so, and its tables stand alone.
    monkeypatch.setattr(bundles, "_FOLDER", bundles._FOLDER / "nothing")
    bundles.component.cache_clear()

    def script() -> None:
        import streamlit as st

        from graph_app.components.links import register
        from graph_app.views.entity.pages import PAGES
        from graph_app.views.partnerships import page

        pages = {path: st.Page(page.show, url_path=path, title=path) for path in ("partnerships", *PAGES)}
        register(pages)
        st.navigation(list(pages.values()), position="hidden").run()

    def run(**query: str | Sequence[str]) -> AppTest:
        app = AppTest.from_function(script, default_timeout=120)
        app.secrets["settings"] = {"home": str(curated_settings.home), "data": str(curated_settings.data)}
        for name, value in query.items():
            app.query_params[name.replace("_", "-")] = value
        app.run()
        assert not app.exception
        return app

    yield run
    bundles.component.cache_clear()


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def told(app: AppTest) -> str:
    parts = (*app.caption, *app.markdown, *app.error, *app.info)
    return "\n".join(part.value.replace("\\", "") for part in parts)


def columns(app: AppTest) -> list[list[str]]:
    return [list(table.value.columns) for table in app.dataframe]


def test_a_filter_narrows_the_figures_and_stands_in_the_address(page: Open) -> None:
    app = page()
    everyone = int(figures(app)["Organisations"])
    (country,) = (picker for picker in app.multiselect if picker.label == "Country")
    france = next(option for option in country.options if option == "France")
    country.select(france).run()
    assert not app.exception
    assert 0 < int(figures(app)["Organisations"]) < everyone
    assert app.query_params["country"] == "FRA"


def test_filters_that_leave_nothing_and_filters_that_are_none_are_told(page: Open) -> None:
    assert "No partnership fits" in told(page(country="FRA", target_group="vietnamese-community"))
    assert "minimum is a number" in told(page(minimum="many"))


@pytest.mark.parametrize(
    ("projection", "nodes"),
    [
        ("organisations", "Organisations"),
        ("organisation-project", "Organisations and projects"),
        ("funding", "Donors and recipients"),
        ("countries", "Countries"),
        ("target-groups", "Target groups"),
    ],
)
def test_every_projection_has_figures_and_ties(page: Open, projection: str, nodes: str) -> None:
    app = page(projection=projection)
    assert int(figures(app)[nodes]) > 1
    (ties,) = app.dataframe
    assert len(ties.value) > 0


def test_only_the_open_tab_is_made(page: Open) -> None:
    app = page()
    assert [names[0] for names in columns(app)] == ["Organisation"]
    assert "Betweenness" not in columns(app)[0]


def test_what_is_chosen_narrows_the_tables_and_is_cleared(page: Open) -> None:
    app = page(chosen=CONSORTIUM)
    assert "Chosen on the map: 1" in told(app)
    few = len(app.dataframe[0].value)
    (clear,) = (button for button in app.button if button.label == "Clear the choice")
    clear.click().run()
    assert not app.exception
    assert "chosen" not in app.query_params
    assert "Chosen on the map" not in told(app)
    assert len(app.dataframe[0].value) > few


def test_a_tie_that_is_chosen_tells_its_projects(page: Open) -> None:
    assert "Projects or partnerships: " in told(page(chosen=[IOM, CONSORTIUM]))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"question": "partners", "about": IOM}, "Select a row to open"),
        ({"question": "suggestions", "about": IOM, "for_theme": "legal-counselling"}, "over whom and by which"),
        ({"question": "bridges", "first_seat": "CZE", "second_seat": "AUT"}, "Ties straight between them: 1"),
        ({"question": "chain", "from": LATVIA, "to": CONSORTIUM}, "Steps: 2"),
        ({"question": "removal", "about": CONSORTIUM}, "falls into 4"),
        ({"question": "leads", "for_theme": "legal-counselling", "for_country": "CZE"}, "does not say that it leads"),
        ({"question": "home"}, "no source states the seat"),
        ({"question": "recurring"}, "Shared projects at least"),
        ({"question": "change", "before": "2023", "after": "2025"}, "Ties ended: 6"),
    ],
)
def test_every_question_is_answered(page: Open, query: dict[str, str], says: str) -> None:
    app = page(part="questions", **query)
    labels = [part.label for part in (*app.selectbox, *app.number_input)]
    headings = [heading.value for heading in app.subheader]
    assert says in "\n".join([told(app), *labels, *headings])


def test_many_choices_are_searched_for_by_the_server(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_app.components.choices._MOST_SENT", 4)
    app = page(part="questions", question="partners", about=IOM)
    picker = next(box for box in app.selectbox if box.label == "Organisation")
    assert len(picker.options) == 5, "the chosen one, and as many as are sent"
    assert picker.value.endswith(IOM)
    next(field for field in app.text_input if field.label.startswith("Find: Organisation (")).set_value("latv").run()
    assert not app.exception
    picker = next(box for box in app.selectbox if box.label == "Organisation")
    assert "Latvian Red Cross" in picker.options
    assert len([option for option in picker.options if "latv" not in option.casefold()]) == 1, "the chosen one stays"
