"""The page Who is who, put together."""

from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.header import header
from graph_app.components.messages import problem, refusal
from graph_app.components.texts import text
from graph_app.identity.entities import CLASSES
from graph_app.journal.errors import JournalError
from graph_app.stewardship.permissions import Command, may
from graph_app.views.acting import page_actor, say_done, say_who, why_nobody
from graph_app.views.identity.asked import Asked, ask_who_is_who
from graph_app.views.identity.batch_part import show_batches
from graph_app.views.identity.history_part import show_history
from graph_app.views.identity.notices import say_notices
from graph_app.views.identity.pairs_part import show_pairs
from graph_app.views.identity.release_part import show_release
from graph_app.views.reading import settings

__all__ = ["show"]

#: Part of the page to what draws it.
_PARTS: Mapping[str, Callable[[Asked], None]] = {
    "pairs": show_pairs,
    "batch": show_batches,
    "decisions": show_history,
}


def show() -> None:
    """Draw the page."""
    header(text("page.who-is-who"), text("who.intro"))
    say_done()
    actor = page_actor()
    decides = actor is not None and may(actor, Command.DECIDE, None, settings())
    if actor is None:
        st.caption(f"{text('who.read_only')} {why_nobody()}")
    elif not decides:
        st.caption(f"{text('who.read_only')} {text('who.not_allowed')}")
    else:
        say_who(actor)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose_segment("kind", text("who.kind"), list(CLASSES), lambda name: text(f"page.{name}.many"))
        part = choose_segment("part", text("who.part"), list(_PARTS), lambda name: text(f"who.part.{name}"))
    try:
        asked = ask_who_is_who(kind, actor if decides else None)
    except JournalError as error:
        problem(text("who.no_journal"), refusal(error))
        return
    show_release(asked)
    say_notices()
    _PARTS[part](asked)
