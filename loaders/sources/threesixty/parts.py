"""A grant as its publisher states it, whichever form it came in: objects of cells, checked against the fields known."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from loaders.findings import Finding, Location, finding
from loaders.normalise.names import lookup_key
from loaders.records import Cell, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.threesixty.fields import GRANT, Field, Kind, fields_of

__all__ = ["Node", "Part", "Sorter", "place_of"]

#: A value as it was read: ``None`` where it is empty, a cell, or an object or list of values.
Node: TypeAlias = "Cell | dict[str, Node] | list[Node] | None"

#: A day with a time: midnight of a day is how spreadsheets' days look after conversion to JSON.
_DAY_AND_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
#: A day whose cell has lost its date format: the number of days since the end of 1899.
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:\.0+)?")
_SERIAL_ZERO = date(1899, 12, 30)
#: The sixteen and more digits of 41133.770000000004 are how a program wrote the binary number that it had for 41133.77.
_BINARY = re.compile(r"-?(?=(?:[0-9]\.?){16,17}$)[0-9]+\.[0-9]+")
_SHOWN_DIGITS = 15
#: What Flatten Tool writes into a main sheet in place of values of which there are several in a sheet of their own.
_CONSULT = "WARNING: More than one value supplied"
#: Names of fields that are counted one by one; a publisher with more of them gets the rest in one number.
_NAMES_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One object: a grant, or an organisation, place, programme, event or classification of it.

    :param source: where it stands.
    :param cells: name of a field to its plain values, none of them blank.
    :param parts: name of a field to its objects.
    :param personal: number of values about natural persons that were not read, here and in its parts.
    :param persons: names of persons that receive the grant, in no other use than to find them in texts.
    """

    source: SourceRef
    cells: Mapping[str, tuple[Cell, ...]]
    parts: Mapping[str, tuple["Part", ...]]
    personal: int = 0
    persons: frozenset[str] = field(default=frozenset(), repr=False)

    def cell(self, name: str) -> Cell | None:
        """Return the value of a field, or ``None``."""
        found = self.cells.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the text of a field without blanks around it, or an empty string."""
        found = self.cells.get(name)
        return found[0].text.strip() if found else ""

    def beside(self, cell: Cell, grant: "Part") -> Cell:
        """Return a cell of this part for a record of the grant, without its column if it stands in another table."""
        return cell if self.source == grant.source else cell._replace(column="", line=None)

    def joined(self, other: "Part") -> "Part":
        """Return this part with what a row of another table says of the same thing.

        Flatten Tool repeats the only item of a list beside the grant, so items that agree are one item.
        """
        cells = {name: list(values) for name, values in self.cells.items()}
        for name, values in other.cells.items():
            known = cells.setdefault(name, [])
            texts = {cell.text.strip() for cell in known}
            known += [cell for cell in values if cell.text.strip() not in texts]
        parts = {name: list(items) for name, items in self.parts.items()}
        for name, items in other.parts.items():
            ours = parts.setdefault(name, [])
            for item in items:
                same = next((index for index, one in enumerate(ours) if one.agrees(item)), None)
                if same is None:
                    ours.append(item)
                else:
                    ours[same] = ours[same].joined(item)
        return replace(
            self,
            cells={name: tuple(values) for name, values in cells.items()},
            parts={name: tuple(items) for name, items in parts.items()},
            personal=self.personal + other.personal,
            persons=self.persons | other.persons,
        )

    def agrees(self, other: "Part") -> bool:
        """Tell whether two items of one list are the same thing, told in two tables.

        They are if none says more than the other, or if they have the same identifier and nothing in them contradicts.
        """
        mine = {(name, cell.text.strip()) for name, cells in self.cells.items() for cell in cells}
        theirs = {(name, cell.text.strip()) for name, cells in other.cells.items() for cell in cells}
        if mine <= theirs or theirs <= mine:
            return True
        shared = self.cells.keys() & other.cells.keys()
        return "id" in shared and all(self.text(name) == other.text(name) for name in shared)


@dataclass(slots=True)
class Sorter:
    """Sorts what was read into fields that are used, left out, unknown or personal, and counts what is not used."""

    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def grant(self, tree: Mapping[str, Node], source: SourceRef) -> tuple[Part, list[Finding]]:
        """Sort a grant.

        :param tree: its values as read.
        :param source: where it stands.
        :returns: the grant without values that cannot be read, and a finding for each of those.
        """
        faults: list[Finding] = []
        return self._part(GRANT, tree, source, "", faults), faults

    def told(self, file: str) -> Iterator[Finding]:
        """Tell, once for the whole file, which fields were not read.

        :param file: name of the file.
        """
        if self.left_out:
            yield finding(
                "threesixty-left-out", Location(file), values=self.left_out.total(), fields=_listed(self.left_out)
            )
        if self.unknown:
            yield finding(
                "threesixty-unknown-field", Location(file), values=self.unknown.total(), fields=_listed(self.unknown)
            )

    def _part(self, entity: str, tree: Mapping[str, Node], source: SourceRef, path: str, faults: list[Finding]) -> Part:
        known = fields_of(entity)
        cells: dict[str, tuple[Cell, ...]] = {}
        parts: dict[str, tuple[Part, ...]] = {}
        personal, persons = 0, set[str]()
        for name, node in tree.items():
            told = known.get(name)
            if told is None or told.kind is Kind.UNUSED:
                self._count(self.unknown if told is None else self.left_out, f"{path}{name}", _filled(node))
            elif told.kind is Kind.PERSONAL:
                personal += _filled(node)
                persons |= {lookup_key(node.text)} if isinstance(node, Cell) and name == "name" else set()
            elif told.of:
                found = [
                    self._part(told.of, item, source, f"{path}{name}/", faults)
                    for item in _items(told, node, source, faults)
                    if isinstance(item, dict)
                ]
                personal += sum(part.personal for part in found)
                persons.update(*(part.persons for part in found))
                parts[name] = tuple(part for part in found if part.cells or part.parts or part.personal)
            else:
                read = [
                    _read(told, item, source, faults)
                    for item in _items(told, node, source, faults)
                    if isinstance(item, Cell)
                ]
                if any(read):
                    cells[name] = tuple(cell for cell in read if cell is not None)
        return Part(source, cells, parts, personal, frozenset(persons - {""}))

    @staticmethod
    def _count(counter: Counter[str], name: str, values: int) -> None:
        if values:
            counter[name if name in counter or len(counter) < _NAMES_COUNTED else "…"] += values


def place_of(source: SourceRef, cell: Cell | None = None) -> Location:
    """Return the place of a cell, or of the whole object; in JSON with the path from the list of grants on."""
    line = cell.line if cell is not None and cell.line is not None else source.line
    path = [part for part in (source.locator, cell.column if cell is not None else "") if part]
    return Location(source.file, source.sheet, source.row, "/".join(path), line)


def _items(told: Field, node: Node, source: SourceRef, faults: list[Finding]) -> list[Node]:
    """Return the values of a field as a list, if they have the shape that the field has; else say so."""
    items = node if told.list and isinstance(node, list) else [node]
    wanted = dict if told.of else Cell
    wrong = [item for item in items if item is not None and not isinstance(item, wanted)]
    if told.list and not isinstance(node, list) and node is not None:
        wrong, items = [node], []
    for item in wrong:
        blank = isinstance(item, Cell) and not item.text.strip()
        place = place_of(source, item if isinstance(item, Cell) else _first(item))
        if not blank:
            faults.append(finding("threesixty-shape", place, field=told.title))
    return [item for item in items if isinstance(item, wanted)]


def _read(told: Field, cell: Cell, source: SourceRef, faults: list[Finding]) -> Cell | None:
    text = cell.text.strip()
    if not text or text.startswith(_CONSULT):
        return None
    character = unwritable(cell.text)
    if character:
        faults.append(finding("control-character", place_of(source, cell), character=character))
        return None
    reading, rule = _reading(told.kind, text)
    if rule:
        faults.append(finding(rule, place_of(source, cell), value=text, reading=reading))
    return cell._replace(text=reading, source=cell.text) if reading != text else cell


def _reading(kind: Kind, text: str) -> tuple[str, str]:
    """Return how a text is read, and the rule of the finding that says so where the value itself may change."""
    if kind is Kind.DATE and (match := _DAY_AND_TIME.fullmatch(text)) is not None:
        return match[1], ""
    if kind is Kind.DATE and _SERIAL.fullmatch(text) is not None:
        return (_SERIAL_ZERO + timedelta(days=int(text.partition(".")[0]))).isoformat(), "threesixty-serial"
    if kind is Kind.NUMBER and _BINARY.fullmatch(text) is not None and repr(float(text)) == text:
        shown = format(Decimal(format(float(text), f".{_SHOWN_DIGITS}g")), "f")
        return shown, "threesixty-binary" if shown != text else ""
    return text, ""


def _filled(node: Node) -> int:
    """Count the values that are not blank."""
    if isinstance(node, Cell):
        return int(bool(node.text.strip()))
    if isinstance(node, dict | list):
        return sum(_filled(item) for item in (node.values() if isinstance(node, dict) else node))
    return 0


def _first(node: Node) -> Cell | None:
    """Return the first cell in an object or list, which has a place where the object itself has none."""
    while isinstance(node, dict | list):
        node = next(iter(node.values() if isinstance(node, dict) else node), None)
    return node


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"{name} ({values})" for name, values in counter.most_common(_NAMES_COUNTED))
