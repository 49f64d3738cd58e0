"""Form fields for the parameters of questions."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.texts import in_language, language, text
from graph_app.questions.parameters import Parameter
from loaders.findings import LANGUAGES

__all__ = ["field"]

_EXAMPLES = {"month": "2024-01", "year": "2024", "date": "2024-01-31", "decimal": "1200.50", "integer": "10"}


def field(parameter: Parameter, choices: Sequence[Reference], given: Sequence[str], *, key: str) -> list[str]:
    """Draw the field of a parameter.

    :param parameter: the parameter.
    :param choices: entities to choose from; none for what is typed.
    :param given: values that it starts with.
    :param key: key of the field on the page.
    :returns: the values, none where the field is empty.
    """
    label = in_language(parameter.label) or parameter.name
    label = f"{label} *" if parameter.required else label
    if parameter.type == "language":
        start = given[0] if given and given[0] in LANGUAGES else language()
        return [st.selectbox(label, LANGUAGES, index=LANGUAGES.index(start), key=key)]
    if not choices:
        start, example = given[0] if given else "", _EXAMPLES.get(parameter.type, "")
        typed = st.text_input(label, value=start, placeholder=example, key=key, max_chars=500)
        return [typed.strip()] if typed.strip() else []
    names = {choice.iri: choice.label for choice in choices}
    started = [iri for iri in given if iri in names]
    placeholder = text("choose") if parameter.required else text("any")
    if parameter.multiple:
        return list(
            st.multiselect(
                label,
                list(names),
                default=started,
                format_func=names.__getitem__,
                placeholder=placeholder,
                key=key,
            )
        )
    index = list(names).index(started[0]) if started else None
    one = st.selectbox(
        label,
        list(names),
        index=index,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=key,
    )
    return [one] if one else []
