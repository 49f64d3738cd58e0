"""The check after an edit: what is found is what a check of all of it finds, whatever was edited."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as drawing
from hypothesis import strategies as st
from openpyxl import Workbook

from graph_app.questions.current import current_engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.settings import Settings
from graph_app.stewardship import draft_check
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.draft_check import Checked, check_draft
from graph_app.stewardship.drafts import Draft, create_draft, edit_draft, laid_out, replace_file, undo
from graph_app.stewardship.edits.model import Edit
from graph_app.validation.entry import EntryReport, check_entry
from loaders.findings import Severity
from loaders.letters import column_letter
from loaders.mapping.quads import data_graph, derived_graph, provenance_graph
from loaders.template.sheets import sheets
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template

JANA = Actor("Jana", EVERY_ROLE)
PROJECTS = 6
#: What is typed into any cell: nothing, faults, and names of what the entry or the graph has.
TEXTS = (
    "", "x", "2019", "2031-02", "31.13.2024", "Atlantis", "Czechia", "-5", "1.234,5", "25596641", "coordinator",
    "partner", "p000001", "p000002", "p000003", "o00001", "o00002", "Caritas", "organisation/curated/iom-prague",
    "organisation/curated/simi", "https://example.org", "www.example.org", "EUR", "same name", "employment",
    "two\u2028lines of text",
)  # fmt: skip


@pytest.fixture(scope="module")
def settings(curated_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    home = tmp_path_factory.mktemp("drafts") / "home"
    shutil.copytree(curated_settings.home, home, symlinks=True)
    copy = replace(curated_settings, home=home)
    yield copy
    current_engine(copy).close()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheet")
    write_template(make_plan(PROJECTS), folder)
    return folder


@pytest.fixture(scope="module")
def workbook(tables: Path) -> bytes:
    book = Workbook()
    for sheet in sheets():
        if (path := tables / f"{sheet.key}.csv").exists():
            page = book.create_sheet(sheet.name["en"])
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.reader(stream):
                    page.append([cell or None for cell in row])
    del book["Sheet"]
    book.save(tables / "entries.xlsx")
    return (tables / "entries.xlsx").read_bytes()


def fully(draft: Draft, checked: Checked, settings: Settings) -> EntryReport:
    """Check the files as they would be handed in, by themselves."""
    assert checked.dataset is not None
    key, base = checked.dataset.key, settings.base
    replaced = [data_graph(key, base), provenance_graph(key, base), derived_graph(base)]
    with laid_out(draft) as (whole, _), current_engine(settings).lease() as engine:
        return check_entry(
            whole, checked.dataset, lambda iris: neighbourhood(engine, iris, leave_out=replaced), base=base
        )


def looked_at(draft: Draft) -> int | None:
    return draft_check._last_checks._checks[draft.folder][1].looked_at


def cells_of(checked: Checked) -> list[tuple[str, str, int, int, str]]:
    return [
        (sheet.file, sheet.sheet, row, column, text)
        for sheet in checked.sheets
        for row, cells in sheet.rows.items()
        for column, text in enumerate(cells)
    ]


steps = st.lists(
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(TEXTS), st.booleans()), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


@drawing(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([[(274, "", True)], [(30, TEXTS[-1], False)]])  # the code of another organisation, then ends of lines
@given(steps)
def test_after_any_edits_a_draft_is_told_what_a_check_of_all_of_it_tells(
    settings: Settings, workbook: bytes, made: list[list[tuple[int, str, bool]]]
) -> None:
    draft = create_draft([("entries.xlsx", workbook)], JANA, settings)
    try:
        checked = check_draft(draft, settings)
        for step in made:
            cells = cells_of(checked)
            chosen = {}
            for number, text, copied in step:
                file, sheet, row, column, old = cells[number % len(cells)]
                # What stands in the cell above is as good as anything: it makes two rows say the same.
                above = next((one[4] for one in cells if one[1:4] == (sheet, row - 1, column)), "")
                new = above if copied else text
                if new != old:
                    chosen[sheet, row, column] = Edit(file, sheet, row, column_letter(column), old, new)
            draft = edit_draft(draft, list(chosen.values()))
            checked = check_draft(draft, settings)
            whole = fully(draft, checked, settings)
            assert checked.findings == whole.findings
            assert checked.accepted == whole.accepted
    finally:
        shutil.rmtree(draft.folder)


def one(sheet: str, row: int, column: str, old: str, new: str) -> list[Edit]:
    return [Edit("entries.xlsx", sheet, row, column, old, new)]


def test_an_edit_of_one_cell_has_few_entities_looked_at(settings: Settings, workbook: bytes) -> None:
    draft = create_draft([("entries.xlsx", workbook)], JANA, settings)
    first = check_draft(draft, settings)
    assert looked_at(draft) is None
    start = next(text for _, sheet, row, column, text in cells_of(first) if (sheet, row, column) == ("Projects", 3, 6))
    assert check_draft(draft, settings).findings == first.findings
    assert looked_at(draft) == 0
    draft = edit_draft(draft, one("Projects", 3, "G", start, "2999"))
    told = check_draft(draft, settings)
    assert 0 < (looked_at(draft) or 0) < 20
    assert told.findings == fully(draft, told, settings).findings != first.findings
    draft = undo(draft)
    assert check_draft(draft, settings).findings == first.findings


def test_another_file_in_its_place_is_checked_as_a_whole(settings: Settings) -> None:
    draft = create_draft([("projects.csv", b"Id,Title (en)\na,A\nb,B\n")], JANA, settings)
    check_draft(draft, settings)
    draft = edit_draft(draft, [Edit("projects.csv", "", 2, "B", "A", "B")])
    told = check_draft(draft, settings)
    assert looked_at(draft) == 1
    assert told.findings == fully(draft, told, settings).findings
    draft = replace_file(draft, "projects.csv", b"Id,Title (en)\na,\n")
    told = check_draft(draft, settings)
    assert looked_at(draft) is None
    assert told.findings == fully(draft, told, settings).findings


def test_rows_that_an_edit_did_not_touch_are_told_what_it_did_to_them(settings: Settings) -> None:
    files = [
        ("projects.csv", b"Id,Title (en)\na,A\nb,B\n"),
        ("organisations.csv", b"Id,Name (en)\nx,X\ny,Y\nz,Z\n"),
        ("participations.csv", b"Project,Organisation,Role\na,x,coordinator\na,y,partner\nb,z,coordinator\n"),
    ]
    draft = create_draft(files, JANA, settings)
    assert check_draft(draft, settings).accepted

    def faulty(old: str, new: str, file: str, row: int, column: str) -> set[str]:
        nonlocal draft
        draft = edit_draft(draft, [Edit(file, "", row, column, old, new)])
        checked = check_draft(draft, settings)
        assert looked_at(draft) is not None, "only what the edit touches was looked at"
        assert checked.findings == fully(draft, checked, settings).findings
        return {str(found.location) for found in checked.findings if found.severity is Severity.VIOLATION}

    two = {"participations.csv, C2", "participations.csv, C3"}
    assert faulty("partner", "coordinator", "participations.csv", 3, "C") == two
    assert faulty("X", "Club X", "organisations.csv", 2, "B") == two
    assert any("Club X" in found.text() for found in check_draft(draft, settings).findings), (
        "it is called otherwise now"
    )
    assert faulty("a", "b", "participations.csv", 3, "A") == {"participations.csv, C3", "participations.csv, C4"}
    assert faulty("y", "", "organisations.csv", 3, "A") != set()
