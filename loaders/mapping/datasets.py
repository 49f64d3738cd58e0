"""A dataset to the quads that describe it (DCAT)."""

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from loaders.datasets import Dataset
from loaders.identifiers import is_iri, mint
from loaders.mapping.quads import Quad, provenance_graph
from loaders.vocabulary import BASE, DCAT, DCT, IG

__all__ = ["dataset_quads"]


def dataset_quads(dataset: Dataset, base: str = BASE) -> Iterator[Quad]:
    """Describe a dataset.

    A licence given by IRI becomes ``dct:license``; one told in words, or not stated, becomes ``dct:rights``.

    :param dataset: the dataset.
    :param base: base of all instance IRIs.
    """
    graph = provenance_graph(dataset.key, base)
    node = URIRef(mint("dataset", dataset.key, base=base))
    yield Quad(node, RDF.type, DCAT.Dataset, graph)
    for path, texts in ((DCT.title, dataset.title), (DCT.description, dataset.description)):
        for language, text in texts.items():
            yield Quad(node, path, Literal(text, lang=language), graph)
    for path, text in (
        (DCT.publisher, dataset.publisher),
        (DCT.language, dataset.language),
        (DCT.identifier, dataset.key),
        (IG.fileName, dataset.document),
        (IG.fileHash, dataset.sha256),
    ):
        if text:
            yield Quad(node, path, Literal(text), graph)
    if dataset.licence:
        stated = is_iri(dataset.licence)
        licence = URIRef(dataset.licence) if stated else Literal(dataset.licence)
        yield Quad(node, DCT.license if stated else DCT.rights, licence, graph)
    if dataset.retrieved:
        yield Quad(node, DCT.date, Literal(dataset.retrieved, datatype=XSD.date, normalize=False), graph)
