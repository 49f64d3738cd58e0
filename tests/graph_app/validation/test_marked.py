from pathlib import Path

from graph_app.validation.marked import marked_sheets
from loaders.findings import Finding, Location, Severity


def found(
    row: int | None, column: str = "", *, severity: Severity = Severity.VIOLATION, file: str = "e.csv"
) -> Finding:
    return Finding("rule", severity, {"en": "Repair."}, Location(file, row=row, column=column))


def test_only_rows_around_marks_and_the_headings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("id,title\n" + "".join(f"p{n},Title {n}\n" for n in range(2, 30)), encoding="utf-8")
    (sheet,) = marked_sheets([path], [found(12, "B"), found(12, "B", severity=Severity.WARNING), found(20)])
    assert list(sheet.rows) == [1, 11, 12, 13, 19, 20, 21]
    assert sheet.rows[12] == ("p12", "Title 12")
    assert [(mark.row, mark.column, mark.blocks, len(mark.findings)) for mark in sheet.marks] == [
        (12, 1, True, 2),
        (20, None, True, 1),
    ]


def test_files_without_a_place_in_them_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("id\n1\n", encoding="utf-8")
    assert marked_sheets([path], [found(None), found(2, file="other.csv")]) == []


def test_a_file_that_cannot_be_read_marks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    path.write_bytes(b"no workbook")
    assert marked_sheets([path], [found(2, "A", file="e.xlsx")]) == []


def test_marked_rows_beyond_what_can_be_looked_through_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("id,title\n" + "".join(f"p{n},Title {n}\n" for n in range(2, 302)), encoding="utf-8")
    (sheet,) = marked_sheets([path], [found(row, "B") for row in range(2, 302)])
    assert sheet.left_out == 300 - (len(sheet.rows) - 1)
    assert sheet.left_out > 0
    assert len(sheet.marks) == 300
