"""The script that Streamlit runs for every view: navigation, and what all pages share."""

from importlib.resources import files

import streamlit as st

from graph_app.components.links import ENTITY_PAGE, register
from graph_app.components.style import apply_style
from graph_app.components.texts import text
from graph_app.views import ask, entries, finding, overview, quality, review
from graph_app.views.acting import introduce
from graph_app.views.entity.pages import PAGES
from graph_app.views.faults import say_faults
from graph_app.views.funding import page as funding
from graph_app.views.identity import page as who_is_who
from graph_app.views.partnerships import page as partnerships
from graph_app.views.reading import release

# A file of our own: icons of pages, which would also become their sign in the browser's tab, come from a foreign host.
_SIGN = str(files("graph_app.components").joinpath("sign.svg"))


def main() -> None:
    """Set up the page that the address asks for, and draw it."""
    st.set_page_config(page_title=text("product"), page_icon=_SIGN, layout="wide")
    apply_style()
    first = st.Page(overview.show, title=text("page.overview"), url_path="overview", default=True)
    browse = {
        path: st.Page(
            page.show,
            title=text(f"page.{path}") if path == ENTITY_PAGE else text(f"page.{path}.many"),
            url_path=path,
            visibility="hidden" if path == ENTITY_PAGE else "visible",
        )
        for path, page in PAGES.items()
    }
    tools = {
        "search": st.Page(finding.show, title=text("page.search"), url_path="search"),
        "ask": st.Page(ask.show, title=text("page.ask"), url_path="ask"),
        "partnerships": st.Page(partnerships.show, title=text("page.partnerships"), url_path="partnerships"),
        "funding": st.Page(funding.show, title=text("page.funding"), url_path="funding"),
        "entries": st.Page(entries.show, title=text("page.entries"), url_path="entries"),
        "review": st.Page(review.show, title=text("page.review"), url_path="review"),
        "who-is-who": st.Page(who_is_who.show, title=text("page.who-is-who"), url_path="who-is-who"),
        "quality": st.Page(quality.show, title=text("page.quality"), url_path="quality"),
    }
    register({"overview": first, **browse, **tools})
    chosen = st.navigation({"": [first, *tools.values()], text("nav.graph"): list(browse.values())}, position="top")
    introduce()
    with say_faults():
        release()
        chosen.run()


main()
