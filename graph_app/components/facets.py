"""What found entities can be narrowed by, with how many of them it leaves."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.texts import language, text

__all__ = ["choose_facet"]


def choose_facet(name: str, options: Sequence[tuple[str, str, int]]) -> list[str]:
    """Draw a picker of values of one facet, bound to a query parameter.

    :param name: name of the facet, which is the query parameter.
    :param options: value, what it is called, and how many of what was found have it, in the order to show.
    :returns: the chosen values.
    """
    told = {value: text("search.facet", label=label, count=count) for value, label, count in options}
    asked = [value for value in st.query_params.get_all(name) if value in told]
    chosen = st.multiselect(
        text(f"search.by.{name}"),
        list(told),
        default=asked,
        format_func=lambda value: told[value],
        placeholder=text("any"),
        key=f"facet {name} {language()}",
    )
    remember(name, chosen)
    return list(chosen)
