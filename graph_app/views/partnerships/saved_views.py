"""Saved views: what a coordinator has put together, as one small file to share and to open again."""

import streamlit as st

from graph_app.components.choices import forget
from graph_app.components.downloads import prepared_download
from graph_app.components.escape import escape
from graph_app.components.messages import problem
from graph_app.components.texts import text
from graph_app.network.exports import SavedView, ViewError
from graph_app.network.exports.saved import MOST_BYTES
from graph_app.network.network import Network
from graph_app.views.partnerships import filter_panel, styling
from graph_app.views.partnerships.chosen import chosen_nodes
from graph_app.views.partnerships.moved import move, moves
from graph_app.views.reading import release, settings

__all__ = ["show_notes", "show_saved_views"]

_TITLE, _NOTES, _RELEASE = "title of the view", "notes of the view", "release of the view"
_LONGEST = 5_000


def show_saved_views(network: Network) -> None:
    """Draw how to save what is shown, and how to open what was saved.

    :param network: the network of the page.
    """
    left, right = st.columns(2)
    with left:
        _save(network)
    with right:
        _open()


def show_notes(network: Network) -> None:
    """Draw title and notes of the view that was opened, or is being made.

    :param network: the network of the page.
    """
    title, notes = st.session_state.get(_TITLE, ""), _noted()
    if not title and not any(notes.values()):
        return
    with st.container(border=True, key="notes"):
        if title:
            st.markdown(f"**{escape(title)}**")
        for iri, note in notes.items():
            number = network.number.get(iri)
            about = f"**{escape(network.attributes['label'][number])}**: " if number is not None else ""
            if note and (not iri or number is not None):
                st.markdown(about + escape(note))
        made = st.session_state.get(_RELEASE, "")
        if made and made != release().version:
            st.caption(text("share.other_release", made=escape(made), now=escape(release().version)))


def _save(network: Network) -> None:
    st.caption(text("share.save.help"))
    title = st.text_input(text("share.title"), st.session_state.get(_TITLE, ""), max_chars=200)
    notes = dict(_noted())
    notes[""] = st.text_area(text("share.note"), notes.get("", ""), max_chars=_LONGEST, height=90)
    for number in chosen_nodes(network)[:1]:
        iri, label = network.nodes[number], network.attributes["label"][number]
        about = text("share.note_on", name=escape(label))
        notes[iri] = st.text_area(about, notes.get(iri, ""), max_chars=_LONGEST, height=90)
    st.session_state[_TITLE], st.session_state[_NOTES] = title, notes
    view = SavedView(
        network.projection,
        network.filters,
        release=network.release,
        title=title,
        styling={name: st.query_params[name] for name in styling.NAMES if name in st.query_params},
        positions={iri: place for iri, place in moves().items() if iri in network.number},
        notes={iri: note for iri, note in notes.items() if note},
    )
    prepared_download(text("share.the_view"), view.to_json().encode(), "partnerships-view.json", "application/json")


def _open() -> None:
    st.caption(text("share.open.help"))
    given = st.file_uploader(text("share.open"), type="json", max_upload_size=MOST_BYTES // 1_000_000)
    if given is None:
        return
    try:
        view = SavedView.from_json(given.getvalue())
    except ViewError as error:
        problem(text("share.no_view"), escape(error))
        return
    st.markdown(f"**{escape(view.title or text('share.untitled'))}** · {escape(view.release)}")
    st.button(text("share.open_it"), icon=":material/folder_open:", on_click=_take, args=(view,))


def _take(view: SavedView) -> None:
    names = (*filter_panel.NAMES, *styling.NAMES)
    forget(names)
    for name in (*names, "chosen", "part"):
        st.query_params.pop(name, None)
    query = view.filters.to_query(settings().base) | {name: [value] for name, value in view.styling.items()}
    if view.projection != filter_panel.USUAL:
        query["projection"] = [view.projection]
    for name, values in query.items():
        st.query_params[name] = values
    forget(["part"])
    st.session_state[_TITLE], st.session_state[_NOTES] = view.title, dict(view.notes)
    st.session_state[_RELEASE] = view.release
    move(view.positions)


def _noted() -> dict[str, str]:
    notes: dict[str, str] = st.session_state.get(_NOTES, {})
    return notes
