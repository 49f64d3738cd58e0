"""One column of a table to statements. What a text states is found once, not once for each of its cells."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from rdflib.namespace import XSD

from loaders.fields import ValueKind
from loaders.identifiers import are_plain_keys
from loaders.mapping.known import NOTHING, Known
from loaders.mapping.lines import iri, literals
from loaders.mapping.provenance import Entry, SourceFile
from loaders.mapping.values import Slot, Values, unplain_texts
from loaders.normalise.money import are_plain_decimals

__all__ = ["StatingColumn", "TextColumn", "WordColumn"]

#: Texts of one column that are remembered with what they state: ids and words come again in rows close by.
_REMEMBERED = 16_384


class StatingColumn(Protocol):
    """A column of one table that fills one field."""

    def parts(self, texts: Sequence[str]) -> list[str] | None:
        """Return what follows the subject in the one line that each text states.

        :param texts: the texts, some of them empty.
        :returns: the ends of lines, or ``None`` where a text states no line, or several, or none of its subject.
        """

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states.

        :param subjects: the entity of each text, as N-Quads text.
        :param texts: the texts, after their parts were asked for.
        """

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that tell cells whose values do not say what the source says; an empty list if none does.

        :param places: the source record of each text, as N-Quads text.
        :param texts: the texts, after their parts were asked for.
        """

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that ask for a closer look.

        :param texts: the texts, after their parts were asked for.
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

    def parts(self, texts: Sequence[str]) -> list[str] | None:
        """Return what follows the subject in the line that each text states, if none is empty."""
        if "" in texts:
            return None
        path, end = f" {self._path} ", f" {self._end}"
        return [f"{path}{term}{end}" for term in literals(texts, self._language)]

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states."""
        path, end = f" {self._path} ", f" {self._end}"
        return [
            f"{subject}{path}{term}{end}" if text else ""
            for subject, text, term in zip(subjects, texts, literals(texts, self._language), strict=True)
        ]

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return an empty list: every value is what the source says."""
        del places, texts
        return []

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that are too long or in doubt."""
        return unplain_texts(texts)


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
        self._inverse = slot.field.inverse
        self._path = slot.path
        self._end = file.data_end
        self._known = Known(slot, language, separator, values, file, entry)
        self._written = _written_as_terms(slot, values)

    def parts(self, texts: Sequence[str]) -> list[str] | None:
        """Return what follows the subject in the line that each text states, if each states one of its subject."""
        if len(self._known) > _REMEMBERED:  # never within a batch, whose cells are asked for after its lines
            self._known.forget()
        if self._inverse or "" in texts:
            return None
        written = self._written
        if written is not None and written.fit(texts):
            before, after = f" {self._path} {written.before}", f"{written.after} {self._end}"
            return [f"{before}{text}{after}" for text in texts]
        around = list(map(self._known.__getitem__, texts))
        return [end for _, end in around] if set(map(len, around)) == {2} else None

    def lines(self, subjects: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that each text states."""
        written = self._written
        if written is None or not written.fit([text for text in texts if text]):
            return list(map(str.join, subjects, map(self._known.__getitem__, texts)))
        path, end, (before, after, _) = f" {self._path} ", f" {self._end}", written
        stated = zip(subjects, texts, strict=True)
        if self._inverse:
            return [f"{before}{text}{after}{path}{subject}{end}" if text else "" for subject, text in stated]
        return [f"{subject}{path}{before}{text}{after}{end}" if text else "" for subject, text in stated]

    def cells(self, places: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the lines that tell cells, of texts that their terms do not repeat."""
        told = self._known.told
        return [place.join(told.get(text, NOTHING)) for place, text in zip(places, texts, strict=True)] if told else []

    def odd(self, texts: Sequence[str]) -> list[int]:
        """Return the indexes of texts that cannot be read or are in doubt."""
        odd = self._known.odd
        return [index for index, text in enumerate(texts) if text in odd] if odd else []


class _Written(NamedTuple):
    """How texts become terms that stand in them just as they are written, which need not be read one by one.

    :param before: what stands before the text in its term.
    :param after: what stands behind it.
    :param fit: tells whether some texts are all so.
    """

    before: str
    after: str
    fit: Callable[[Sequence[str]], bool]


def _written_as_terms(slot: Slot, values: Values) -> _Written | None:
    if slot.kind == ValueKind.REFERENCE and slot.target:
        return _Written(values.names.space(slot.target), ">", are_plain_keys)
    if slot.kind == ValueKind.DECIMAL:
        return _Written('"', f'"^^{iri(XSD.decimal)}', are_plain_decimals)
    return None
