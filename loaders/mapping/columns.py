"""One column of a table to statements. What a text states is found once, not once for each of its cells."""

from collections.abc import Sequence
from typing import Protocol

from loaders.batches import values_in
from loaders.errors import ValueFault
from loaders.fields import ValueKind
from loaders.identifiers import is_plain_key
from loaders.mapping.lines import literal
from loaders.mapping.provenance import Entry, SourceFile
from loaders.mapping.values import Slot, Values, is_plain_text
from loaders.records import Cell

__all__ = ["StatingColumn", "TextColumn", "WordColumn"]

#: Texts of one column that are remembered with what they state: ids and words come again in rows close by.
_REMEMBERED = 16_384

#: What stands between and around the subjects of lines, to be joined by the subject.
_Around = tuple[str, ...]
_NOTHING: _Around = ("",)


class StatingColumn(Protocol):
    """A column of one table that fills one field."""

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states.

        :param subjects: the entity of each text, as N-Quads text.
        :param texts: the texts, some of them empty.
        """

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that tell cells whose values do not say what the source says; an empty list if none does.

        :param places: the source record of each text, as N-Quads text.
        :param texts: the texts, after their lines were asked for.
        """

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that ask for a closer look.

        :param texts: the texts, after their lines were asked for.
        """


class TextColumn:
    """A column of prose or codes, of which each value is the text itself.

    :param slot: the field.
    :param language: language of the texts, or empty.
    :param end: how lines end.
    """

    def __init__(self, slot: Slot, language: str, end: str) -> None:
        self._path = slot.path
        self._language = language if slot.prose else ""
        self._end = end

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states."""
        path, language, end = self._path, self._language, self._end
        return [
            f"{subject} {path} {literal(text, language)} {end}" if text else ""
            for subject, text in zip(subjects, texts, strict=True)
        ]

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return an empty list: every value is what the source says."""
        del places, texts
        return []

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that are too long or in doubt."""
        return [index for index, text in enumerate(texts) if not is_plain_text(text)]


class WordColumn:
    """A column of words that come again, or of several values in a cell.

    :param slot: the field.
    :param language: language of the texts, or empty.
    :param separator: what stands between several values in one cell, or empty.
    :param values: reads the words.
    :param file: the file that the column is of.
    :param entry: its field in layouts.
    """

    def __init__(
        self, slot: Slot, language: str, separator: str, values: Values, file: SourceFile, entry: Entry
    ) -> None:
        self._known = _Known(slot, language, separator, values, file, entry)

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states."""
        if len(self._known) > _REMEMBERED:  # never within a batch, whose cells are asked for after its lines
            self._known.forget()
        return list(map(str.join, subjects, map(self._known.__getitem__, texts)))

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that tell cells, of texts that their terms do not repeat."""
        told = self._known.told
        return [place.join(told.get(text, _NOTHING)) for place, text in zip(places, texts, strict=True)] if told else []

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that cannot be read or are in doubt."""
        odd = self._known.odd
        return [index for index, text in enumerate(texts) if text in odd] if odd else []


class _Known(dict[str, _Around]):
    """The texts of a column with what they state, each read when it is met first.

    :param told: what tells the cells of a text, where its terms do not repeat it.
    :param odd: texts that ask for a closer look, and state nothing here.
    """

    def __init__(
        self, slot: Slot, language: str, separator: str, values: Values, file: SourceFile, entry: Entry
    ) -> None:
        super().__init__()
        self.told: dict[str, _Around] = {}
        self.odd: set[str] = set()
        self._slot = slot
        self._language = language
        self._separator = separator
        self._values = values
        self._file = file
        self._entry = entry
        # An id that stands in an IRI as it is written is always read the same way.
        refers = slot.kind == ValueKind.REFERENCE and slot.target
        self._space = values.names.space(slot.target) if refers else ""

    def forget(self) -> None:
        """Forget all texts."""
        self.clear()
        self.told.clear()
        self.odd.clear()

    def __missing__(self, text: str) -> _Around:
        around = self[text] = self._state(text)
        return around

    def _state(self, text: str) -> _Around:
        if not text:
            return _NOTHING
        if self._space and is_plain_key(text):
            return self._around([f"{self._space}{text}>"])
        terms: list[str] = []
        told = [""]
        for value in values_in(text, self._separator):
            try:
                term, plain, doubts = self._values.read(self._slot, Cell(value, language=self._language))
            except ValueFault:
                return self._closer_look(text)
            if doubts:
                return self._closer_look(text)
            terms.append(term)
            if not plain:
                told.append(self._file.has_cell(self._file.cell(self._entry, value, term)))
        if not terms:
            return self._closer_look(text)
        if len(told) > 1:
            self.told[text] = tuple(told)
        return self._around(terms)

    def _around(self, terms: list[str]) -> _Around:
        """Return what stands before, between and after the subjects of statements with these terms."""
        path, end = self._slot.path, self._file.data_end
        if not self._slot.field.inverse:
            return ("", *[f" {path} {term} {end}" for term in terms])
        return (*[f"{term} {path} " if not at else f" {end}{term} {path} " for at, term in enumerate(terms)], f" {end}")

    def _closer_look(self, text: str) -> _Around:
        self.odd.add(text)
        return _NOTHING
