"""Pickers over entities whose choice stands in the address of the page."""

from collections.abc import Callable, Sequence

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.texts import language, text

__all__ = ["choose_many", "choose_one", "remember"]


def remember(name: str, values: Sequence[str]) -> None:
    """Write a choice into the address of the page, or take it out where there is none.

    :param name: query parameter.
    :param values: its values.
    """
    if list(values) == st.query_params.get_all(name):
        return
    if values:
        st.query_params[name] = list(values)
    else:
        del st.query_params[name]


def choose_many(name: str, label: str, options: Sequence[Reference], short: Callable[[str], str]) -> list[str]:
    """Draw a picker of several entities, bound to a query parameter.

    :param name: query parameter.
    :param label: label of the picker.
    :param options: the choices.
    :param short: IRI to what stands for it in the address.
    :returns: IRIs of the chosen entities.
    """
    by_iri = {option.iri: option for option in options}
    asked = set(st.query_params.get_all(name))
    chosen = st.multiselect(
        label,
        list(by_iri),
        default=[iri for iri in by_iri if short(iri) in asked],
        format_func=lambda iri: by_iri[iri].label,
        placeholder=text("any"),
        key=f"{name} {language()}",
    )
    remember(name, [short(iri) for iri in chosen])
    return list(chosen)


def choose_one(name: str, label: str, options: Sequence[Reference], *, placeholder: str) -> str | None:
    """Draw a picker of one entity.

    :param name: key of the picker.
    :param label: its label.
    :param options: the choices.
    :param placeholder: what stands in it before anything is chosen.
    :returns: IRI of the chosen entity.
    """
    by_iri = {option.iri: option for option in options}
    return st.selectbox(
        label,
        list(by_iri),
        index=None,
        format_func=lambda iri: by_iri[iri].label,
        placeholder=placeholder,
        key=f"{name} {language()}",
    )
