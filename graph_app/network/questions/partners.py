"""My partners: who works with an organisation, where, and from when until when."""

from dataclasses import dataclass

from graph_app.network.network import Network
from graph_app.network.questions.years import Years, span

__all__ = ["Partner", "partners"]


@dataclass(frozen=True, slots=True)
class Partner:
    """Someone who works with the organisation that was asked about.

    :param iri: the partner.
    :param contexts: IRIs of the projects and partnerships that they share.
    :param first: first year of these, or 0 where no source states one.
    :param last: last year of these, or 0.
    """

    iri: str
    contexts: tuple[str, ...]
    first: int
    last: int


def partners(network: Network, years: Years, organisation: str) -> tuple[Partner, ...]:
    """List the partners of an organisation.

    :param network: who works with whom.
    :param years: years of the projects.
    :param organisation: its IRI.
    :returns: those with most in common first, then the latest, then by IRI.
    :raises KeyError: if it is not in the network.
    """
    own = network.number[organisation]
    found = []
    for partner in network.neighbours(own).tolist():
        shared = network.shared(own, partner)
        found.append(Partner(network.nodes[partner], shared, *span(years, shared)))
    return tuple(sorted(found, key=lambda partner: (-len(partner.contexts), -partner.last, partner.iri)))
