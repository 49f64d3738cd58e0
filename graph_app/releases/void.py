"""A release described for machines, in VoID and DCAT: what it holds, how much, from whom, and where it can be had."""

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, VOID, XSD, Namespace
from rdflib.term import Node

from graph_app.releases.notes import DatasetNote, Part, part_name
from graph_app.releases.release import Release
from graph_app.releases.statistics import read_statistics
from loaders.identifiers import is_iri, mint
from loaders.vocabulary import DCAT, DCT, FOAF, IG, bind_prefixes

__all__ = ["describe"]

_SPDX = Namespace("http://spdx.org/rdf/terms#")
_NQUADS = URIRef("https://www.iana.org/assignments/media-types/application/n-quads")
_TITLE = {"en": "Integration Graph", "cs": "Integration Graph"}
_DESCRIPTION = {
    "en": "A knowledge graph of actors, projects and funding, first for migrant-integration work.",
    "cs": "Znalostní graf aktérů, projektů a financování, především v oblasti integrace migrantů.",
}


def describe(release: Release, base: str) -> str:
    """Describe a release in VoID and DCAT, as Turtle.

    Addresses of endpoint and files are those of the deployment whose instances are at the base.

    :param release: the release.
    :param base: base of all instance IRIs.
    :returns: the description.
    :raises NoRelease: if the counts of the release cannot be read.
    """
    graph = bind_prefixes(Graph(bind_namespaces="none"))
    graph.bind("void", VOID)
    graph.bind("spdx", _SPDX)
    root = f"{base.removesuffix('/').rpartition('/')[0]}/" if base.endswith("/id/") else base
    whole = URIRef(mint("dataset", "integration-graph", base=base))
    _add_whole(graph, whole, release, root, base)
    _add_counts(graph, whole, release)
    notes = {part_name(note.key): note for note in release.datasets}
    for part in release.parts:
        address = URIRef(f"{root}data/{release.version}/{part.name}")
        _add_file(graph, whole, part, address)
        if part.name in notes:
            _add_dataset(graph, whole, notes[part.name], part, address, base)
    return graph.serialize(format="turtle")


def _add_whole(graph: Graph, whole: URIRef, release: Release, root: str, base: str) -> None:
    endpoint = URIRef(f"{root}sparql")
    service = BNode()
    for kind in (VOID.Dataset, DCAT.Dataset):
        graph.add((whole, RDF.type, kind))
    for path, texts in ((DCT.title, _TITLE), (DCT.description, _DESCRIPTION)):
        for language, text in texts.items():
            graph.add((whole, path, Literal(text, lang=language)))
    graph.add((whole, DCAT.version, Literal(release.version)))
    graph.add((whole, DCT.issued, Literal(release.created.isoformat(), datatype=XSD.dateTime)))
    graph.add((whole, _SPDX.checksum, _checksum(graph, release.sha256)))
    graph.add((whole, FOAF.homepage, URIRef(root)))
    graph.add((whole, VOID.uriSpace, Literal(base)))
    graph.add((whole, VOID.vocabulary, URIRef(str(IG))))
    graph.add((whole, VOID.sparqlEndpoint, endpoint))
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCAT.endpointURL, endpoint))
    graph.add((service, DCAT.servesDataset, whole))


def _add_counts(graph: Graph, whole: URIRef, release: Release) -> None:
    counted = read_statistics(release)
    graph.add((whole, VOID.triples, Literal(counted.triples)))
    graph.add((whole, VOID.classes, Literal(len(counted.classes))))
    graph.add((whole, VOID.properties, Literal(len(counted.properties))))
    for iri, number in counted.classes.items():
        partition = BNode()
        graph.add((whole, VOID.classPartition, partition))
        graph.add((partition, VOID["class"], URIRef(iri)))
        graph.add((partition, VOID.entities, Literal(number)))
    for iri, number in counted.properties.items():
        partition = BNode()
        graph.add((whole, VOID.propertyPartition, partition))
        graph.add((partition, VOID.property, URIRef(iri)))
        graph.add((partition, VOID.triples, Literal(number)))


def _add_file(graph: Graph, whole: URIRef, part: Part, address: URIRef) -> None:
    distribution = BNode()
    graph.add((whole, VOID.dataDump, address))
    graph.add((whole, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCAT.downloadURL, address))
    graph.add((distribution, DCAT.mediaType, _NQUADS))
    graph.add((distribution, DCAT.byteSize, Literal(part.size, datatype=XSD.nonNegativeInteger)))
    graph.add((distribution, _SPDX.checksum, _checksum(graph, part.sha256)))


def _add_dataset(graph: Graph, whole: URIRef, note: DatasetNote, part: Part, address: URIRef, base: str) -> None:
    dataset = URIRef(mint("dataset", note.key, base=base))
    graph.add((whole, VOID.subset, dataset))
    for kind in (VOID.Dataset, DCAT.Dataset):
        graph.add((dataset, RDF.type, kind))
    for language, text in note.title.items():
        graph.add((dataset, DCT.title, Literal(text, lang=language)))
    graph.add((dataset, VOID.dataDump, address))
    graph.add((dataset, VOID.triples, Literal(part.statements)))
    if note.publisher:
        publisher = BNode()
        graph.add((dataset, DCT.publisher, publisher))
        graph.add((publisher, RDF.type, FOAF.Agent))
        graph.add((publisher, FOAF.name, Literal(note.publisher)))
    if note.licence:
        known = is_iri(note.licence)
        graph.add((dataset, DCT.license if known else DCT.rights, _term(note.licence, known=known)))


def _term(text: str, *, known: bool) -> Node:
    return URIRef(text) if known else Literal(text)


def _checksum(graph: Graph, sha256: str) -> BNode:
    checksum = BNode()
    graph.add((checksum, RDF.type, _SPDX.Checksum))
    graph.add((checksum, _SPDX.algorithm, _SPDX.checksumAlgorithm_sha256))
    graph.add((checksum, _SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary, normalize=False)))
    return checksum
