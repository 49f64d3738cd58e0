"""Networks as files that Gephi, Cytoscape, NetworkX and spreadsheets read."""

from collections.abc import Iterable, Mapping
from io import BytesIO

import networkx as nx

from graph_app.network.organisation_graph import Measure, OrganisationGraph
from graph_app.network.ties import Tie

__all__ = ["gexf", "graphml", "measure_rows", "tie_rows"]

_SEPARATOR = " | "


def graphml(graph: OrganisationGraph, context_labels: Mapping[str, str]) -> bytes:
    """Write the network as GraphML.

    :param graph: a network as :func:`graph_app.network.organisation_graph.network` builds it.
    :param context_labels: IRI of a project or partnership to its title.
    :returns: the file.
    """
    buffer = BytesIO()
    nx.write_graphml_xml(_flat(graph, context_labels), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def gexf(graph: OrganisationGraph, context_labels: Mapping[str, str]) -> bytes:
    """Write the network as GEXF.

    :param graph: a network as :func:`graph_app.network.organisation_graph.network` builds it.
    :param context_labels: IRI of a project or partnership to its title.
    :returns: the file.
    """
    buffer = BytesIO()
    nx.write_gexf(_flat(graph, context_labels), buffer, encoding="utf-8")
    return buffer.getvalue()


def tie_rows(
    ties: Iterable[Tie], labels: Mapping[str, str], context_labels: Mapping[str, str]
) -> list[dict[str, str | int]]:
    """Lay the ties out as rows of a table.

    :param ties: who works with whom.
    :param labels: IRI of an organisation to its name.
    :param context_labels: IRI of a project or partnership to its title.
    :returns: one row a tie, names beside IRIs.
    """
    return [
        {
            "organisation": labels.get(tie.first, tie.first),
            "partner": labels.get(tie.second, tie.second),
            "shared": tie.weight,
            "projects": _SEPARATOR.join(context_labels.get(context, context) for context in tie.contexts),
            "organisation_iri": tie.first,
            "partner_iri": tie.second,
            "project_iris": _SEPARATOR.join(tie.contexts),
        }
        for tie in ties
    ]


def measure_rows(measures: Iterable[Measure], labels: Mapping[str, str]) -> list[dict[str, str | int | float]]:
    """Lay the measures out as rows of a table.

    :param measures: the place of every organisation.
    :param labels: IRI of an organisation to its name.
    :returns: one row an organisation.
    """
    return [
        {
            "organisation": labels.get(found.organisation, found.organisation),
            "partners": found.partners,
            "shared": found.shared,
            "betweenness": round(found.betweenness, 4),
            "organisation_iri": found.organisation,
        }
        for found in measures
    ]


def _flat(graph: OrganisationGraph, context_labels: Mapping[str, str]) -> OrganisationGraph:
    flat: OrganisationGraph = nx.Graph()
    flat.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True))
    for first, second, data in graph.edges(data=True):
        contexts: tuple[str, ...] = data["contexts"]
        names = _SEPARATOR.join(context_labels.get(context, context) for context in contexts)
        flat.add_edge(first, second, weight=data["weight"], projects=names, project_iris=_SEPARATOR.join(contexts))
    return flat
