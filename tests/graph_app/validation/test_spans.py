"""Places of values in text files."""

from pathlib import Path

import pytest

from graph_app.validation.spans import Span, TextSpans
from loaders.findings import Finding, Location, Severity


def date(text: str, file: str, line: int | None) -> Finding:
    place = Location(file, row=line, column="B", line=line)
    return Finding("date-unreadable", Severity.VIOLATION, {"en": ""}, place, text)


def test_a_repair_put_at_its_span_repairs_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('id;název;od\r\nš;"Běh";31. března 2024\r\n'.encode("cp1250"))
    span = TextSpans([path])(date("31. března 2024", "a.csv", 2))
    assert span == Span(2, 9, 24)
    line = path.read_text("cp1250").splitlines()[1]
    assert line[: span.start - 1] + "2024-03-31" + line[span.end - 1 :] == 'š;"Běh";2024-03-31'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("31 March 2024,31 March 2024\n", date("31 March 2024", "a.csv", 1)),
        ("31 March 2024\n", date("31 March 2024", "a.csv", 2)),
        ("31 March 2024\n", date("31 March 2024", "a.csv", None)),
        ("31 March 2024\n", date("31 March 2024", "b.csv", 1)),
        ("1 March 20245\n", date("1 March 2024", "a.csv", 1)),
        ("03/04/2024\n", date("03/04/2024", "a.csv", 1)),
    ],
)
def test_where_it_is_not_certain_there_is_no_span(content: str, found: Finding, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert TextSpans([path])(found) is None


def test_a_repair_that_would_end_its_cell_has_no_span(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Inte\u00adgration, now\n", encoding="utf-8")
    found = Finding(
        "invisible-character", Severity.WARNING, {"en": ""}, Location("a.csv", line=1), "Inte\u00adgration, now"
    )
    assert TextSpans([path])(found) is None
