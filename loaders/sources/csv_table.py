"""CSV files: encoding, separator and quotes found out, and said where they are not certain."""

import csv
from collections.abc import Iterator
from io import StringIO

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.normalise.encodings import decode
from loaders.sources.files import SourceFile
from loaders.sources.tables import MOST_COLUMNS, MOST_ROWS, Row, Table

__all__ = ["read_csv"]

_SEPARATORS = {";": "“;”", ",": "“,”", "\t": "tab"}
#: Lines in which the separator is looked for; titles may stand above the header.
_LOOKED_AT = 20


def read_csv(file: SourceFile) -> Table:
    """Read a CSV file.

    :param file: the file.
    :returns: its table; the first items of its rows say how the file was read.
    :raises SourceError: while rows are read, if quotes are not closed or the table is too large.
    """
    return Table(file.name, file.sha256, "", separated=True, rows=_rows(file))


def _rows(file: SourceFile) -> Iterator[Row | Finding]:
    text, guess = decode(file.content)
    here = Location(file.name)
    if not guess.certain:
        yield finding("encoding-guessed", here, encoding=guess.name, sample=_sample(text))
    separator, skipped = _separator(text)
    yield finding("csv-read-as", here, separator=_SEPARATORS[separator], encoding=guess.name)
    yield from _parsed(file, StringIO(text, newline=""), separator, skipped)


def _parsed(file: SourceFile, stream: StringIO, separator: str, skipped: int) -> Iterator[Row | Finding]:
    for _ in range(skipped):
        stream.readline()
    reader = csv.reader(stream, delimiter=separator, strict=True)
    number, line = skipped, skipped + 1
    try:
        for cells in reader:
            number += 1
            _check_size(file, number, line, cells)
            yield Row(number, tuple(cells), line)
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        rule = "csv-cell-too-long" if "limit" in str(error) else "csv-quotes"
        raise SourceFault(finding(rule, Location(file.name, line=line))) from error


def _check_size(file: SourceFile, number: int, line: int, cells: list[str]) -> None:
    if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
        place = Location(file.name, line=line)
        raise SourceFault(finding("table-too-large", place, rows=MOST_ROWS, columns=MOST_COLUMNS))


def _separator(text: str) -> tuple[str, int]:
    """Return the separator, and the number of lines that only declare it (Excel's ``sep=;``)."""
    lines = text.splitlines()[:_LOOKED_AT]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in _SEPARATORS:
        return lines[0][4], 1
    filled = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    for line in filled:
        counts = {separator: _outside_quotes(line).count(separator) for separator in _SEPARATORS}
        best = max(counts, key=lambda separator: counts[separator])
        if counts[best]:
            return best, 0
    return ",", 0


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _sample(text: str) -> str:
    """Return the first words with a letter beyond ASCII, by which a person sees whether a guess is right."""
    words = (word for word in text.split() if not word.isascii())
    return " ".join(word.strip("\"';,")[:40] for _, word in zip(range(5), words, strict=False))
