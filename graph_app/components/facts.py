"""What is stated about an entity, a property a line, each with the place that it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Reference, link, outside
from graph_app.components.texts import text

__all__ = ["Fact", "draw_facts"]

_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Fact:
    """One property with its values.

    :param label: name of the property.
    :param values: entities, or texts ready for reading.
    :param source: where the values stand in the source, or empty.
    """

    label: str
    values: tuple[Reference | str, ...]
    source: str = ""


def draw_facts(facts: Sequence[Fact]) -> None:
    """Draw facts as lines of label and values.

    :param facts: in the order in which they are shown.
    """
    for fact in facts:
        left, right = st.columns([3, 7])
        left.markdown(
            f"**{escape(fact.label)}**", help=text("from", place=escape(fact.source)) if fact.source else None
        )
        with right.container(horizontal=True, gap="small"):
            for value in fact.values[:_SHOWN]:
                if isinstance(value, Reference):
                    link(value)
                elif value.startswith(("http://", "https://")):
                    outside(value)
                else:
                    st.markdown(escape(value))
        if len(fact.values) > _SHOWN:
            right.caption(text("more_rows", shown=_SHOWN, all=len(fact.values)))
