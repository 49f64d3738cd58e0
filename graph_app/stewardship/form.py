"""The form for an entry: what a steward fills in, as cells of the template, and what each step makes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from loaders.errors import ValueFault
from loaders.fields import ValueKind
from loaders.findings import LANGUAGES
from loaders.normalise.money import decimal
from loaders.sources.files import unwritable
from loaders.template.filled import Filled, Part
from loaders.template.ids import new_id
from loaders.template.sheets import SEPARATOR, Column, Sheet, columns_of, sheets

__all__ = ["Form", "Spot", "columns_in", "further_languages", "named_by", "sheet_named", "values_in_cell"]

_NUMBERS = frozenset({ValueKind.DECIMAL, ValueKind.INTEGER})


class Spot(NamedTuple):
    """A field of the form.

    :param sheet: key of its sheet; empty for the entry as a whole.
    :param part: which part of the sheet, counted from 0.
    :param further: which of what continues the part, or ``None`` for the part's own fields.
    :param key: key of the column; empty for the part as a whole.
    """

    sheet: str
    part: int
    further: int | None = None
    key: str = ""


class Form:
    """A form that is being filled in. Places of parts never change, so that what is typed meanwhile finds its field.

    :param filled: what it starts with.
    """

    def __init__(self, filled: Filled) -> None:
        self.filled = filled
        #: Fields whose number was written otherwise than it is kept, with what was written.
        self.written: dict[Spot, str] = {}
        self._removed: set[Spot] = set()
        #: Languages beyond those of the template in which texts can be written.
        self.languages: Sequence[str] = further_languages(filled)

    def parts(self, sheet: str) -> list[tuple[int, Part]]:
        """Return the parts of a sheet that are not removed, each with its place.

        :param sheet: key of the sheet.
        """
        every = enumerate(self.filled.of(sheet))
        return [(place, part) for place, part in every if Spot(sheet, place) not in self._removed]

    def further(self, sheet: str, place: int) -> list[int]:
        """Return the places of what continues a part and is not removed.

        :param sheet: key of the sheet.
        :param place: place of the part.
        """
        every = range(len(self.filled.of(sheet)[place].further))
        return [index for index in every if Spot(sheet, place, index) not in self._removed]

    def text(self, spot: Spot) -> str:
        """Return what stands in a field.

        :param spot: the field.
        """
        part = self.filled.of(spot.sheet)[spot.part]
        return (part.cells if spot.further is None else part.further[spot.further]).get(spot.key, "")

    def fill(self, spot: Spot, text: str) -> str:
        """Put a text into a field.

        :param spot: the field.
        :param text: what was typed; characters that no file can keep are left out, and a number whose decimal comma can
            mean only one thing is written with a point.
        :returns: what stands there now; nothing where the part was removed meanwhile.
        """
        if {Spot(spot.sheet, spot.part), spot._replace(key="")} & self._removed:
            return ""
        self.written.pop(spot, None)
        about = sheet_named(spot.sheet)
        column = about.column(spot.key)
        kept = "".join(char for char in text.replace("\r\n", "\n").replace("\r", "\n") if not unwritable(char)).strip()
        if column == about.columns[0]:
            kept = kept.lstrip("# ")  # a row that begins so would be a comment
        if column is not None and column.values in _NUMBERS:
            number = _with_point(kept)
            if number != kept:
                self.written[spot] = kept
                kept = number
        self._put(spot.sheet, spot.part, self.filled.of(spot.sheet)[spot.part].with_cell(spot.key, kept, spot.further))
        return kept

    def add(self, sheet: str) -> None:
        """Add a part. One that can be referred to has an id, and one that belongs to a project names the only one.

        :param sheet: key of the sheet.
        """
        about, cells = sheet_named(sheet), dict[str, str]()
        if any(column.field == "id" for column in about.columns):
            cells["id"] = new_id("", about.kind, self._ids(sheet))
        projects = self.parts("projects")
        if about.kind != "project" and about.column("project") is not None and len(projects) == 1:
            cells["project"] = projects[0][1].id
        self._append(sheet, Part(cells, ({},) if about.further == "amount" else ()))

    def add_further(self, sheet: str, place: int) -> None:
        """Add what continues a part, such as one more amount of a grant.

        :param sheet: key of the sheet.
        :param place: place of the part.
        """
        part = self.filled.of(sheet)[place]
        self._put(sheet, place, replace(part, further=(*part.further, {})))

    def remove(self, spot: Spot) -> None:
        """Remove a part, or what continues it.

        :param spot: its place; the key does not matter.
        """
        part = self.filled.of(spot.sheet)[spot.part]
        self._removed.add(spot._replace(key=""))
        if spot.further is None:
            self._put(spot.sheet, spot.part, Part())
        else:
            rest = (*part.further[: spot.further], {}, *part.further[spot.further + 1 :])
            self._put(spot.sheet, spot.part, replace(part, further=rest))

    def refer(self, spot: Spot, name: str, to: str) -> str:
        """Let a field refer to another entity than the word that was typed names.

        :param spot: the field.
        :param name: what was typed, one of the values of the field.
        :param to: id of a part, or address of an entity of the graph.
        :returns: what stands in the field now.
        """
        values = [to if value == name else value for value in values_in_cell(self.text(spot))]
        return self.fill(spot, f"{SEPARATOR} ".join(dict.fromkeys(values)))

    def refer_to_new(self, spot: Spot, name: str) -> str:
        """Add the entity that a field names and let the field refer to it.

        :param spot: a field that refers to entities of a kind that has a sheet.
        :param name: what was typed; it becomes the name of the new part.
        :returns: what stands in the field now.
        """
        column = sheet_named(spot.sheet).column(spot.key)
        about = next(sheet for sheet in sheets() if column is not None and sheet.kind == column.reference)
        named = named_by(about, self.filled.language)
        ident = new_id(name, about.kind, self._ids(about.key))
        self._append(about.key, Part({"id": ident, named.key: name}))
        return self.refer(spot, name, ident)

    def choices(self, kind: str) -> dict[str, str]:
        """Return the parts that a field can refer to.

        :param kind: kind of entity that it refers to.
        :returns: id to name.
        """
        about = [sheet for sheet in sheets() if sheet.kind == kind]
        return {
            part.id: self.name(sheet, part) or part.id
            for sheet in about
            for _, part in self.parts(sheet.key)
            if part.id
        }

    def name(self, sheet: Sheet, part: Part) -> str:
        """Return what a part is called: its name or title in the form's language or another, empty if it has none.

        :param sheet: its sheet.
        :param part: the part.
        """
        languages = sorted(part.cells, key=lambda key: f"({self.filled.language})" not in key)
        fields = {column.field for column in sheet.columns if column.field in {"name", "title"}}
        return next((part.cells[key] for key in languages if key.partition(" (")[0] in fields), "")

    def _ids(self, sheet: str) -> set[str]:
        return {part.id for part in self.filled.of(sheet)}

    def _append(self, sheet: str, part: Part) -> None:
        self.filled = self.filled.with_parts(sheet, (*self.filled.of(sheet), part))

    def _put(self, sheet: str, place: int, part: Part) -> None:
        parts = self.filled.of(sheet)
        self.filled = self.filled.with_parts(sheet, (*parts[:place], part, *parts[place + 1 :]))


def further_languages(filled: Filled) -> list[str]:
    """Return the languages of texts that are filled in, beyond those that the template has columns for.

    :param filled: what is filled in.
    """
    keys = {
        key
        for parts in filled.parts.values()
        for part in parts
        for cells in (part.cells, *part.further)
        for key in cells
    }
    tags = {key.rpartition(" (")[2].removesuffix(")") for key in keys if key.endswith(")")}
    return sorted(tags - set(LANGUAGES))


def columns_in(sheet: Sheet, languages: Iterable[str]) -> list[Column]:
    """Return the columns of a sheet with those of further languages, each beside the other languages of its text.

    :param sheet: the sheet.
    :param languages: the further languages.
    """
    texts = [column.field for column in sheet.columns if column.language == LANGUAGES[0]]
    columns = columns_of(sheet, [{f"{field} ({tag})": "" for field in texts for tag in languages}])
    fields = [column.field for column in sheet.columns]
    return sorted(columns, key=lambda column: fields.index(column.field))


def named_by(sheet: Sheet, language: str) -> Column:
    """Return the column where the name of a new part stands.

    :param sheet: the sheet.
    :param language: language of the name.
    """
    texts = [column for column in sheet.columns if column.values is ValueKind.TEXT]
    return next((column for column in texts if column.language == language), texts[0])


def sheet_named(key: str) -> Sheet:
    """Return a sheet by its key.

    :param key: such as ``projects``.
    """
    return next(sheet for sheet in sheets() if sheet.key == key)


def values_in_cell(text: str) -> list[str]:
    """Return the values of a cell that may hold several.

    :param text: the text of the cell.
    """
    return [value.strip() for value in text.split(SEPARATOR) if value.strip()]


def _with_point(text: str) -> str:
    try:
        decimal(text)
    except ValueFault as fault:
        return fault.details["repaired"] if fault.rule == "decimal-comma" else text
    return text
