"""What a network says about its organisations and about itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

from graph_app.network.ties import Actor, Tie

__all__ = ["SAMPLE_FROM", "Measure", "OrganisationGraph", "Summary", "measure", "network", "summarise"]

#: Organisations as nodes, ties as edges; see :func:`network`.
OrganisationGraph: TypeAlias = "nx.Graph[str]"

#: Above this many organisations betweenness is estimated from a fixed sample of them: exact values take minutes.
SAMPLE_FROM = 1_500
_SAMPLE_SIZE = 300
_SEED = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """The place of one organisation in the network.

    :param organisation: its IRI.
    :param partners: number of organisations that it works with (degree).
    :param shared: shared projects and partnerships, summed over the partners (weighted degree).
    :param betweenness: share of the shortest ways between other organisations that lead through it, 0 to 1.
    """

    organisation: str
    partners: int
    shared: int
    betweenness: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The network as a whole.

    :param organisations: number of organisations.
    :param ties: number of pairs that work together.
    :param components: number of parts without any tie between them.
    :param largest: organisations in the largest part.
    :param density: ties that exist as a share of those possible.
    :param estimated: whether betweenness comes from a sample.
    """

    organisations: int
    ties: int
    components: int
    largest: int
    density: float
    estimated: bool


def network(actors: Iterable[Actor], ties: Iterable[Tie]) -> OrganisationGraph:
    """Build the weighted, undirected network.

    :param actors: organisations with what is shown of them; those without a tie are kept.
    :param ties: who works with whom.
    :returns: nodes are IRIs with ``label``, ``type`` and ``seat``; edges have ``weight`` and ``contexts``.
    """
    graph: OrganisationGraph = nx.Graph()
    for actor in actors:
        graph.add_node(actor.iri, label=actor.label, type=actor.type, seat=actor.seat)
    for tie in ties:
        graph.add_edge(tie.first, tie.second, weight=tie.weight, contexts=tie.contexts)
    return graph


def measure(graph: OrganisationGraph) -> tuple[Measure, ...]:
    """Measure every organisation.

    :param graph: a network as :func:`network` builds it.
    :returns: the measures, highest betweenness first, then most partners, then IRI.
    """
    sample = _SAMPLE_SIZE if len(graph) > SAMPLE_FROM else None
    between = nx.betweenness_centrality(graph, k=sample, seed=_SEED)
    degree, weighted = dict(graph.degree()), dict(graph.degree(weight="weight"))
    measures = (Measure(node, degree[node], int(weighted[node]), between[node]) for node in graph)
    return tuple(sorted(measures, key=lambda m: (-m.betweenness, -m.partners, m.organisation)))


def summarise(graph: OrganisationGraph) -> Summary:
    """Describe the network as a whole.

    :param graph: a network as :func:`network` builds it.
    :returns: its size, parts and density.
    """
    sizes = [len(part) for part in nx.connected_components(graph)]
    return Summary(
        organisations=graph.number_of_nodes(),
        ties=graph.number_of_edges(),
        components=len(sizes),
        largest=max(sizes, default=0),
        density=nx.density(graph) if len(graph) > 1 else 0.0,
        estimated=len(graph) > SAMPLE_FROM,
    )
