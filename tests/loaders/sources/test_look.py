"""While a format is found for a file, the file is read once, and no further than its beginning."""

from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook

from loaders.errors import SourceFault
from loaders.sources import detect, xlsx_table
from loaders.sources.look import Look
from loaders.sources.tables import Row
from loaders.sources.xlsx_guard import check_workbook


def workbook(path: Path, *sheets: list[list[str]]) -> Path:
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_all_formats_share_one_reading_of_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "of-nobody.xlsx", [["a", "b"], ["1", "2"]])
    times = count(1)
    last = 0

    def counted(*arguments: object, **options: object) -> bool:
        nonlocal last
        last = next(times)
        return check_workbook(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(xlsx_table, "check_workbook", counted)
    assert detect(path).source.name == "template"
    assert last == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("any.csv", "files that end in .csv are usually this. `intgraph map suggest`"), ("any", "folders")],
)
def test_what_nothing_recognises_is_told_by_its_ending_with_the_way_on(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    if path.suffix:
        path.write_text("a,b\n1,2\n", encoding="utf-8")
    else:
        path.mkdir()
    assert said in detect(path).reason


def test_a_file_without_an_ending_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(SourceFault, match="Files of this kind are not read"):
        detect(path)


def test_a_look_takes_the_first_rows_of_each_table_and_gives_them_to_whoever_asks(tmp_path: Path) -> None:
    rows = [[str(number)] for number in range(1, 101)]
    look = Look(workbook(tmp_path / "a.xlsx", [], rows, rows[:2]))
    for _ in range(2):
        found = [[item.cells[0] for item in table.rows if isinstance(item, Row)] for table in look.tables()]
        assert found == [[], [str(number) for number in range(1, 41)], ["1", "2"]]


def test_a_look_is_bounded_where_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n" * 5_000 + "a,b\n", encoding="utf-8")
    assert sum(len(list(table.rows)) for table in Look(path).tables()) <= 1_000


def test_what_cannot_be_read_has_no_tables(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    for name in ("broken.xlsx", "absent.csv", ""):
        assert list(Look(tmp_path / name).tables()) == []
