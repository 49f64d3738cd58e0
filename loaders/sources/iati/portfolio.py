"""What is remembered while the activities of one publication are read: who and what was told, and what was left out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.findings import Finding, Location, finding
from loaders.keys import record_key
from loaders.mentions import identifier_of
from loaders.records import Cell, Record, SourceRef
from loaders.sources.iati.activity import OrganisationMention, Texts
from loaders.sources.iati.codes import as_concept, read_as
from loaders.sources.iati.identity import main_name, mention_key, split_identifier

#: How keys of what has no identifier begin: such keys hold within one activity.
_WITHIN = "~"
#: Names of things left out that are counted each; the standard itself has fewer.
_MOST_NAMES = 300

__all__ = ["Portfolio", "located"]


def located(source: SourceRef, cell: Cell | None = None) -> Location:
    """Return where a record or one of its cells stands.

    :param source: the record's place.
    :param cell: the cell, if one is meant.
    """
    line = cell.line if cell is not None and cell.line is not None else source.line
    column = cell.column if cell is not None else ""
    return Location(source.file, source.sheet, source.row, column, line, source.locator)


@dataclass(slots=True)
class _Told:
    """What the records of one entity have said so far: its names by language, and its types as written."""

    names: dict[str, set[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Portfolio:
    """State of one publication; it grows with the number of its activities and organisations, never with their size.

    :param activities: identifier of every activity that was read, to where it first stands.
    :param left_out: name of what is left out on purpose, to how often it occurred.
    """

    activities: dict[str, SourceRef] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    _told: dict[tuple[str, str], _Told] = field(default_factory=dict)
    _within: list[tuple[str, str]] = field(default_factory=list)

    def end_activity(self) -> None:
        """Forget what is known within one activity only, as nothing else can mention it."""
        for entity in self._within:
            del self._told[entity]
        self._within.clear()

    def knows(self, kind: str, key: str) -> bool:
        """Tell whether a record of an entity was given before.

        :param kind: kind of the entity.
        :param key: its key.
        """
        return (kind, key) in self._told

    def new_names(self, kind: str, key: str, name: Texts) -> dict[str, Texts]:
        """Return the names of an entity that no record has given yet.

        :param kind: kind of the entity.
        :param key: its key.
        :param name: its name where it is mentioned now.
        :returns: ``name`` for the first of each language and ``other_name`` for the rest, where there are any.
        """
        if not self.knows(kind, key):
            self._told[kind, key] = _Told()
            if key.startswith(_WITHIN):
                self._within.append((kind, key))
        told = self._told[kind, key]
        names: list[Cell] = []
        others: list[Cell] = []
        for cell in name:
            known = told.names.setdefault(cell.language, set())
            text = cell.text.strip()
            if text not in known:
                (others if known else names).append(cell)
                known.add(text)
        return {field: tuple(cells) for field, cells in (("name", names), ("other_name", others)) if cells}

    def mention(self, mention: OrganisationMention | None, project: str) -> tuple[Cell | None, list[Record | Finding]]:
        """Take note of an organisation where it is named.

        :param mention: where it is named.
        :param project: key of the activity that names it.
        :returns: a cell that refers to it, or ``None`` where nothing names it; and what is new about it.
        """
        if mention is None:
            return None, []
        ref = mention.ref if mention.ref is not None and identifier_of(mention.ref.text) else None
        if ref is None and mention.ref is not None:
            self.left_out["ref without identifier"] += 1
        key = mention_key(mention, project)
        if not key:
            return None, []
        main = main_name(mention.name)
        shown = ref or next(cell for cell in mention.name if cell.text.strip() == main)
        reference = read_as(shown, key)._replace(language="")
        return reference, list(self._described(mention, ref, key, reference))

    def reference(self, cell: Cell | None) -> Cell | None:
        """Return a cell that refers to another activity, or ``None`` where what stands there is no identifier.

        :param cell: the identifier of the other activity as written.
        """
        if cell is not None and not identifier_of(cell.text):
            self.left_out["ref without identifier"] += 1
            return None
        return cell

    def _described(
        self, mention: OrganisationMention, ref: Cell | None, key: str, reference: Cell
    ) -> Iterator[Record | Finding]:
        known = self.knows("organisation", key)
        fields = self.new_names("organisation", key, mention.name)
        kind = as_concept(mention.type, "organisation-types")
        types = self._told["organisation", key].types
        if kind is not None and kind.text not in types:
            written = kind.source or kind.text
            if types:
                place = located(mention.source, kind)
                name, before = main_name(mention.name) or key, next(iter(types.values()))
                yield finding("iati-organisation-type-differs", place, value=written, name=name, before=before)
            else:
                fields["type"] = (kind,)
            types[kind.text] = written
        if fields or not known:
            yield Record("organisation", (key,), mention.source, fields)
        if ref is not None and not known:
            yield _identifier(mention.source, ref, reference)

    def leave_out(self, counts: Mapping[str, int]) -> None:
        """Count what is left out on purpose.

        :param counts: name to number; names beyond the first hundreds, which no standard has, are counted together.
        """
        for name, number in counts.items():
            known = name in self.left_out or len(self.left_out) < _MOST_NAMES
            self.left_out[name if known else "elements of many other names"] += number

    def left_out_findings(self, file: str) -> Iterator[Finding]:
        """Say what was left out on purpose, once for each kind of thing.

        :param file: name of the file or folder.
        """
        occurred = {name: number for name, number in self.left_out.items() if number}
        for name, number in sorted(occurred.items()):
            yield finding("iati-left-out", Location(file), value=name, number=number)


def _identifier(source: SourceRef, ref: Cell, reference: Cell) -> Record:
    register, code = split_identifier(identifier_of(ref.text))
    fields = {"organisation": (reference,), "scheme": (read_as(ref, register),), "code": (read_as(ref, code),)}
    return Record("identifier", record_key("identifier", "", fields), source, fields)
