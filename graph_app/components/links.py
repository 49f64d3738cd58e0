"""Links between pages: every entity has an address that can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from graph_app.components.escape import escape
from graph_app.components.texts import LANGUAGE_KEY, language
from loaders.findings import LANGUAGES
from loaders.vocabulary import IG

__all__ = [
    "ENTITY_PAGE",
    "PAGE_OF_CLASS",
    "Inward",
    "Outward",
    "Reference",
    "address",
    "fallback_label",
    "link",
    "outside",
    "page_link",
    "register",
]

#: Page of everything that has no page of its own.
ENTITY_PAGE = "entity"

#: Class of an entity to the path of its page.
PAGE_OF_CLASS: Mapping[str, str] = {
    str(IG.Organisation): "organisation",
    str(IG.Project): "project",
    str(IG.Programme): "programme",
    str(IG.Country): "country",
    str(IG.TargetGroup): "target-group",
}

_REGISTER = "_pages"
_SAFE_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity as a reader sees it.

    :param iri: its IRI.
    :param label: its name in the reader's language, or what its IRI tells.
    :param type: IRI of its class, or empty.
    :param known: whether the graph says anything about it.
    """

    iri: str
    label: str
    type: str = ""
    known: bool = True

    @property
    def page(self) -> str:
        """Path of the page that shows the entity."""
        return PAGE_OF_CLASS.get(self.type, ENTITY_PAGE)


@dataclass(frozen=True, slots=True)
class Inward:
    """A link to another page of the app.

    :param label: what it says.
    :param page: path of the page.
    :param query: query parameters of its address.
    """

    label: str
    page: str
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outward:
    """A link that leads elsewhere.

    :param label: what it says.
    :param address: where it leads.
    """

    label: str
    address: str


def fallback_label(iri: str) -> str:
    """Name an entity after its IRI.

    :param iri: an IRI.
    :returns: what follows the last ``#``, or the last parts of its path.
    """
    parts = urlsplit(iri)
    return unquote(parts.fragment or "/".join(parts.path.strip("/").split("/")[-2:]) or iri)


def register(pages: Mapping[str, StreamlitPage]) -> None:
    """Keep the pages of this run, so that links to them can be drawn.

    :param pages: path to page.
    """
    st.session_state[_REGISTER] = dict(pages)


def address(reference: Reference, *, page: str = "") -> str:
    """Return the address of an entity's page, relative to any page of the app.

    :param reference: the entity.
    :param page: path of another page to show it on, such as ``donor``.
    :returns: the address; after ``#`` stands the label, which tables show.
    """
    return f"{page or reference.page}?{urlencode(_query(reference.iri))}#{quote(reference.label, safe=' ')}"


def link(reference: Reference, *, page: str = "", icon: str = "", help_text: str | None = None) -> None:
    """Draw a link to an entity's page.

    :param reference: the entity.
    :param page: path of another page to show it on, such as ``donor``.
    :param icon: an icon before the label.
    :param help_text: a note that is shown when the pointer rests on it.
    """
    if not reference.known:
        outside(reference.iri)
        return
    pages: Mapping[str, StreamlitPage] = st.session_state[_REGISTER]
    st.page_link(
        pages[page or reference.page],
        label=escape(reference.label),
        icon=icon,
        query_params=_query(reference.iri),
        help=help_text,
    )


def page_link(page: str, label: str, *, icon: str = "", query: Mapping[str, str] | None = None) -> None:
    """Draw a link to a page.

    :param page: path of the page.
    :param label: what the link says.
    :param icon: an icon before it.
    :param query: query parameters of its address.
    """
    pages: Mapping[str, StreamlitPage] = st.session_state[_REGISTER]
    st.page_link(pages[page], label=label, icon=icon, query_params={**(query or {}), **_language()})


def outside(address: str, label: str = "", *, icon: str = "") -> None:
    """Draw a link to an address elsewhere; it is opened only when the reader follows it.

    :param address: the address; what is no web address is shown as text.
    :param label: what the link says; the address itself where nothing is given.
    :param icon: an icon before it.
    """
    shown = escape(label or address)
    if urlsplit(address).scheme in {"http", "https"}:
        shown = f"[{shown}](<{quote(address, safe=_SAFE_IN_ADDRESS)}>)"
    st.markdown(f"{icon} {shown}".lstrip())


def _query(iri: str) -> dict[str, str]:
    return {"iri": iri} | _language()


def _language() -> dict[str, str]:
    chosen = language()
    return {LANGUAGE_KEY: chosen} if chosen != LANGUAGES[0] else {}
