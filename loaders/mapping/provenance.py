"""Where a statement comes from: source records, and the cell of each value."""

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from loaders.identifiers import mint
from loaders.mapping.quads import Quad, provenance_graph
from loaders.records import Cell, SourceRef
from loaders.vocabulary import IG

__all__ = ["cell_quads", "record_iri", "record_quads"]

#: Enough of a SHA-256 to tell the files of one dataset apart.
_HASH_DIGITS = 16


def record_iri(source: SourceRef, base: str) -> URIRef:
    """Return the IRI of a source record; it holds the file's hash, so another version of the file has other records."""
    place = source.row if source.row is not None else source.line
    parts = (source.dataset, source.sha256[:_HASH_DIGITS], source.sheet, str(place or 0))
    return URIRef(mint("record", *(part for part in parts if part), base=base))


def record_quads(source: SourceRef, base: str) -> Iterator[Quad]:
    """Describe a source record: dataset, file, hash and place.

    :param source: the place of the record.
    :param base: base of all instance IRIs.
    """
    graph = provenance_graph(source.dataset, base)
    record = record_iri(source, base)
    yield Quad(record, RDF.type, IG.SourceRecord, graph)
    yield Quad(record, IG.dataset, URIRef(mint("dataset", source.dataset, base=base)), graph)
    texts = (
        (IG.fileName, source.file),
        (IG.fileHash, source.sha256),
        (IG.sheet, source.sheet),
        (IG.locator, source.locator),
    )
    for path, text in texts:
        if text:
            yield Quad(record, path, Literal(text), graph)
    for path, number in ((IG.row, source.row), (IG.line, source.line)):
        if number is not None:
            yield Quad(record, path, Literal(number, datatype=XSD.integer, normalize=False), graph)


def cell_quads(
    source: SourceRef, subject: URIRef, path: URIRef, cell: Cell, name: tuple[str, ...], base: str
) -> Iterator[Quad]:
    """Describe the place of one value.

    :param source: the record that holds the cell.
    :param subject: the entity that the value describes.
    :param path: the property that the value gives.
    :param cell: the cell.
    :param name: what tells the cell from the other cells of the record, in parts.
    :param base: base of all instance IRIs.
    """
    graph = provenance_graph(source.dataset, base)
    record = record_iri(source, base)
    node = URIRef(mint("cell", *name, base=f"{record}/"))
    yield Quad(record, IG.cell, node, graph)
    yield Quad(node, RDF.type, IG.SourceCell, graph)
    yield Quad(node, IG.subject, subject, graph)
    yield Quad(node, IG.property, path, graph)
    yield Quad(node, IG.sourceValue, Literal(cell.text), graph)
    if cell.column:
        yield Quad(node, IG.column, Literal(cell.column), graph)
    if cell.line is not None:
        yield Quad(node, IG.line, Literal(cell.line, datatype=XSD.integer, normalize=False), graph)
