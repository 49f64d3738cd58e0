"""Partners of my partners who are not mine: whom an organisation could work with, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph_app.network.network import Network

__all__ = ["Suggestion", "suggestions"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An organisation that works with partners of the one that was asked about, but not with itself.

    :param iri: the organisation suggested.
    :param through: IRI of each partner in common to the contexts that it shares with the one suggested.
    :param fitting: contexts of the one suggested that fit what is looked for; empty where nothing is.
    """

    iri: str
    through: Mapping[str, tuple[str, ...]]
    fitting: tuple[str, ...]


def suggestions(network: Network, organisation: str, fitting: Collection[str] | None = None) -> tuple[Suggestion, ...]:
    """Suggest partners.

    :param network: who works with whom.
    :param organisation: IRI of the organisation that looks for partners.
    :param fitting: contexts on the theme and in the countries that it looks for; ``None`` for any.
    :returns: those with most fitting contexts first, then most partners in common, then by IRI. Where something is
        looked for, those without any fitting context are left out.
    :raises KeyError: if the organisation is not in the network.
    """
    own = network.number[organisation]
    mine = network.neighbours(own).tolist()
    known = {own, *mine}
    through: dict[int, dict[str, tuple[str, ...]]] = {}
    for partner in mine:
        for candidate in network.neighbours(partner).tolist():
            if candidate not in known:
                through.setdefault(candidate, {})[network.nodes[partner]] = network.shared(partner, candidate)
    wanted = frozenset(fitting or ())
    found = []
    for candidate, links in through.items():
        fits = tuple(context for context in network.contexts_of(candidate) if context in wanted)
        if fits or fitting is None:
            found.append(Suggestion(network.nodes[candidate], links, fits))
    return tuple(sorted(found, key=lambda one: (-len(one.fitting), -len(one.through), one.iri)))
