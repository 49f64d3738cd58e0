"""What can be taken away: an address, files, pictures, a saved view, a notebook cell and a citation."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from graph_app.components.downloads import download
from graph_app.components.texts import language, text
from graph_app.network.drawing import DRAWN_UP_TO
from graph_app.network.exports import citation, csv_table, gexf, graphml, node_table, notebook_cell, tie_table
from graph_app.network.measures import Measures
from graph_app.network.network import Network
from graph_app.network.pictures import Picture, as_page, as_png, as_svg
from graph_app.views.networks import measured
from graph_app.views.partnerships.saved_views import show_saved_views
from graph_app.views.partnerships.styling import picture_of
from graph_app.views.partnerships.words import title_of, today
from graph_app.views.reading import references, settings

__all__ = ["show_take_away"]

_XML, _CSV = "application/xml", "text/csv"
#: So many titles of projects are asked for at most, for a page of one file.
_TITLES = 2_000


def show_take_away(network: Network) -> None:
    """Draw everything that leads out of the page.

    :param network: the network of the page.
    """
    measures = measured(network)
    picture = picture_of(network, measures)
    st.subheader(text("share.address"), anchor=False)
    here = _address()
    st.code(here, language=None, wrap_lines=True)
    st.subheader(text("share.files"), anchor=False)
    _files(network, measures, picture)
    st.subheader(text("share.view"), anchor=False)
    show_saved_views(network)
    st.subheader(text("share.citation"), anchor=False)
    told = citation(network, today(), address=here, language=language(), base=settings().base)
    st.code(told, language=None, wrap_lines=True)
    st.subheader(text("share.notebook"), anchor=False)
    _notebook(network)


def _address() -> str:
    query = [(name, value) for name in st.query_params for value in st.query_params.get_all(name) if name != "part"]
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(query)}" if query else st.context.url or ""


def _files(network: Network, measures: Measures, picture: Picture) -> None:
    name = network.projection
    with st.container(horizontal=True):
        download("GraphML", lambda: graphml(network, measures), f"{name}.graphml", _XML)
        download("GEXF", lambda: gexf(network, measures, picture.positions), f"{name}.gexf", _XML)
        nodes = text("share.nodes")
        download(nodes, lambda: csv_table(node_table(network, measures)).encode("utf-8-sig"), f"{name}-nodes.csv", _CSV)
        ties = text("share.ties")
        download(ties, lambda: csv_table(tie_table(network, measures)).encode("utf-8-sig"), f"{name}-ties.csv", _CSV)
        download("SVG", lambda: as_svg(picture), f"{name}.svg", "image/svg+xml")
        download("PNG", lambda: as_png(as_svg(picture)), f"{name}.png", "image/png")
        if len(network) <= DRAWN_UP_TO and len(network.contexts) <= _TITLES:
            titles = {iri: one.label for iri, one in references(network.contexts).items()}
            shown = language()
            download("HTML", lambda: as_page(picture, titles, language=shown).encode(), f"{name}.html", "text/html")
    if len(network) > DRAWN_UP_TO or len(network.contexts) > _TITLES:
        st.caption(text("share.too_large", most=DRAWN_UP_TO))
    st.caption(text("share.same"))


def _notebook(network: Network) -> None:
    if network.filters.minimum and network.filters.weight != "count":
        st.caption(text("share.no_notebook"))
        return
    here = urlsplit(st.context.url or "")
    st.code(
        notebook_cell(network, f"{here.scheme}://{here.netloc}/sparql", title_of(network)),
        language="python",
        wrap_lines=True,
    )
