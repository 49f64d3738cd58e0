"""Who acts on a page, and what became of what they asked for."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.findings import draw_findings
from graph_app.components.messages import problem
from graph_app.components.texts import text
from graph_app.journal.errors import JournalError
from graph_app.releases.build import BuildError
from graph_app.settings import SettingsError
from graph_app.stewardship.actors import Actor, current_actor
from graph_app.stewardship.errors import Blocked, Conflict, StewardshipError
from graph_app.views.reading import settings
from loaders.errors import SourceError

__all__ = ["attempt", "is_from_here", "local_actor", "say_done"]

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
#: What stands in requests that somebody has passed on.
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_DONE = "done"


def local_actor() -> Actor | None:
    """Return who acts: the one person at this machine where nobody else can reach the pages, else nobody."""
    if st.get_option("server.address") not in _LOCAL or settings().proxy or not is_from_here(st.context.headers):
        return None
    try:
        return current_actor(settings())
    except SettingsError as error:
        problem(text("acting.refused"), escape(error))
        return None


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a request was made on this machine, to this machine by name, and passed on by nobody.

    :param headers: its headers, whose names may be written in any case.
    """
    found = {name.casefold(): value for name, value in headers.items()}
    host = re.sub(r":[0-9]*$", "", found.get("host", "")).strip("[]")
    return host in _LOCAL and not any(name.casefold() in found for name in _PASSED_ON)


def attempt(work: Callable[[], object], waiting: str, done: str) -> None:
    """Do something and draw the page anew, or say why it was not done.

    :param work: what is done.
    :param waiting: what is said meanwhile.
    :param done: what is said afterwards.
    """
    try:
        with st.spinner(waiting):
            work()
    except (Blocked, BuildError) as error:
        problem(text("acting.refused"), escape(error))
        draw_findings(error.findings, name="findings")
    except Conflict as conflict:
        problem(text("acting.refused"), "  \n".join(map(escape, [*conflict.reasons, conflict])))
    except (StewardshipError, JournalError, SourceError) as error:
        problem(text("acting.refused"), escape(error))
    else:
        st.session_state[_DONE] = done
        st.rerun()


def say_done() -> None:
    """Say what was done before the page was drawn anew, once."""
    if done := st.session_state.pop(_DONE, ""):
        st.success(done, icon=":material/check_circle:")
