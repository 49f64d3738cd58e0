"""The sheets of the template and their columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import cache

from loaders.fields import Field, ValueKind
from loaders.findings import LANGUAGES
from loaders.keys import needed_fields, needs_id
from loaders.model import ENTITIES
from loaders.normalise.names import lookup_key
from loaders.template.headings import Group, heading, kind_name
from loaders.template.texts import text

__all__ = ["SEPARATOR", "Cells", "Column", "Sheet", "columns_of", "sheets"]

#: Key of a column to the text of a cell in one row. A key may name a further language, such as ``title (uk)``.
Cells = Mapping[str, str]

#: Stands between several values in one cell.
SEPARATOR = ";"

#: Sheets in the order in which people fill them: key, kind, and the kind whose fields continue the row.
_SHEETS = (
    ("projects", "project", ""),
    ("organisations", "organisation", "identifier"),
    ("participations", "participation", ""),
    ("grants", "grant", "amount"),
    ("programmes", "programme", ""),
    ("beneficiaries", "beneficiaries", ""),
    ("outputs", "output", ""),
    ("places", "place", ""),
    ("partnerships", "partnership", ""),
)
_WITH_LANGUAGE = re.compile(r"(.+?)\s*\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    :param kind: kind of entity that it describes.
    :param field: field of that kind, or ``id``.
    :param heading: language to heading.
    :param help: language to explanation.
    :param required: whether it must be filled, in at least one of its languages.
    :param values: how the field's text is read; ``None`` for ``id``.
    :param choices: scheme whose labels may be chosen, or empty.
    :param reference: kind of entity whose id stands here, or empty.
    :param language: language of the text in this column, or empty.
    :param many: whether a cell may hold several values.
    :param group: the group of fields that it is shown with, or ``None`` for ``id``.
    """

    kind: str
    field: str
    heading: Mapping[str, str] = attribute(hash=False)
    help: Mapping[str, str] = attribute(hash=False)
    required: bool
    values: ValueKind | None = None
    choices: str = ""
    reference: str = ""
    language: str = ""
    many: bool = False
    group: Group | None = None

    @property
    def key(self) -> str:
        """Name of the column in every language: its field, with the language of its text in brackets."""
        return f"{self.field} ({self.language})" if self.language else self.field

    def title(self, language: str) -> str:
        """Return its heading, which for a text ends with the language of the text.

        :param language: language of the heading.
        """
        name = self.heading[language]
        return f"{name.rpartition(' (')[0]} ({self.language})" if self.language else name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    :param key: stable name, and name of its CSV file without ending.
    :param kind: kind of entity that a row describes.
    :param further: kind whose fields continue the row, or empty.
    :param name: language to name of the sheet.
    :param columns: its columns, in order.
    """

    key: str
    kind: str
    further: str
    name: Mapping[str, str] = attribute(hash=False)
    columns: tuple[Column, ...]

    def column(self, written: str) -> Column | None:
        """Return the column that a heading names.

        :param written: the heading in any language, or the field's name; text fields with any language in brackets.
        :returns: the column, or ``None`` where the sheet has none of that name.
        """
        wanted = lookup_key(written.rstrip(" *"))
        if wanted in self.headings():
            return self.headings()[wanted]
        match = _WITH_LANGUAGE.fullmatch(wanted)
        if match is None:
            return None
        in_other = self.headings().get(f"{match[1]} ({LANGUAGES[0]})")
        if in_other is None or in_other.values is not ValueKind.TEXT:
            return None
        tag = _WITH_LANGUAGE.fullmatch(written.rstrip(" *").strip())
        return replace(in_other, language=tag[2] if tag is not None else match[2])

    def headings(self) -> Mapping[str, Column]:
        """Return every heading under which a column is known, by its look-up key."""
        return _headings(self)


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets of the template, in order."""
    return tuple(_sheet(*row) for row in _SHEETS)


def columns_of(sheet: Sheet, rows: Iterable[Cells]) -> tuple[Column, ...]:
    """Return the columns of a sheet, and those of further languages that its rows use.

    :param sheet: the sheet.
    :param rows: what is filled in.
    :raises LookupError: if a row has a key that names no column.
    """
    own = {column.key for column in sheet.columns}
    further: dict[str, Column] = {}
    for key in (key for row in rows for key in row if key not in own):
        column = sheet.column(key)
        if column is None:
            raise LookupError(f"The sheet {sheet.key} has no column {key}.")
        further.setdefault(key, column)
    return (*sheet.columns, *further.values())


@cache
def _headings(sheet: Sheet) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for column in sheet.columns:
        known[lookup_key(column.key)] = column
        known |= {lookup_key(name): column for name in column.heading.values()}
    return known


def _sheet(key: str, kind: str, further: str) -> Sheet:
    columns = [_id_column(kind)] if needs_id(kind) or further else []
    columns += _columns(kind)
    if further:
        own = {column.field for column in columns}
        columns += [
            replace(column, heading=_prefixed(further, column), required=False)
            for column in _columns(further)
            if column.reference != kind and column.field not in own
        ]
    return Sheet(key, kind, further, text("sheets", key), tuple(columns))


def _id_column(kind: str) -> Column:
    return Column(kind, "id", text("id", "heading"), text("id", "help"), required=True)


def _columns(kind: str) -> list[Column]:
    entered = (field for field in ENTITIES[kind].fields if field.entered)
    fields = sorted(entered, key=lambda candidate: heading(kind, candidate.name).order)
    return [column for candidate in fields for column in _columns_of(kind, candidate)]


def _columns_of(kind: str, given: Field) -> Iterator[Column]:
    shown = heading(kind, given.name)
    column = Column(
        kind,
        given.name,
        shown.name,
        shown.help,
        shown.required or given.name in needed_fields(kind),
        given.kind,
        given.target if given.kind is ValueKind.CONCEPT else "",
        given.target if given.kind is ValueKind.REFERENCE else "",
        many=given.many,
        group=shown.group,
    )
    if given.kind is not ValueKind.TEXT:
        yield column
        return
    for language in LANGUAGES:
        names = {shown_in: f"{name} ({language})" for shown_in, name in shown.name.items()}
        yield replace(column, heading=names, language=language)


def _prefixed(kind: str, column: Column) -> dict[str, str]:
    """Return headings such as “Amount: currency”, for the kind whose fields continue another kind's row."""
    whole = kind_name(kind)
    return {language: f"{whole[language]}: {name[:1].lower()}{name[1:]}" for language, name in column.heading.items()}
