"""Write what the server says about itself in the formats of RDF."""

from rdflib import Graph
from starlette.responses import Response

from graph_app.web.negotiation import Offer

__all__ = ["rdf_response"]

_WRITERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def rdf_response(graph: Graph, offer: Offer, headers: dict[str, str]) -> Response:
    """Write a graph.

    :param graph: the graph, our own and small.
    :param offer: the format.
    :param headers: headers of the answer.
    :returns: the answer.
    """
    text = graph.serialize(format=_WRITERS[offer.writer])
    return Response(text, headers=headers, media_type=offer.media)
