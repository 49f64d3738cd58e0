"""The network of organisations with the filters of the page, and the choice of one of them."""

from dataclasses import replace

from graph_app.components.choices import choose_kept
from graph_app.components.texts import text
from graph_app.network.network import Network
from graph_app.views.networks import network_of, nodes
from graph_app.views.reading import settings

__all__ = ["by_organisations", "choose_organisation"]

_PROJECTION = "organisations"


def by_organisations(network: Network) -> Network:
    """Return the network of organisations with the filters of another one."""
    if network.projection == _PROJECTION:
        return network
    return network_of(_PROJECTION, replace(network.filters, minimum=0.0))


def choose_organisation(network: Network, name: str, label: str = "question.about") -> int | None:
    """Draw a picker of one organisation of a network.

    :param network: the network.
    :param name: query parameter.
    :param label: key of its label in the texts.
    :returns: its number, or ``None`` where none is chosen.
    """
    base = settings().base
    chosen = choose_kept(name, text(label), nodes(network), lambda iri: iri.removeprefix(base))
    return network.number[chosen] if chosen else None
