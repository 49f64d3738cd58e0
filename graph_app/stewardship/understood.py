"""What a program has understood of files: their format and encoding, the columns and what each fills, the records."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_app.stewardship.edits.edited import can_edit
from loaders.batches import Batch
from loaders.letters import column_index
from loaders.model import ENTITIES
from loaders.normalise.encodings import CANDIDATES
from loaders.records import Record
from loaders.sources.csv_table import dialect_of
from loaders.sources.files import read_file, shown_name

__all__ = ["ColumnRead", "FileRead", "Understanding", "files_read"]

#: Records of a kind that are shown, and letters that name a column of a table.
_SHOWN = 3
#: Rows of a sheet whose keys are looked for in their cells, to see which columns hold them.
_COMPARED = 50
_LETTERS = 3
#: Words of a file by which people tell its encoding.
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]+")
_SAMPLE, _LONGEST_WORD = 6, 40


@dataclass(frozen=True, slots=True)
class FileRead:
    """How a file was read.

    :param name: its name.
    :param size: number of its bytes.
    :param encoding: Python's name of its encoding; empty where its format says it by itself.
    :param certain: whether the encoding is proved by the bytes, or stated.
    :param separator: the character between the cells of a CSV file, else empty.
    :param choices: encodings in which it might be written as well, each with words that it gives.
    """

    name: str
    size: int
    encoding: str = ""
    certain: bool = True
    separator: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ColumnRead:
    """What a column fills.

    :param file: name of the file.
    :param sheet: name of the sheet, or empty.
    :param letter: letter of the column; empty for what is no table.
    :param kind: kind of entity.
    :param field: name of its field.
    """

    file: str
    sheet: str
    letter: str
    kind: str
    field: str

    @property
    def property(self) -> str:
        """IRI of the property that it fills, empty for the key of a record."""
        fields = ENTITIES[self.kind].fields if self.kind in ENTITIES else ()
        return next((str(field.path) for field in fields if field.name == self.field), "")


class Understanding:
    """Gathers what records tell while they are read."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first_rows: dict[tuple[str, str], int] = {}
        self.examples: dict[str, list[Record]] = {}
        self._columns: set[ColumnRead] = set()
        self._told: dict[str, set[int]] = {}
        self._keys: dict[tuple[str, str], dict[int, tuple[str, ...]]] = {}

    def look(self, taken: Record | Batch) -> None:
        """Take note of a record, or of a batch of them.

        :param taken: the record or batch.
        """
        place = taken.source.file, taken.source.sheet
        rows = [row for row in (taken.rows if isinstance(taken, Batch) else [taken.source.row]) if row is not None]
        if rows:
            keys = taken.keys if isinstance(taken, Batch) else [taken.key]
            known = self._keys.setdefault(place, {})
            known |= dict(zip(rows[: _COMPARED - len(known)], keys, strict=False)) if len(known) < _COMPARED else {}
            self.first_rows[place] = min(*rows, self.first_rows.get(place, rows[0]))
        # A grant of two recipients is told by two rows, and is one.
        told = self._told.setdefault(taken.kind, set())
        keys = taken.keys if isinstance(taken, Batch) else [(*taken.key, taken.space) if taken.space else taken.key]
        told.update(map(hash, keys))
        self.counts[taken.kind] = len(told)
        shown = self.examples.setdefault(taken.kind, [])
        if isinstance(taken, Batch):
            filled = [(column.field, column.letter) for column in taken.columns if any(column.texts)]
            shown += [taken.record(index) for index in range(min(len(taken.keys), _SHOWN - len(shown)))]
            self.examples[taken.kind] = _merged(shown)
        else:
            filled = [(name, cell.column) for name, cells in taken.fields.items() for cell in cells]
            again = any(record.key == taken.key and record.space == taken.space for record in shown)
            self.examples[taken.kind] = _merged([*shown, taken]) if again or len(shown) < _SHOWN else shown
        self._columns |= {ColumnRead(*place, _letter(column), taken.kind, name) for name, column in filled}

    @property
    def columns(self) -> Sequence[ColumnRead]:
        """What is filled, in the order of columns."""
        return sorted(self._columns, key=lambda one: (one.file, one.sheet, len(one.letter), one))

    def header(self, place: tuple[str, str], rows: Mapping[int, Sequence[str]]) -> int:
        """Return which row of a sheet is its header: the fullest above the first record.

        :param place: file and sheet.
        :param rows: row to its cells.
        :returns: the row, 0 where there is none.
        """
        first = self.first_rows.get(place)
        above = {row: cells for row, cells in rows.items() if any(cells) and (first is None or row < first)}
        if first is None:
            return min(above, default=0)
        used = [column_index(one.letter) for one in self._columns if (one.file, one.sheet) == place and one.letter]
        return max(above, key=lambda row: sum(bool(_at(above[row], column).strip()) for column in used), default=0)

    def unread(self, place: tuple[str, str], rows: Mapping[int, Sequence[str]]) -> Sequence[tuple[int, str]]:
        """Return the columns that hold something below the header of which nothing is taken in.

        :param place: file and sheet.
        :param rows: row to its cells.
        :returns: index and heading of each; none where no record of the sheet was taken in at all.
        """
        if place not in self.first_rows:
            return []
        header = self.header(place, rows)
        used = {column_index(one.letter) for one in self._columns if (one.file, one.sheet) == place and one.letter}
        for row, key in self._keys[place].items():
            used |= {index for index, cell in enumerate(rows.get(row, ())) if cell.strip() in key}
        below = [cells for row, cells in rows.items() if row > header]
        held = {column for cells in below for column, cell in enumerate(cells) if cell.strip()}
        return [(column, _at(rows.get(header, ()), column)) for column in sorted(held - used)]


def files_read(paths: Sequence[Path]) -> Iterator[FileRead]:
    """Tell how files were read.

    :param paths: the files.
    :raises SourceError: if one cannot be read.
    """
    for path in paths:
        file = read_file(path)
        if not can_edit(path) or path.suffix.lower() == ".xlsx":
            yield FileRead(file.name, file.size)
            continue
        dialect = dialect_of(file)
        certain = dialect.encoding.certain
        choices = () if certain else tuple(_choices(file.content))
        yield FileRead(shown_name(path.name), file.size, dialect.encoding.name, certain, dialect.separator, choices)


def _choices(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield encodings with the words that they give, by which a person sees which is right."""
    words = [word for word in _WORDS.findall(content) if not word.isascii()]
    for encoding in CANDIDATES:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield encoding, " ".join(word.decode(encoding)[:_LONGEST_WORD] for word in words[:_SAMPLE])


def _merged(records: Sequence[Record]) -> list[Record]:
    """Put what several rows say of one entity together."""
    merged: dict[tuple[str, ...], Record] = {}
    for record in records:
        key = (record.space, *record.key)
        before = merged.get(key)
        merged[key] = record if before is None else _with(before, record)
    return list(merged.values())


def _with(before: Record, further: Record) -> Record:
    fields = dict(before.fields)
    for name, cells in further.fields.items():
        had = {cell.text for cell in fields.get(name, ())}
        fields[name] = (*fields.get(name, ()), *(cell for cell in cells if cell.text not in had))
    return before._replace(fields=fields)


def _letter(column: str) -> str:
    return column if column.isalpha() and column.isascii() and column.isupper() and len(column) <= _LETTERS else ""


def _at(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
