"""Where a statement comes from: source records, and the cell of each value."""

from functools import lru_cache

from rdflib.namespace import RDF, XSD

from loaders.identifiers import mint
from loaders.mapping.lines import iri, literal
from loaders.mapping.quads import provenance_graph
from loaders.records import Cell, Record
from loaders.vocabulary import IG

__all__ = ["Place"]

#: Enough of a SHA-256 to tell the files of one dataset apart.
_HASH_DIGITS = 16

_TYPE, _DATASET, _CELL, _SUBJECT = map(iri, (RDF.type, IG.dataset, IG.cell, IG.subject))
_PROPERTY, _SOURCE_VALUE, _COLUMN, _LINE = map(iri, (IG.property, IG.sourceValue, IG.column, IG.line))
_FILE, _HASH, _SHEET, _LOCATOR, _ROW = map(iri, (IG.fileName, IG.fileHash, IG.sheet, IG.locator, IG.row))
_SOURCE_RECORD, _SOURCE_CELL, _INTEGER = map(iri, (IG.SourceRecord, IG.SourceCell, XSD.integer))


class Place:
    """Writes where one record and its values stand.

    Four in five statements come from here and differ in a few words only, so those of a cell are written in one go.

    :param record: the record.
    :param subject: the entity that it describes, as N-Quads text.
    :param base: base of all instance IRIs.
    """

    def __init__(self, record: Record, subject: str, base: str) -> None:
        source = record.source
        number = source.row if source.row is not None else source.line
        address = f"{_table_iri(source.dataset, source.sha256, source.sheet, base)}/{number or 0}"
        #: The source record, as N-Quads text. Its IRI holds the hash of the file: another version has other records.
        self.node = iri(address)
        self._source = source
        self._base = base
        self._subject = subject
        self._cells = mint("cell", record.kind, *record.key, base=f"{address}/")
        self._end = f"{iri(provenance_graph(source.dataset, base))} .\n"

    def record_lines(self) -> str:
        """Describe the source record: dataset, file, hash and place."""
        source, end = self._source, self._end
        told = [*_table(source.dataset, source.file, source.sha256, source.sheet, self._base)]
        if source.locator:
            told.append(f"{_LOCATOR} {literal(source.locator)}")
        if source.row is not None:
            told.append(f"{_ROW} {_integer(source.row)}")
        if source.line is not None:
            told.append(f"{_LINE} {_integer(source.line)}")
        return "".join([f"{self.node} {words} {end}" for words in told])

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


def _integer(number: int) -> str:
    return f'"{number}"^^{_INTEGER}'


# What follows is the same for every record of a table.


@lru_cache(maxsize=256)
def _table_iri(dataset: str, sha256: str, sheet: str, base: str) -> str:
    """Return what the IRIs of the source records of a table begin with."""
    parts = (dataset, sha256[:_HASH_DIGITS], sheet)
    return mint("record", *(part for part in parts if part), base=base)


@lru_cache(maxsize=256)
def _table(dataset: str, file: str, sha256: str, sheet: str, base: str) -> tuple[str, ...]:
    """Describe a table: the properties and values that every source record of it has."""
    texts = ((_FILE, file), (_HASH, sha256), (_SHEET, sheet))
    pairs = [(_TYPE, _SOURCE_RECORD), (_DATASET, iri(mint("dataset", dataset, base=base)))]
    pairs += [(path, literal(text)) for path, text in texts if text]
    return tuple(f"{path} {term}" for path, term in pairs)
