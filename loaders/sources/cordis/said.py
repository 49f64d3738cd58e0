"""What was said of an entity already: its rows repeat it, and now and then contradict each other."""

from collections.abc import Iterator

from loaders.findings import Finding, Location, finding
from loaders.model import ENTITIES
from loaders.normalise.names import lookup_key
from loaders.records import Cell, Record

__all__ = ["Said"]

#: Kind and name of a field, to whether it may have several values.
_MANY = {(entity.kind, field.name): field.many for entity in ENTITIES.values() for field in entity.fields}


class Said:
    """Lets each value of an entity through once.

    It keeps one number a value and nothing of the values themselves, so that a whole framework programme takes some
    ten megabytes.
    """

    def __init__(self) -> None:
        self._records: set[int] = set()
        self._entities: set[int] = set()
        self._values: dict[int, int] = {}
        self._links: dict[int, int] = {}

    def new(self, record: Record) -> Iterator[Record | Finding]:
        """Yield what a record adds to the records before, and a finding for every value that contradicts them.

        :param record: a record; the first that names an entity always comes through.
        """
        whole = hash((record.kind, record.key, *(cell.text for cells in record.fields.values() for cell in cells)))
        if whole in self._records:
            return
        contradictions: list[Finding] = []
        fields = {}
        for name, cells in record.fields.items():
            added = tuple(cell for cell in cells if self._add(record, name, cell))
            if added:
                fields[name] = added
            elif not _MANY[record.kind, name]:
                contradictions += self._contradictions(record, name, cells)
        entity = hash((record.kind, record.key))
        if fields or entity not in self._entities:
            self._entities.add(entity)
            yield record._replace(fields=fields)
        yield from contradictions
        if not contradictions:
            self._records.add(whole)

    def times(self, *link: str) -> int:
        """Count a link between entities that a source may legally repeat.

        :param link: what the link connects and how.
        :returns: how often it was counted, this time included.
        """
        key = hash(link)
        self._links[key] = self._links.get(key, 0) + 1
        return self._links[key]

    def _add(self, record: Record, name: str, cell: Cell) -> bool:
        """Take note of a value; returns whether it is the first of its field, or of its text where several may be."""
        slot = hash((record.kind, record.key, name, cell.text if _MANY[record.kind, name] else cell.language))
        if slot in self._values:
            return False
        self._values[slot] = _written(cell)
        return True

    def _contradictions(self, record: Record, name: str, cells: tuple[Cell, ...]) -> Iterator[Finding]:
        for cell in cells:
            if self._values[hash((record.kind, record.key, name, cell.language))] != _written(cell):
                source = record.source
                place = Location(source.file, source.sheet, source.row, cell.column, source.line)
                yield finding("cordis-row-contradicts", place, value=cell.source or cell.text, key=record.key[0])


def _written(cell: Cell) -> int:
    """Return a number for a text; capital letters alone contradict nothing."""
    return hash(lookup_key(cell.text))
