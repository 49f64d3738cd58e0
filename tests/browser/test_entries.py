import json
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

NAUGHTY = '<img src="//evil.example/x.png" onerror="window.__xss=1"> ![x](https://evil.example/y.png)'


@pytest.fixture
def template(visitor) -> Workbook:
    visitor.open("entries")
    return load_workbook(BytesIO(visitor.download("Download template in English").read_bytes()))


def fill(book: Workbook, sheet: str, **cells: str) -> None:
    page = book[sheet]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in page[1]}
    row = page.max_row + 1
    for heading, value in cells.items():
        page.cell(row, columns[heading.replace("_", " ")], value)


def upload(visitor, path: Path) -> None:
    visitor.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(visitor.page.get_by_role("tab", name="All findings")).to_be_visible()
    visitor.settle()


def project(**cells: str) -> dict[str, str]:
    return {"Id": "bridges", "Title (en)": "Bridges", "Start": "2024-01", "Countries": "Czechia"} | cells


def test_faults_stand_at_their_cells_and_nothing_is_taken_in(visitor, template, server, tmp_path: Path) -> None:
    fill(template, "Projects", **project(End="2023-05", Countries="Atlantis"))
    fill(template, "Projects", **project(Id="second", Start="31.2.2024", **{"Title (en)": NAUGHTY}))
    path = tmp_path / "entries.xlsx"
    template.save(path)
    upload(visitor, path)
    expect(visitor.page.get_by_text("This entry cannot be taken in yet")).to_be_visible()
    told = visitor.text()
    assert "“Atlantis” is not a known country" in told
    assert "✖ Atlantis" in told
    assert "✖ 31.2.2024" in told
    assert NAUGHTY[:60] in told.replace("\u2060", "")
    assert visitor.page.evaluate("window.__xss") is None
    with urlopen(server.address + "health") as answer:  # noqa: S310 - our own server
        assert json.load(answer)["release"] == server.release.version


def test_an_entry_without_violations_is_ready_for_review(visitor, template, tmp_path: Path) -> None:
    fill(template, "Projects", **project())
    path = tmp_path / "entries.xlsx"
    template.save(path)
    upload(visitor, path)
    expect(visitor.page.get_by_text("This entry is ready for review.")).to_be_visible()
    expect(visitor.page.get_by_text("Nothing has been taken in yet")).to_be_visible()


def test_findings_are_told_in_czech_too(visitor, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text("Id,Title (en),Countries\nx,Bridges,Atlantis\n", encoding="utf-8")
    visitor.open("entries?lang=cs")
    visitor.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
    expect(visitor.page.get_by_text("Tento záznam zatím nelze přijmout")).to_be_visible()
    visitor.settle()
    visitor.page.get_by_role("tab", name="Všechny nálezy").click()
    expect(visitor.page.get_by_text("broken.csv, řádek 2").first).to_be_visible()


def test_what_is_no_workbook_is_a_finding(visitor, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no workbook at all")
    visitor.open("entries")
    upload(visitor, path)
    told = visitor.page.get_by_role("tabpanel", name="At their cells")
    expect(told.get_by_text("About a whole sheet or file")).to_be_visible()
    expect(told.get_by_text("broken.xlsx")).to_be_visible()
    expect(visitor.page.get_by_text("This entry cannot be taken in yet")).to_be_visible()
