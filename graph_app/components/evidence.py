"""What is known of two things, side by side, so that a reader sees what they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.links import Inward, Outward, Reference, link, outside
from graph_app.components.rows import Cell
from graph_app.components.texts import text
from loaders.normalise.folding import fold

__all__ = ["Aspect", "draw_evidence"]

_BOTH = ":material/join_inner:"
_SHOWN = 8
_WIDTHS = (2, 5, 5)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What two things are compared by.

    :param label: what it is.
    :param left: what is known of the first.
    :param right: of the second.
    """

    label: str
    left: Sequence[Cell]
    right: Sequence[Cell]


def draw_evidence(first: Reference, second: Reference, aspects: Sequence[Aspect]) -> None:
    """Draw two things side by side; what both have is marked and stands first.

    :param first: the first.
    :param second: the second.
    :param aspects: what they are compared by; those of which nothing is known are left out.
    """
    _, left, right = st.columns(_WIDTHS)
    for place, name, one in ((left, "who.first", first), (right, "who.second", second)):
        with place:
            st.caption(text(name))
            link(one)
    for aspect in aspects:
        if not aspect.left and not aspect.right:
            continue
        both = {_told(one) for one in aspect.left} & {_told(one) for one in aspect.right}
        label, left, right = st.columns(_WIDTHS)
        label.markdown(f"**{escape(aspect.label)}**")
        for place, values in ((left, aspect.left), (right, aspect.right)):
            with place.container(gap="xsmall"):
                _values(values, both)
    st.caption(f"{_BOTH} {text('who.in_both')}")


def _values(values: Sequence[Cell], both: set[str]) -> None:
    if not values:
        st.markdown(f":gray[{text('not_stated')}]")
    ordered = sorted(values, key=lambda one: _told(one) not in both)
    for value in ordered[:_SHOWN]:
        _value(value, shared=_told(value) in both)
    if len(ordered) > _SHOWN:
        st.caption(text("who.more", count=len(ordered) - _SHOWN))


def _value(value: Cell, *, shared: bool) -> None:
    icon = _BOTH if shared else ""
    if isinstance(value, Reference):
        link(value, icon=icon)
    elif isinstance(value, Outward):
        outside(value.address, value.label, icon=icon)
    elif value is not None:
        st.markdown(f"{icon} {escape(value.label if isinstance(value, Inward) else value)}")


def _told(value: Cell) -> str:
    if isinstance(value, Reference):
        return value.iri
    return fold(value.label if isinstance(value, Inward | Outward) else value or "")
