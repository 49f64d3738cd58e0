"""Networks of the current release as pages show them, kept as long as they are asked for."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.texts import language
from graph_app.network.asking import Ask, asking
from graph_app.network.filters import Filters
from graph_app.network.layout import fingerprint, kept_positions
from graph_app.network.measures import Measures, measure
from graph_app.network.network import Floats, Network
from graph_app.network.projections import PROJECTIONS, project
from graph_app.network.questions.asked import periods, years_of
from graph_app.network.questions.years import Years
from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import view
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.views.reading import release, settings
from loaders.vocabulary import IG

__all__ = ["arrays", "dates_now", "measured", "network_of", "node", "nodes", "places_of", "years_now"]

_KEPT = 40


def network_of(projection: str, filters: Filters) -> Network:
    """Return a network of the release that answers now.

    :param projection: name of the projection.
    :param filters: what it is narrowed to.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    with current_engine(settings()).lease() as engine:
        return _network(engine.release.version, language(), projection, filters, engine)


def arrays(name: str, values: Mapping[str, Sequence[str]], /) -> Arrays:
    """Answer a query of the pages whole, as :class:`graph_app.network.asking.Ask` says."""
    with current_engine(settings()).lease() as engine:
        return engine.arrays(view(name), values)


def dates_now() -> Mapping[str, tuple[str, str]]:
    """Return the first and the last day of every project and partnership."""
    return _dates(release().version, arrays)


def years_now() -> Years:
    """Return the first and the last year of every project and partnership."""
    return years_of(dates_now())


def node(network: Network, number: int) -> Reference:
    """Return a node of a network as a reader sees it."""
    kind = str(IG) + network.attributes["class"][number] if network.attributes["class"][number] else ""
    return Reference(network.nodes[number], network.attributes["label"][number], kind)


def nodes(network: Network) -> list[Reference]:
    """Return all nodes of a network by name, as pickers offer them."""
    return sorted((node(network, number) for number in range(len(network))), key=lambda one: one.label.casefold())


def measured(network: Network) -> Measures:
    """Return the measures of a network that are quick to make."""
    return _measured(network.release, network.projection, network.filters, network)


def places_of(network: Network) -> Floats:
    """Return where the nodes of a network stand on its map: tomorrow where they stand today."""
    return _places(fingerprint(network), network)


# Arguments with an underscore are not part of the key.
@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _network(version: str, language_: str, projection: str, filters: Filters, _engine: Engine) -> Network:  # noqa: ARG001
    return project(PROJECTIONS[projection], filters, asking(_engine), language_)


@st.cache_resource(max_entries=2, show_spinner=False)
def _dates(version: str, _ask: Ask) -> Mapping[str, tuple[str, str]]:  # noqa: ARG001
    return periods(_ask)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _measured(version: str, projection: str, filters: Filters, _network: Network) -> Measures:  # noqa: ARG001
    return measure(_network)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _places(shape: str, _network: Network) -> Floats:  # noqa: ARG001
    return kept_positions(_network, settings().home)
