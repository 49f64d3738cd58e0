"""The languages in which the texts of a form can be written."""

import streamlit as st

from graph_app.components.form.around import Around
from graph_app.components.texts import text
from graph_app.stewardship.form import Spot, further_languages
from loaders.findings import LANGUAGES
from loaders.template.choices import choices

__all__ = ["draw_languages"]


def draw_languages(around: Around) -> None:
    """Draw a picker of further languages; one in which something is written stays.

    :param around: the form.
    """
    written_in, reader = around.languages
    offered = {code: name for code, name in choices("languages", written_in, reader).items() if code not in LANGUAGES}
    used = further_languages(around.form.filled)
    offered = {**{code: code for code in used}, **offered}
    key = around.key(Spot("", 0), "languages")
    st.session_state.setdefault(key, list(around.form.languages))
    chosen = st.multiselect(
        text("form.languages"),
        list(offered),
        format_func=lambda code: offered[code],
        placeholder=text("choose"),
        key=key,
    )
    around.form.languages = list(dict.fromkeys([*used, *chosen]))
