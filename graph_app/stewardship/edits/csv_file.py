"""CSV files with some cells changed: encoding, separator, line ends, quotes and every other cell stay as they are."""

import codecs
import contextlib
import csv
import re
from io import StringIO
from pathlib import Path

from graph_app.stewardship.edits.model import Cells
from graph_app.stewardship.errors import Refused
from loaders.sources.csv_table import Dialect, dialect_of
from loaders.sources.files import read_file

__all__ = ["write_csv"]

_MARKS = {
    "utf-8-sig": ((codecs.BOM_UTF8, "utf-8"),),
    "utf-16": ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")),
    "utf-32": ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")),
}
#: Rows of which the widest tells how wide a new row is.
_LOOKED_AT = 50
_LINE_END = re.compile(r"(\r\n|\r|\n)\Z")
#: A text with one of these is quoted, so that no reader takes it for cells or lines. Separators of other files are
#: among them, lest the file's own be guessed otherwise.
_QUOTED = re.compile(r'[;,\t"\r\n]')


def write_csv(source: Path, cells: Cells, target: Path, *, encoding: str = "") -> None:
    """Write a CSV file with some cells changed.

    A letter that the encoding of the file lacks makes it a file in UTF-8 with its mark, and so does a change after
    which its encoding would be guessed otherwise: no letter is lost.

    :param source: the file as it was received.
    :param cells: row and index of the column to the new text.
    :param target: the file to write.
    :param encoding: Python's name of the encoding that somebody states, after which nothing is left to guess: the file
        is written in UTF-8 with its mark.
    :raises SourceError: if the file cannot be read.
    :raises Refused: if the changed file would not be read as it is meant; there is none then.
    """
    content = source.read_bytes()
    dialect = dialect_of(read_file(source), encoding)
    mark, codec = _coded(content, dialect)
    text = content[len(mark) :].decode(codec, errors="surrogateescape")
    changed = _changed(text, dialect, cells)
    kept = False
    with contextlib.suppress(UnicodeEncodeError):
        target.write_bytes(mark + changed.encode(codec, errors="surrogateescape"))
        found = dialect_of(read_file(target))
        # A file that has lost its last letter beyond ASCII is read alike in any encoding.
        kept = _read_alike(found, dialect) and (found.encoding == dialect.encoding or changed.isascii())
    if not kept:
        target.write_bytes(codecs.BOM_UTF8 + _without_halves(changed).encode())
        if not _read_alike(dialect_of(read_file(target)), dialect):
            target.unlink()
            raise Refused(
                "With these changes {name} would be read otherwise. Change it in a text editor.", name=source.name
            )


def _coded(content: bytes, dialect: Dialect) -> tuple[bytes, str]:
    """Return the mark at the beginning of a file, and the name of the encoding without it."""
    for mark, codec in _MARKS.get(dialect.encoding.name, ()):
        if content.startswith(mark):
            return mark, codec
    return b"", dialect.encoding.name


def _read_alike(found: Dialect, meant: Dialect) -> bool:
    return (found.separator, found.skipped) == (meant.separator, meant.skipped)


def _without_halves(text: str) -> str:
    """Write bytes that stand for no letter as a reader sees them."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _changed(text: str, dialect: Dialect, cells: Cells) -> str:
    records = _records(text, dialect)
    end = next((found[1] for record in records if (found := _LINE_END.search(record))), "\r\n")
    rows: dict[int, dict[int, str]] = {}
    for (row, column), new in cells.items():
        rows.setdefault(row, {})[column] = new
    first = dialect.skipped + 1
    width = max((len(_pieces(record, dialect.separator)) for record in records[:_LOOKED_AT]), default=1)
    blank = dialect.separator * (width - 1) + end
    for row in sorted(rows):
        if row < first:
            raise Refused("Row {row} says how the file is separated; it holds no cells.", row=row)
        while len(records) <= row - first:
            if records and not _LINE_END.search(records[-1]):
                records[-1] += end
            records.append(blank)
        records[row - first] = _with(records[row - first], dialect.separator, rows[row])
    head = "".join(list(StringIO(text, newline=""))[: dialect.skipped])
    return head + "".join(records)


def _records(text: str, dialect: Dialect) -> list[str]:
    """Cut a text into the lines of each row."""
    lines = list(StringIO(text, newline=""))[dialect.skipped :]
    reader = csv.reader(iter(lines), delimiter=dialect.separator, strict=True)
    records, start = [], 0
    try:
        for _ in reader:
            records.append("".join(lines[start : reader.line_num]))
            start = reader.line_num
    except csv.Error as error:
        raise Refused(
            "Row {row} cannot be told into cells ({error}). Mend it in a text editor.",
            row=len(records) + 1,
            error=error,
        ) from error
    return records


def _with(record: str, separator: str, changed: dict[int, str]) -> str:
    found = _LINE_END.search(record)
    end = found[1] if found else ""
    pieces = _pieces(record, separator)
    for column, new in changed.items():
        pieces += [""] * (column + 1 - len(pieces))
        quoted = pieces[column].startswith('"') or _QUOTED.search(new) is not None
        pieces[column] = '"' + new.replace('"', '""') + '"' if quoted else new
    return separator.join(pieces) + end


def _pieces(record: str, separator: str) -> list[str]:
    """Cut a row into its cells as they are written, with their quotes."""
    body = _LINE_END.sub("", record)
    piece = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(separator)}]*')
    pieces, at = [], 0
    while True:
        match = piece.match(body, at)
        pieces.append(match[0] if match else "")
        at += len(pieces[-1])
        if at >= len(body):
            return pieces
        at += 1  # the separator
