"""What a file has already said of organisations, programmes and places that its grants share."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from loaders.findings import Finding, finding
from loaders.model import ENTITIES
from loaders.records import Cell, Record, SourceRef
from loaders.sources.threesixty.parts import place_of

__all__ = ["Fields", "Given", "filled"]

#: Field of an entity to its cells.
Fields: TypeAlias = dict[str, tuple[Cell, ...]]


class Given:
    """Tells new from known, so that a funder of ten thousand grants is described once.

    Its memory grows with the number of such entities, not with the number of grants.
    """

    def __init__(self) -> None:
        self._values: set[int] = set()
        self._fields: set[int] = set()
        self._entities: set[int] = set()

    def news(self, kind: str, key: tuple[str, ...], source: SourceRef, fields: Fields) -> Iterator[Record | Finding]:
        """Yield what a place of the file adds to what is known of an entity.

        A field that takes one value keeps the first; another spelling of a name is one of its other names.

        :param kind: kind of the entity.
        :param key: its key.
        :param source: where it is described.
        :param fields: how it is described there.
        :returns: a record with what is new, if anything is or the entity itself is; a finding, once, for each value
            that contradicts an earlier one.
        """
        new: Fields = {}
        for name, cells in fields.items():
            for cell in cells:
                kept = self._kept(kind, key, name, cell)
                if kept is None:
                    place = place_of(source, cell)
                    yield finding("threesixty-differs", place, value=cell.text.strip(), field=name)
                elif kept:
                    new[kept] = (*new.get(kept, ()), cell)
        if self.first(kind, key) or new:
            yield Record(kind, key, source, new)

    def first(self, *words: object) -> bool:
        """Tell whether this is said for the first time, and remember it.

        :param words: what is said.
        """
        known = hash(words)
        if known in self._entities:
            return False
        self._entities.add(known)
        return True

    def _kept(self, kind: str, key: tuple[str, ...], name: str, cell: Cell) -> str | None:
        """Return the field that takes a value: empty where it is known, ``None`` where no field can."""
        value = hash((kind, key, name, cell.text.strip()))
        if value in self._values:
            return ""
        self._values.add(value)
        field = hash((kind, key, name))
        if field not in self._fields or ENTITIES[kind].field(name).many:
            self._fields.add(field)
            return name
        return "other_name" if name == "name" else None


def filled(fields: Mapping[str, tuple[Cell, ...] | Cell | None]) -> Fields:
    """Return the fields that hold something, each with its cells."""
    cells = {name: (value,) if isinstance(value, Cell) else value for name, value in fields.items()}
    return {name: value for name, value in cells.items() if value}
