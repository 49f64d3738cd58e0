"""What a map says of each column of a table, as choices that people make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.fields import ValueKind
from loaders.sources.mapped.column_map import GRANT, PROJECT
from loaders.sources.mapped.map_text import SECTIONS, MapText
from loaders.sources.mapped.part_reader import ENTITIES_FIELDS, PARTICIPATION, fields_of
from loaders.template.headings import Heading, heading, kind_name

__all__ = ["LEFT_OUT", "UNSAID", "ColumnChoice", "Meaning", "choices_of", "kind_of_part", "meanings"]

#: What a column is that is left out on purpose, and one of which nothing is said.
LEFT_OUT, UNSAID = "left-out", ""
#: Kinds in the order in which people think of them.
_KINDS = (PROJECT, "organisation", "amount", GRANT, "programme", "place", "classification", "identifier")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column can be.

    :param kind: kind of the part.
    :param field: a field of it, or ``id``.
    """

    kind: str
    field: str

    @property
    def key(self) -> str:
        """The meaning as one word."""
        return f"{self.kind}.{self.field}"

    @property
    def value_kind(self) -> ValueKind:
        """How its text becomes a term."""
        return ENTITIES_FIELDS[self.kind][self.field].kind

    @property
    def many(self) -> bool:
        """Whether a cell may hold several."""
        return (self.kind, self.field) == ("organisation", "name") or (
            self.field != "id" and ENTITIES_FIELDS[self.kind][self.field].many
        )

    def name(self, language: str) -> str:
        """Return the name of the field, as template and form call it; empty for an id, which no shape names.

        :param language: ``en`` or ``cs``.
        """
        return _heading(self).name[language] if self.field != "id" else ""

    def whose(self, language: str) -> str:
        """Return the name of the kind that it belongs to.

        :param language: ``en`` or ``cs``.
        """
        return kind_name(self.kind)[language]


@cache
def meanings() -> Mapping[str, Meaning]:
    """Return all that a column can be, by its word, in the order of kinds, groups and fields of the form."""
    found = [Meaning(kind, field) for kind in _KINDS for field in fields_of(kind)]
    return {meaning.key: meaning for meaning in sorted(found, key=_order)}


def _order(meaning: Meaning) -> tuple[int, float, float]:
    kind = _KINDS.index(meaning.kind)
    if meaning.field == "id":
        return kind, -1, -1
    shown = _heading(meaning)
    group = shown.group.order if shown.group is not None and meaning.field not in PARTICIPATION else -1
    return kind, group, shown.order


def _heading(meaning: Meaning) -> Heading:
    own = meaning.field not in PARTICIPATION or meaning.kind != "organisation"
    return heading(meaning.kind if own else "participation", meaning.field)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a map says of one column.

    :param index: index of the column.
    :param heading: its heading on one line.
    :param key: under which key it stands in the map, or would.
    :param meaning: a word of :func:`meanings`, :data:`LEFT_OUT` or :data:`UNSAID`.
    :param part: name of the part that it fills, or empty.
    :param stated: what the map says of that part for all rows.
    :param settings: how its cells are read, as the map writes it: texts, and lists of texts.
    :param simple: whether that is all that the map says of it; else it says more than choices can show.
    :param reason: why it is left out.
    """

    index: int
    heading: str
    key: str
    meaning: str = UNSAID
    part: str = ""
    stated: Mapping[str, str] | None = None
    settings: Mapping[str, tuple[str, ...]] | None = None
    simple: bool = True
    reason: str = ""

    def setting(self, name: str) -> tuple[str, ...]:
        """Return what is stated of how its cells are read, nothing where the map is silent.

        :param name: such as ``date``.
        """
        return (self.settings or {}).get(name, ())


def choices_of(written: MapText, headings: Sequence[str]) -> Sequence[ColumnChoice]:
    """Return what a map says of the columns of a table.

    :param written: the map.
    :param headings: the cells of the row of headings.
    :returns: a choice for each column that has a heading.
    """
    return [_choice(written, index, cell, headings) for index, cell in enumerate(headings) if cell.strip()]


def kind_of_part(written: MapText, part: str) -> str:
    """Return the kind of a part, or an empty text where the map has no such part.

    :param written: the map.
    :param part: its name.
    """
    if part in (PROJECT, GRANT):
        return part
    return next((kind for kind in SECTIONS if part in written.parts(kind)), "")


def _choice(written: MapText, index: int, cell: str, headings: Sequence[str]) -> ColumnChoice:
    heading = " ".join(cell.split())
    key = written.key_of(index, cell)
    if not key:
        twice = sum(" ".join(other.split()) == heading for other in headings) > 1
        return ColumnChoice(index, heading, f"{heading} ({index + 1})" if twice else heading)
    if key in written.section("left_out"):
        told = written.section("left_out")[key]
        reason = told.get("reason", "") if isinstance(told, dict) else told
        return ColumnChoice(index, heading, key, LEFT_OUT, reason=str(reason))
    entry = written.section("columns")[key]
    entries = list(entry) if isinstance(entry, list) else [entry]
    fills, settings = _entry(entries[0]) if entries else ("", {})
    part, _, field = fills.partition(".")
    meaning = meanings().get(f"{kind_of_part(written, part)}.{field}")
    if meaning is None:
        return ColumnChoice(index, heading, key, settings=settings, simple=False)
    own = written.part(meaning.kind, part)
    stated = {str(name): ", ".join(_texts(value)) for name, value in own.items() if not isinstance(value, dict)}
    return ColumnChoice(index, heading, key, meaning.key, part, stated, settings, simple=len(entries) == 1)


def _entry(entry: Any) -> tuple[str, dict[str, tuple[str, ...]]]:  # noqa: ANN401 - a node of YAML
    if not isinstance(entry, dict):
        return str(entry), {}
    settings = {str(name): tuple(_texts(value)) for name, value in entry.items() if name != "fills"}
    return str(entry.get("fills", "")), settings


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Return texts of a node; what maps values to others is no choice, and stays as it is."""
    if isinstance(value, dict):
        return
    yield from map(str, value if isinstance(value, list) else [value])
