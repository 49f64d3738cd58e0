"""Who acts on a page, and what became of what they asked for."""

import logging
import re
from collections.abc import Callable, Mapping

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.findings import draw_findings
from graph_app.components.identity import draw_identity, offer_sign_in
from graph_app.components.messages import empty, problem, refusal
from graph_app.components.texts import text
from graph_app.journal.errors import JournalError
from graph_app.releases.build import BuildError
from graph_app.settings import LOOPBACK, SettingsError
from graph_app.stewardship.actors import Actor, Role, current_actor
from graph_app.stewardship.errors import Blocked, Conflict, StewardshipError
from graph_app.stewardship.provider import ProviderFault, check_provider
from graph_app.stewardship.signing_in import SignedOut, signed_in
from graph_app.views.reading import settings
from loaders.errors import SourceError

__all__ = ["attempt", "introduce", "is_from_here", "page_actor", "say_done", "say_nobody", "say_who", "why_nobody"]

#: What stands in requests that somebody has passed on.
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_DONE, _FAULT = "done", "sign-in fault"
#: The file beside the journal that keeps who has signed out.
_SIGNED_OUT = "signed-out.json"

logger = logging.getLogger(__name__)


def page_actor() -> Actor | None:
    """Return who acts: whoever has signed in; where nobody can, the one person at this machine; else nobody."""
    try:
        return _signed_in() if settings().oidc_metadata else _local()
    except SettingsError as error:
        problem(text("acting.refused"), refusal(error))
        return None


def introduce() -> None:
    """Say who has signed in, where people do, and let them sign in and out."""
    if not settings().oidc_metadata:
        return
    actor = page_actor()
    if actor is None:
        offer_sign_in(_sign_in, ended=st.user.is_logged_in)
        if fault := st.session_state.pop(_FAULT, None):
            problem(text("acting.refused"), refusal(fault))
    else:
        draw_identity(actor.name, sorted(actor.roles - {Role.VIEWER}) or [Role.VIEWER], _sign_out)


def why_nobody() -> str:
    """Return why nobody acts, and how somebody could."""
    return text("acting.sign_in_first" if settings().oidc_metadata else "acting.nobody")


def say_nobody() -> None:
    """Say why nobody acts, and how somebody could."""
    empty(why_nobody())


def say_who(actor: Actor) -> None:
    """Say who acts where nobody has signed in; the others stand at the head of the page.

    :param actor: who acts.
    """
    if not settings().oidc_metadata:
        st.caption(text("acting.as", name=escape(actor.name)))


def _signed_in() -> Actor | None:
    claims = st.user.to_dict()
    if not st.user.is_logged_in or _signed_out().holds(claims):
        return None
    actor = signed_in(claims, settings())
    return None if actor is None or actor.ended else actor


def _sign_in() -> None:
    """Lead to the provider, if it answers: a browser that was sent to one that does not would show no page at all."""
    try:
        check_provider(settings())
    except ProviderFault as fault:
        st.session_state[_FAULT] = fault
    else:
        st.login()


def _sign_out() -> None:
    actor = page_actor()
    if actor is not None:
        try:
            _signed_out().note(st.user.to_dict(), actor)
        except StewardshipError:  # who leaves is let go; whoever runs the deployment finds it in the log
            logger.exception("A sign-out was not kept.")
    st.logout()


@st.cache_resource(show_spinner=False)
def _signed_out() -> SignedOut:
    return SignedOut(settings().home / _SIGNED_OUT)


def _local() -> Actor | None:
    if st.get_option("server.address") not in LOOPBACK or settings().proxy or not is_from_here(st.context.headers):
        return None
    return current_actor(settings())


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a request was made on this machine, to this machine by name, and passed on by nobody.

    :param headers: its headers, whose names may be written in any case.
    """
    found = {name.casefold(): value for name, value in headers.items()}
    host = re.sub(r":[0-9]*$", "", found.get("host", "")).strip("[]")
    return host in LOOPBACK and not any(name.casefold() in found for name in _PASSED_ON)


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
        problem(text("acting.refused"), refusal(error))
        draw_findings(error.findings, name="findings")
    except Conflict as conflict:
        problem(text("acting.refused"), "  \n".join(map(refusal, [*conflict.reasons, conflict])))
    except (StewardshipError, JournalError, SourceError, SettingsError) as error:
        problem(text("acting.refused"), refusal(error))
    else:
        st.session_state[_DONE] = done
        st.rerun()


def say_done() -> None:
    """Say what was done before the page was drawn anew, once."""
    if done := st.session_state.pop(_DONE, ""):
        st.success(done, icon=":material/check_circle:")
