"""CSV files with some cells changed are read as they were, with those cells changed, whatever is in them."""

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_app.stewardship.edits.csv_file import write_csv
from graph_app.stewardship.edits.edited import texts_of
from graph_app.stewardship.errors import Refused

Rows = dict[int, tuple[str, ...]]

#: Letters of Czech, signs that CSV gives a meaning, and letters that no code page of ours has.
_LETTERS = "abcčřžýáíé šů" + ';,"\t\n#=' + "Ω中"
texts = st.text(_LETTERS, max_size=6)
#: Each row begins with a word, so that none is blank and the first one is no declaration of a separator.
tables = st.lists(st.lists(texts, min_size=2, max_size=4), min_size=2, max_size=6).map(
    lambda rows: [["Název", *row[1:]] for row in rows]
)
edits = st.dictionaries(st.tuples(st.integers(1, 9), st.integers(0, 5)), texts, min_size=1, max_size=5)


def read(path: Path) -> Rows:
    return texts_of.__wrapped__(path).get("", {})


def trimmed(rows: Rows) -> Rows:
    """Leave out what is empty at the end of rows, and empty rows."""
    found = {}
    for row, cells in rows.items():
        width = max((at + 1 for at, cell in enumerate(cells) if cell), default=0)
        found[row] = tuple(cells[:width])
    return {row: cells for row, cells in found.items() if cells}


def changed(rows: Rows, cells: dict[tuple[int, int], str]) -> Rows:
    wanted = {row: list(known) for row, known in rows.items()}
    for (row, column), text in cells.items():
        known = wanted.setdefault(row, [])
        known.extend([""] * (column + 1 - len(known)))
        known[column] = text
    return {row: tuple(known) for row, known in wanted.items()}


@settings(deadline=None)
@given(
    table=tables,
    cells=edits,
    separator=st.sampled_from(";,\t"),
    end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1250"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    declared=st.booleans(),
    last=st.booleans(),
)
@example(
    table=[["Název", ""], ["Název", "", ","], ["Název", "", ",", ";,"]],
    cells={(1, 0): ""},
    separator=";",
    end="\n",
    encoding="utf-8",
    quoting=csv.QUOTE_MINIMAL,
    declared=False,
    last=True,
)
def test_reading_the_edited_file_is_reading_the_original_with_those_cells_changed(
    table: list[list[str]],
    cells: dict[tuple[int, int], str],
    separator: str,
    end: str,
    encoding: str,
    quoting: int,
    declared: bool,
    last: bool,
) -> None:
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    text = (f"sep={separator}{end}" if declared else "") + buffer.getvalue()
    content = (text if last else text.removesuffix(end)).encode(encoding, errors="replace")
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.csv", Path(folder) / "b.csv"
        source.write_bytes(content)
        before = read(source)
        cells = {place: new for place, new in cells.items() if not declared or place[0] > 1}
        with suppress(Refused):
            write_csv(source, cells, target)
        if not target.exists():
            signs = {sign for row in [*table, cells.values()] for text in row for sign in ";,\t" if sign in text}
            assert signs - {separator}, "only where two separators fit may a change be refused"
            return
        assert trimmed(read(target)) == trimmed(changed(before, cells))


@pytest.mark.parametrize(
    ("content", "cells", "expected"),
    [
        ('a;"b";c\r\n1;"x;y";3\r\n', {(2, 2): "4"}, 'a;"b";c\r\n1;"x;y";4\r\n'),
        ('a;"b"\n1;"x""y"\n', {(2, 1): 'z"'}, 'a;"b"\n1;"z"""\n'),
        ("a,b\r1,2\r", {(2, 0): "x,y"}, 'a,b\r"x,y",2\r'),
        ("a;b\r\n1;2", {(4, 1): "y"}, "a;b\r\n1;2\r\n;\r\n;y\r\n"),
        ("a;b;c\n1\n", {(2, 2): "y"}, "a;b;c\n1;;y\n"),
        ('a;b\n"1\n2";3\n4;5\n', {(3, 0): "x"}, 'a;b\n"1\n2";3\nx;5\n'),
        ("sep=;\na;b\n1;2\n", {(3, 0): "x,y"}, 'sep=;\na;b\n"x,y";2\n'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "cp1250"])
def test_everything_else_stays_byte_for_byte(
    content: str, cells: dict[tuple[int, int], str], expected: str, encoding: str, tmp_path: Path
) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    # A comment that holds letters of the code page, which is guessed by them.
    note = "\n# příliš žluťoučký kůň, ďáblova šťáva\n" if encoding == "cp1250" and content.startswith("a;b;c\n") else ""
    source.write_bytes((mark + content + note).encode(encoding))
    write_csv(source, cells, target)
    assert target.read_bytes() == (mark + expected + note).encode(encoding)


def test_a_letter_that_the_encoding_lacks_makes_it_utf_8_and_loses_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes("Název;Popis\r\nPříliš dlouhý;kůň\r\n".encode("cp1250"))
    write_csv(source, {(2, 1): "Ελλάδα"}, target)
    assert target.read_bytes().decode("utf-8-sig") == "Název;Popis\r\nPříliš dlouhý;Ελλάδα\r\n"
    write_csv(source, {}, target, encoding="cp1252")
    assert target.read_bytes().decode("utf-8-sig").startswith("Název;Popis\r\nPøíliš")


def test_what_declares_the_separator_is_no_cell(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("sep=;\na;b\n", encoding="utf-8")
    with pytest.raises(Refused, match="Row 1"):
        write_csv(source, {(1, 0): "x"}, tmp_path / "b.csv")
    source.write_text('a;b\n"x;y\n', encoding="utf-8")
    with pytest.raises(Refused, match="Row 2 cannot be told into cells"):
        write_csv(source, {(1, 0): "x"}, tmp_path / "b.csv")
