"""A drawn network in a frame of its own."""

import streamlit as st

__all__ = ["draw_network"]


def draw_network(html: str, *, height: int, description: str) -> None:
    """Draw a network in a frame of its own.

    :param html: page made by :func:`graph_app.network.drawing.draw_around`, which lets no data become HTML.
    :param height: height of the drawing in pixels.
    :param description: what it shows, for people who do not see it; the table beside it says the same.
    """
    st.iframe(html, height=height + 20, alt=description)
