"""The texts of one column with what they state, each read once and not once for each of its cells."""

from loaders.batches import values_in
from loaders.errors import ValueFault
from loaders.mapping.provenance import Entry, SourceFile
from loaders.mapping.values import Slot, Values
from loaders.records import Cell

__all__ = ["NOTHING", "Around", "Known"]

#: What stands between and around the subjects of lines, to be joined by the subject.
Around = tuple[str, ...]
NOTHING: Around = ("",)


class Known(dict[str, Around]):
    """The texts of a column with what they state, each read when it is met first.

    :param told: what tells the cells of a text, where its terms do not repeat it.
    :param odd: texts that ask for a closer look, and state nothing here.
    """

    def __init__(
        self, slot: Slot, language: str, separator: str, values: Values, file: SourceFile, entry: Entry
    ) -> None:
        super().__init__()
        self.told: dict[str, Around] = {}
        self.odd: set[str] = set()
        self._slot = slot
        self._language = language
        self._separator = separator
        self._values = values
        self._file = file
        self._entry = entry

    def forget(self) -> None:
        """Forget all texts."""
        self.clear()
        self.told.clear()
        self.odd.clear()

    def __missing__(self, text: str) -> Around:
        around = self[text] = self._state(text)
        return around

    def _state(self, text: str) -> Around:
        if not text:
            return NOTHING
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

    def _around(self, terms: list[str]) -> Around:
        """Return what stands before, between and after the subjects of statements with these terms."""
        path, end = self._slot.path, self._file.data_end
        if not self._slot.field.inverse:
            return ("", *[f" {path} {term} {end}" for term in terms])
        return (*[f"{term} {path} " if not at else f" {end}{term} {path} " for at, term in enumerate(terms)], f" {end}")

    def _closer_look(self, text: str) -> Around:
        self.odd.add(text)
        return NOTHING
