"""Namespaces and terms, named once; every prefix comes from ``ontology/prefixes.ttl``."""

from functools import cache

from rdflib import Graph, Namespace
from rdflib.namespace import SH

from loaders import resources
from loaders.turtle import read_turtle

__all__ = [
    "BASE",
    "COUNTRY",
    "DCAT",
    "DCT",
    "FOAF",
    "IG",
    "IGSH",
    "ORGTYPE",
    "PROV",
    "ROLE",
    "SKOS",
    "TARGET_GROUP",
    "bind_prefixes",
    "prefixes",
]

#: Instances live under this base unless a deployment sets its own.
BASE = "https://w3id.org/integration-graph/id/"


@cache
def prefixes() -> dict[str, str]:
    """Return every declared prefix with its namespace.

    :returns: prefix to namespace IRI, sorted by prefix.
    """
    said = read_turtle(resources.ONTOLOGY / "prefixes.ttl")
    declared = [node for subject in said.about for node in said.nodes(subject, str(SH.declare))]
    prefix, namespace = str(SH.prefix), str(SH.namespace)
    pairs = ((said.texts(node, prefix)[0].value, said.texts(node, namespace)[0].value) for node in declared)
    return dict(sorted(pairs))


def bind_prefixes(graph: Graph) -> Graph:
    """Bind the declared prefixes, and no others, on a graph that is to be written out.

    :param graph: an rdflib graph.
    :returns: the same graph.
    """
    for prefix, namespace in prefixes().items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph


IG = Namespace(prefixes()["ig"])
IGSH = Namespace(prefixes()["igsh"])
ROLE = Namespace(prefixes()["role"])
ORGTYPE = Namespace(prefixes()["orgtype"])
TARGET_GROUP = Namespace(prefixes()["tg"])
COUNTRY = Namespace(prefixes()["country"])
SKOS = Namespace(prefixes()["skos"])
DCT = Namespace(prefixes()["dct"])
DCAT = Namespace(prefixes()["dcat"])
FOAF = Namespace(prefixes()["foaf"])
PROV = Namespace(prefixes()["prov"])
