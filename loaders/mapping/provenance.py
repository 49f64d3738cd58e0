"""Where a statement comes from: source records, and the cell of each value."""

from rdflib.namespace import RDF, XSD

from loaders.identifiers import mint
from loaders.mapping.lines import iri, literal
from loaders.mapping.quads import provenance_graph
from loaders.records import Cell, Record, SourceRef
from loaders.vocabulary import IG

__all__ = ["Place"]

#: Enough of a SHA-256 to tell the files of one dataset apart.
_HASH_DIGITS = 16

_TYPE, _DATASET, _CELL, _SUBJECT = map(iri, (RDF.type, IG.dataset, IG.cell, IG.subject))
_PROPERTY, _SOURCE_VALUE, _COLUMN, _LINE = map(iri, (IG.property, IG.sourceValue, IG.column, IG.line))
_FILE, _HASH, _SHEET, _LOCATOR, _ROW = map(iri, (IG.fileName, IG.fileHash, IG.sheet, IG.locator, IG.row))
_SOURCE_RECORD, _SOURCE_CELL = map(iri, (IG.SourceRecord, IG.SourceCell))


class Place:
    """Writes where one record and its values stand.

    Four in five statements come from here, and differ in a few words only, so each cell is written in one go.

    :param record: the record.
    :param subject: the entity that it describes, as N-Quads text.
    :param base: base of all instance IRIs.
    """

    def __init__(self, record: Record, subject: str, base: str) -> None:
        address = _record_iri(record.source, base)
        self._cells = mint("cell", record.kind, *record.key, base=f"{address}/")
        self._subject = subject
        self._source = record.source
        self._dataset = iri(mint("dataset", record.source.dataset, base=base))
        self._end = f"{iri(provenance_graph(record.source.dataset, base))} .\n"
        #: The source record, as N-Quads text.
        self.node = iri(address)

    def record_lines(self) -> str:
        """Describe the source record: dataset, file, hash and place."""
        source = self._source
        pairs = [(_TYPE, _SOURCE_RECORD), (_DATASET, self._dataset)]
        texts = ((_FILE, source.file), (_HASH, source.sha256), (_SHEET, source.sheet), (_LOCATOR, source.locator))
        pairs += [(path, literal(text)) for path, text in texts if text]
        numbers = ((_ROW, source.row), (_LINE, source.line))
        pairs += [(path, _integer(number)) for path, number in numbers if number is not None]
        return "".join([f"{self.node} {path} {term} {self._end}" for path, term in pairs])

    def cell_lines(self, path: str, name: str, number: int, cell: Cell) -> str:
        """Describe the place of one value.

        :param path: the property that the value gives, as N-Quads text.
        :param name: the field, which with the number tells the cell from the other cells of the record.
        :param number: number of the value in the field, counted from 1.
        :param cell: the cell.
        """
        node, end = f"<{self._cells}/{name}/{number}>", self._end
        column = f"{node} {_COLUMN} {literal(cell.column)} {end}" if cell.column else ""
        line = f"{node} {_LINE} {_integer(cell.line)} {end}" if cell.line is not None else ""
        return (
            f"{self.node} {_CELL} {node} {end}"
            f"{node} {_TYPE} {_SOURCE_CELL} {end}"
            f"{node} {_SUBJECT} {self._subject} {end}"
            f"{node} {_PROPERTY} {path} {end}"
            f"{node} {_SOURCE_VALUE} {literal(cell.text)} {end}"
            f"{column}{line}"
        )


def _record_iri(source: SourceRef, base: str) -> str:
    """Return the IRI of a source record; it holds the file's hash, so another version of the file has other records."""
    place = source.row if source.row is not None else source.line
    parts = (source.dataset, source.sha256[:_HASH_DIGITS], source.sheet, str(place or 0))
    return mint("record", *(part for part in parts if part), base=base)


def _integer(number: int) -> str:
    return literal(str(number), datatype=XSD.integer)
