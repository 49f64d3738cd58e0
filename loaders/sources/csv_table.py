"""CSV files: encoding, separator and quotes found out, and said where they are not certain."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import TextIOWrapper
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.normalise.encodings import EncodingGuess, guess_encoding
from loaders.sources.files import SourceFile
from loaders.sources.tables import ENTERED, PUBLISHED, Limits, Pace, Rows, Table, each_row

if TYPE_CHECKING:
    from _csv import Reader as _Reader

__all__ = ["Dialect", "dialect_of", "read_csv"]

_SEPARATORS = (";", ",", "\t")
#: Lines, and characters of each, in which the separator is looked for; titles may stand above the header.
_LOOKED_AT, _LOOKED_INTO = 20, 65_536
_QUOTED = re.compile(r'(?<![^;,\t\r\n])"(?:[^"]|"")*(?:"|$)')
_WORDS_SHOWN = 5
#: Rows read at a time where nobody says how many.
_ROWS = 50
#: Characters after which no more rows are read at a time.
_HELD = 1_000_000
#: How ZIP archives begin, XLSX workbooks among them, and the workbooks of old spreadsheet programs.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

# The limit of the library is one for the whole process, so it is the widest; each table judges its cells by its own.
csv.field_size_limit(PUBLISHED.cell)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written.

    :param encoding: how its bytes are read.
    :param separator: the character between cells.
    :param skipped: lines at its beginning that hold no cells and only declare the separator.
    """

    encoding: EncodingGuess
    separator: str
    skipped: int


def dialect_of(file: SourceFile, encoding: str = "") -> Dialect:
    """Find out how a CSV file is written, as its reader does.

    :param file: the file.
    :param encoding: Python's name of its encoding where somebody states it.
    """
    guess = _encoding(file, encoding)
    return Dialect(guess, *_separator(file, guess))


def read_csv(file: SourceFile, *, encoding: str = "", separator: str = "", limits: Limits = ENTERED) -> Table:
    """Read a CSV file, row by row; memory does not grow with it.

    :param file: the file.
    :param encoding: Python's name of its encoding where somebody states it; else it is found out.
    :param separator: the character between cells where somebody states it; else it is found out.
    :param limits: how large the table may be.
    :returns: its table; the first items of its rows say how the file was read.
    :raises SourceError: if it is a workbook under another name; while rows are read, if quotes are not closed, the
        stated encoding does not fit, or the table is too large.
    """
    with file.open() as stream:
        if stream.read(4).startswith(_NO_TEXT):
            raise SourceFault(finding("csv-is-workbook", Location(file.name)))
    many = partial(_rows, file, encoding, separator, limits)
    return Table(file.name, file.sha256, "", separated=True, rows=each_row(many(Pace(_ROWS))), many=many)


def _rows(file: SourceFile, encoding: str, separator: str, limits: Limits, pace: Pace) -> Iterator[Rows | Finding]:
    here = Location(file.name)
    guess = _encoding(file, encoding)
    if not guess.certain:
        yield finding("encoding-guessed", here, encoding=guess.name, sample=_sample(file, guess))
    found, skipped = _separator(file, guess)
    used = separator or found
    shown = "tab" if used == "\t" else f"“{used}”"
    yield finding("csv-read-as", here, separator=shown, encoding=guess.name)
    yield from _parsed(file, guess, used, skipped, limits, pace)


def _encoding(file: SourceFile, stated: str) -> EncodingGuess:
    if stated:
        return EncodingGuess(stated, certain=True)
    with file.open() as stream:
        return guess_encoding(stream)


def _opened(file: SourceFile, guess: EncodingGuess) -> TextIOWrapper:
    errors = "strict" if guess.certain else "replace"
    return TextIOWrapper(file.open(), encoding=guess.name, errors=errors, newline="")


def _parsed(
    file: SourceFile, guess: EncodingGuess, separator: str, skipped: int, limits: Limits, pace: Pace
) -> Iterator[Rows | Finding]:
    number, line = skipped + 1, skipped + 1
    ended = False
    with _opened(file, guess) as stream:
        text = _Lines(stream, skipped, limits)
        reader = csv.reader(text, delimiter=separator, strict=True)
        while not ended:
            rows: list[list[str]] = []
            ends: list[int] = []
            fault = None
            try:
                ended = _fill(rows, ends, reader, text, pace.rows)
            except (csv.Error, UnicodeError) as error:
                fault = error
            *lines, line = (line, *(skipped + end + 1 for end in ends))
            sound = _sound(number, rows, limits)
            if sound:
                yield Rows(number, rows[:sound], lines[:sound])
            if sound < len(rows):
                raise _too_large(file, lines[sound], rows[sound], limits)
            if fault is not None:
                raise _unreadable(file, guess, line, fault) from fault
            number += sound


def _fill(rows: list[list[str]], ends: list[int], reader: "_Reader", lines: "_Lines", most: int) -> bool:
    """Read rows and the line where each ends, not many where they are long; return whether there are no more."""
    lines.held = 0
    for cells in islice(reader, most):
        rows.append(cells)
        ends.append(reader.line_num)
        if lines.held > _HELD:
            return False
    return len(rows) < most


def _unreadable(file: SourceFile, guess: EncodingGuess, line: int, error: Exception) -> SourceFault:
    place = Location(file.name, line=line)
    if isinstance(error, UnicodeError):
        value = f"0x{_wrong_byte(file, error):02X}"
        return SourceFault(finding("csv-encoding-wrong", place, value=value, encoding=guess.name))
    return SourceFault(finding("csv-cell-too-long" if "limit" in str(error) else "csv-quotes", place))


def _wrong_byte(file: SourceFile, error: UnicodeError) -> int:
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start]
    with file.open() as stream:  # UTF-16 without its mark is wrong from the first byte on
        return stream.read(1)[0]


class _Lines:
    """The lines of a file.

    :param held: characters of the lines that were read; who looks at it can set it back.
    """

    def __init__(self, stream: TextIOWrapper, skipped: int, limits: Limits) -> None:
        self.held = 0
        self._stream = stream
        self._skipped = skipped
        self._longest = 2 * limits.cell

    def __iter__(self) -> Iterator[str]:
        """Yield the lines; one longer than any row may be would fill the memory before the parser sees it."""
        for _ in range(self._skipped):
            self._stream.readline()
        while line := self._stream.readline(self._longest):
            if len(line) == self._longest:
                raise csv.Error("line larger than limit")
            self.held += len(line)
            yield line


def _sound(number: int, rows: Sequence[list[str]], limits: Limits) -> int:
    """Return how many rows, from the first on, are within the limits."""
    most = len(rows) if limits.rows is None else min(len(rows), max(0, limits.rows + 1 - number))
    wide = max(map(len, rows), default=0) > limits.columns
    if not wide and max(map(len, chain.from_iterable(rows)), default=0) <= limits.cell:
        return most
    fits = (len(cells) <= limits.columns and max(map(len, cells), default=0) <= limits.cell for cells in rows[:most])
    return sum(takewhile(bool, fits))


def _too_large(file: SourceFile, line: int, cells: list[str], limits: Limits) -> SourceFault:
    """Say what is too large about the first row beyond the limits."""
    place = Location(file.name, line=line)
    if max(map(len, cells), default=0) > limits.cell:
        return SourceFault(finding("csv-cell-too-long", place))
    if limits.rows is not None:
        return SourceFault(finding("table-too-large", place, rows=limits.rows, columns=limits.columns))
    return SourceFault(finding("csv-too-wide", place, cells=len(cells), columns=limits.columns))


def _separator(file: SourceFile, guess: EncodingGuess) -> tuple[str, int]:
    """Return the separator, and the number of lines that only declare it (Excel's ``sep=;``).

    It is the one that splits the most lines into the same number of cells: title lines have commas of their own.
    """
    lines = _first_lines(file, guess)
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in _SEPARATORS:
        return lines[0][4], 1
    plain = [line for line in _QUOTED.sub("", "".join(lines)).splitlines() if not line.lstrip().startswith("#")]
    best = (0, 0, ",")
    for separator in _SEPARATORS:
        counts = Counter(line.count(separator) for line in plain if separator in line)
        if counts:
            width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
            best = max(best, (times, width, separator), key=lambda found: found[:2])
    return best[2], 0


def _first_lines(file: SourceFile, guess: EncodingGuess) -> list[str]:
    with _opened(file, guess) as stream:
        try:
            return [line for _ in range(_LOOKED_AT) if (line := stream.readline(_LOOKED_INTO))]
        except UnicodeError:
            return []  # said, with its line, when the rows are read


def _sample(file: SourceFile, guess: EncodingGuess) -> str:
    """Return the first words with a letter beyond ASCII, by which a person sees whether a guess is right."""
    shown: list[str] = []
    with _opened(file, guess) as stream:
        while len(shown) < _WORDS_SHOWN and (line := stream.readline(_LOOKED_INTO)):
            shown += [word.strip("\"';,")[:40] for word in line.split() if not word.isascii()]
    return " ".join(shown[:_WORDS_SHOWN])
