"""How to cite a network: what it is, of which release, how it was narrowed, and where to open it again."""

from datetime import date

from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS

__all__ = ["citation"]

_WORDS = {
    "en": "Integration Graph, release {release}. {title}: {nodes:,} nodes, {ties:,} ties. {coverage}{narrowed}{where} "
    "Retrieved {day}.",
    "cs": "Integration Graph, vydání {release}. {title}: uzlů {nodes}, vazeb {ties}. {coverage}{narrowed}{where} "
    "Staženo {day}.",
}
_NARROWED = {"en": " Filters: {}.", "cs": " Filtry: {}."}


def citation(network: Network, day: date, *, address: str = "", language: str = "en", base: str = "") -> str:
    """Write the citation of a network.

    :param network: the network.
    :param day: when it was made.
    :param address: where it opens again, or empty.
    :param language: language of the reader.
    :param base: base of all instance IRIs; left out of filters where it is said.
    """
    query = network.filters.to_query(base) if base else network.filters.to_query()
    told = "; ".join(f"{name} {', '.join(texts)}" for name, texts in query.items())
    return _WORDS[language].format(
        release=network.release,
        title=PROJECTIONS[network.projection].title[language],
        nodes=len(network),
        ties=len(network.source),
        coverage=network.coverage.text(language),
        narrowed=_NARROWED[language].format(told) if told else "",
        where=f" {address}" if address else "",
        day=day.isoformat(),
    )
