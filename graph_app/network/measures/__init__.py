"""Measures of networks, by the definitions of the field; ``definitions.yaml`` cites them."""

from collections.abc import Iterable, Mapping

from graph_app.network.measures.brokerage import constraint, effective_size
from graph_app.network.measures.centrality import betweenness, pagerank
from graph_app.network.measures.cohesion import clustering, components, cores, cuts
from graph_app.network.measures.communities import communities
from graph_app.network.measures.definitions import Definition, definitions
from graph_app.network.measures.degree import centralisation, degrees, density
from graph_app.network.measures.groups import assortativity, degree_assortativity, outwardness
from graph_app.network.measures.results import Choices, Family, How, Measures
from graph_app.network.network import Network

__all__ = ["Definition", "How", "Measures", "UnknownMeasure", "check_names", "definitions", "measure"]

_FAMILIES: Mapping[Family, tuple[str, ...]] = {
    density: ("nodes", "ties", "density"),
    components: ("component", "components", "largest"),
    degrees: ("degree", "out_degree", "in_degree", "strength", "projects"),
    centralisation: ("centralisation",),
    betweenness: ("betweenness",),
    pagerank: ("pagerank",),
    cores: ("core",),
    clustering: ("clustering", "average_clustering", "transitivity"),
    effective_size: ("effective_size",),
    constraint: ("constraint",),
    cuts: ("cut_point", "cut_points", "bridge", "bridges"),
    communities: ("community", "communities", "modularity", "stability"),
    degree_assortativity: ("degree_assortativity",),
    assortativity: ("assortativity",),
    outwardness: ("ei_index",),
}


class UnknownMeasure(ValueError):
    """There is no measure of a name; the text is a sentence for people."""


def check_names(names: Iterable[str]) -> None:
    """Refuse names of no measure.

    :param names: what somebody wants to measure.
    :raises UnknownMeasure: if there is no measure of a name.
    """
    for name in names:
        if name not in definitions():
            raise UnknownMeasure(f"There is no measure {name}. There are {', '.join(definitions())}.")


def measure(network: Network, names: Iterable[str] | None = None, *, weight: str = "", by: str = "type") -> Measures:
    """Measure a network.

    :param network: the network.
    :param names: what to measure; all that is quick where nothing is said. What comes with it is given as well.
    :param weight: weight of ties; that of the network's filters where nothing is said.
    :param by: attribute, or ``community``, whose groups are compared.
    :raises UnknownMeasure: if there is no measure of a name.
    """
    wanted = {name for name, one in definitions().items() if not one.slow} if names is None else set(names)
    check_names(wanted)
    choices = Choices(weight or network.filters.weight, by)
    found = Measures()
    for family, gives in _FAMILIES.items():
        if wanted.intersection(gives):
            found |= family(network, choices)
    return found
