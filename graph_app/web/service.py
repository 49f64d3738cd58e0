"""What ``/sparql`` says about itself, by the SPARQL 1.1 Service Description."""

import re

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF as TERMS
from rdflib.namespace import VOID
from starlette.requests import Request
from starlette.responses import Response

from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.web.negotiation import Offer
from graph_app.web.rdf import rdf_response
from graph_app.web.validators import REVALIDATED, matches, not_modified, weak_tag
from loaders.mapping.quads import data_graph, derived_graph, ontology_graph, provenance_graph
from loaders.vocabulary import DCT, bind_prefixes

__all__ = ["describe_service", "server_address"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def server_address(request: Request, base: str) -> str:
    """Return the address at which this server was reached, without path.

    :param request: the request.
    :param base: base of all instance IRIs, which stands in where the client names no usable host.
    :returns: for example ``https://graph.example``.
    """
    host = request.headers.get("host", "")
    if _HOST.fullmatch(host):
        return f"{request.url.scheme}://{host}"
    return "/".join(base.split("/", 3)[:3])


def describe_service(request: Request, release: Release, settings: Settings, offer: Offer) -> Response:
    """Describe the service.

    :param request: the request.
    :param release: the release that it answers on.
    :param settings: settings of the deployment, whose limits are told.
    :param offer: the format.
    :returns: the description.
    """
    address = f"{server_address(request, settings.base)}/sparql"
    tag = weak_tag("service", address, release.sha256, offer)
    headers = {"ETag": tag, "Cache-Control": REVALIDATED, "Integration-Graph-Release": release.version}
    if matches(request, tag):
        return not_modified(headers)
    return rdf_response(_description(address, release, settings), offer, headers)


def _description(address: str, release: Release, settings: Settings) -> Graph:
    graph = bind_prefixes(Graph(bind_namespaces="none"))
    graph.bind("sd", _SD)
    graph.bind("void", VOID)
    service, dataset, default = BNode(), BNode(), BNode()
    graph.add((service, TERMS.type, _SD.Service))
    graph.add((service, _SD.endpoint, URIRef(address)))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    for name in _FORMAT_NAMES.values():
        graph.add((service, _SD.resultFormat, _FORMATS[name]))
    limits = (
        f"Read only. A query may take {settings.time_limit:g} seconds; an answer has at most "
        f"{settings.endpoint_row_limit:,} rows or triples and {settings.byte_limit:,} bytes, and says where it was cut."
    )
    graph.add((service, DCT.description, Literal(limits, lang="en")))
    graph.add((service, _SD.defaultDataset, dataset))
    graph.add((dataset, TERMS.type, _SD.Dataset))
    graph.add((dataset, DCT.hasVersion, Literal(release.version)))
    graph.add((dataset, _SD.defaultGraph, default))
    graph.add((default, TERMS.type, _SD.Graph))
    graph.add((default, VOID.triples, Literal(release.triples)))
    names = [ontology_graph(settings.base), derived_graph(settings.base)]
    for noted in release.datasets:
        names += [data_graph(noted.key, settings.base), provenance_graph(noted.key, settings.base)]
    for name in names:
        named = BNode()
        graph.add((dataset, _SD.namedGraph, named))
        graph.add((named, TERMS.type, _SD.NamedGraph))
        graph.add((named, _SD.name, name))
    return graph
