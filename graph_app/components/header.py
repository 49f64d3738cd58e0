"""The head of a page: title, what it is, the language switch, and what the browser is told of them."""

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import choose_language, language, text
from loaders.findings import LANGUAGES

__all__ = ["header"]

#: Fixed texts, which tell readers aloud in which language to read: Streamlit's own page always says English.
_SAY_LANGUAGE = {code: f"<script>document.documentElement.lang = '{code}'</script>" for code in LANGUAGES}

#: Key of the switch, which shows the language of the page and does not keep it: a page that is left takes its own away.
_SWITCH = "_switch"


def header(title: str, caption: str = "", *, kind: str = "") -> None:
    """Draw the head of a page.

    :param title: title of the page, shown as it is.
    :param caption: a line of Markdown under it.
    :param kind: kind of the entity that the page is about, shown above the title.
    """
    choose_language(language())
    product = text("product")
    st.set_page_config(page_title=title if title == product else f"{title} · {product}")
    left, right = st.columns([6, 1], vertical_alignment="top")
    with left:
        if kind:
            st.caption(kind)
        st.title(escape(title), anchor=False)
        if caption:
            st.markdown(caption)
    with right.container(horizontal=True, horizontal_alignment="right"):
        st.session_state[_SWITCH] = language()
        st.segmented_control(
            text("language"),
            LANGUAGES,
            required=True,
            key=_SWITCH,
            on_change=_switch,
            label_visibility="collapsed",
        )
    st.html(_SAY_LANGUAGE[language()], unsafe_allow_javascript=True)


def _switch() -> None:
    choose_language(st.session_state[_SWITCH])
