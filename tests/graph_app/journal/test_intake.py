import threading
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event, EventType
from graph_app.journal.intake import Intake, open_inbox, open_journal, take_in, take_in_all
from graph_app.journal.journal import verify
from graph_app.journal.loads import load_of, loads_in_force
from graph_app.journal.revert import revert
from graph_app.settings import Settings
from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.template.workbook import write_workbook

SMALL = Dataset("small", {"en": "Small"}, "curated", "curated", publisher="Somebody", licence="not stated")
OTHER = """\
dataset: small
organisations:
  - {id: athens, locator: line 1, name: {en: Athens}}
"""


@pytest.fixture
def file(settings: Settings) -> Path:
    return settings.data / "small.yaml"


def in_force(settings: Settings) -> list[tuple[str, int]]:
    events = open_journal(settings).events()
    return [(load.dataset.key, load.event.seq) for load in loads_in_force(events)]


def published(intake: Intake) -> Event:
    assert intake.event is not None
    return intake.event


def test_a_load_is_one_event_with_all_that_is_known_of_it(settings: Settings, file: Path) -> None:
    steps: list[str] = []
    intake = take_in(file, SMALL, settings, steps.append)
    event = published(intake)
    assert (intake.changed, event.seq, event.type, event.actor) == (True, 1, EventType.PUBLISHED, "Jana")
    (load,) = loads_in_force(open_journal(settings).events())
    assert (load.dataset, load.folder, load.name, load.event) == (SMALL, False, "small.yaml", event)
    (kept,) = load.files
    assert open_inbox(settings).path(kept.sha256).read_bytes() == file.read_bytes()
    assert len(steps) == 2


def test_the_same_again_changes_nothing(settings: Settings, file: Path) -> None:
    first = take_in(file, SMALL, settings)
    again = take_in(file, SMALL, settings)
    assert (again.event, again.changed, again.findings) == (first.event, False, ())
    assert len(open_journal(settings).events()) == 1


@pytest.mark.parametrize("change", [{"licence": "CC0"}, {"title": {"en": "Small", "cs": "Malý"}}, {"namespace": "own"}])
def test_another_description_of_the_same_bytes_is_another_event(
    settings: Settings, file: Path, change: dict[str, object]
) -> None:
    take_in(file, SMALL, settings)
    again = take_in(file, replace(SMALL, **change), settings)  # type: ignore[arg-type]
    assert (again.changed, in_force(settings)) == (True, [("small", 2)])


def test_one_then_another_then_the_first_again_are_three_events(settings: Settings, file: Path) -> None:
    first = file.read_text(encoding="utf-8")
    for text in (first, OTHER, first, first):
        file.write_text(text, encoding="utf-8")
        take_in(file, SMALL, settings)
    events = open_journal(settings).events()
    assert [event.seq for event in events] == [1, 2, 3]
    assert len({event.id for event in events}) == 3
    assert events[0].details == events[2].details


def test_a_violation_keeps_a_file_out_and_is_told_with_its_place(settings: Settings, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("name:", "nahme:"), encoding="utf-8")
    intake = take_in(file, SMALL, settings)
    assert (intake.event, intake.changed) == (None, False)
    assert "small.yaml, line 3" in str(intake.findings[0].location)
    assert open_journal(settings).events() == ()


@pytest.mark.parametrize("name", ["none.yaml", "folder.yaml"])
def test_a_file_that_cannot_be_read_is_a_finding(settings: Settings, name: str) -> None:
    (settings.data / "folder.yaml").mkdir()
    intake = take_in(settings.data / name, SMALL, settings)
    assert intake.event is None
    assert [found.severity for found in intake.findings] == ["violation"]
    assert open_journal(settings).events() == ()


def test_an_unknown_format_is_said(settings: Settings, file: Path) -> None:
    with pytest.raises(SourceError, match="known formats are"):
        take_in(file, replace(SMALL, format="papyrus"), settings)


@pytest.mark.parametrize("key", ["", "../x", "a/b", "ontology", "derived", ".hidden", "ž", "a\n"])
def test_keys_that_cannot_name_a_file_are_refused(settings: Settings, file: Path, key: str) -> None:
    with pytest.raises(JournalError, match="cannot be the key of a dataset"):
        take_in(file, replace(SMALL, key=key), settings)
    assert not settings.home.exists()


@pytest.mark.parametrize("language", ["klingon!", "zz", "English", "EN", 'en" .'])
def test_a_language_that_would_break_every_release_is_refused(settings: Settings, file: Path, language: str) -> None:
    with pytest.raises(JournalError, match="is no code of a language"):
        take_in(file, replace(SMALL, language=language), settings)
    assert not settings.home.exists()


def test_characters_that_cannot_be_kept_are_refused(settings: Settings, file: Path) -> None:
    with pytest.raises(JournalError, match="a character that cannot be kept"):
        take_in(file, replace(SMALL, publisher="A\udcffB"), settings)
    assert not settings.home.exists()


def test_what_is_checked_is_what_was_kept(settings: Settings, file: Path) -> None:
    first = file.read_bytes()
    # Whoever edits the file while it is taken in changes nothing of it.
    intake = take_in(file, SMALL, settings, lambda step: file.write_text("x: [") if step.startswith("Read") else None)
    (kept,) = load_of(published(intake)).files
    assert file.read_bytes() != first
    assert open_inbox(settings).path(kept.sha256).read_bytes() == first


def test_a_folder_is_one_event_with_several_files(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "organisations.csv").write_text("id;name (en)\na;A\n", encoding="utf-8")
    (folder / "projects.csv").write_text("id;title (en)\np;P\n", encoding="utf-8")
    (folder / ".~lock.projects.csv#").write_text("x", encoding="utf-8")
    dataset = replace(SMALL, key="entries", format="template")
    intake = take_in(folder, dataset, settings)
    assert intake.changed, [str(found.location) + found.text() for found in intake.findings]
    load = load_of(published(intake))
    assert (load.folder, load.name) == (True, "entries")
    assert [file.name for file in load.files] == ["organisations.csv", "projects.csv"]
    assert not take_in(folder, dataset, settings).changed


def test_an_empty_template_is_not_taken_in(settings: Settings, tmp_path: Path) -> None:
    write_workbook(tmp_path / "entries.xlsx", "en")
    intake = take_in(tmp_path / "entries.xlsx", replace(SMALL, format="template"), settings)
    assert (intake.event, intake.changed) == (None, False)


def test_two_who_load_the_same_at_once_make_one_event(settings: Settings, file: Path) -> None:
    barrier = threading.Barrier(4)
    intakes: list[Intake] = []

    def load() -> None:
        # All have seen an empty journal and checked the file before the first of them appends.
        def wait(step: str) -> None:
            if step.startswith("Checking"):
                barrier.wait()

        intakes.append(take_in(file, SMALL, settings, wait))

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [intake.changed for intake in intakes].count(True) == 1
    assert {published(intake).seq for intake in intakes} == {1}
    assert len(open_journal(settings).events()) == 1


def test_all_that_is_listed_is_taken_in_and_one_bad_file_keeps_no_other_out(settings: Settings, file: Path) -> None:
    entry = "- {{key: {0}, title: {{en: {0}}}, publisher: P, licence: L, format: curated, file: {0}.yaml}}\n"
    (settings.data / "datasets.yaml").write_text("".join(map(entry.format, ("a", "bad", "small"))), encoding="utf-8")
    (settings.data / "a.yaml").write_text(OTHER.replace("small", "a"), encoding="utf-8")
    (settings.data / "bad.yaml").write_text("no records", encoding="utf-8")
    intakes = take_in_all(settings)
    assert [(intake.event is not None, intake.changed) for intake in intakes] == [
        (True, True), (False, False), (True, True),
    ]  # fmt: skip
    assert in_force(settings) == [("a", 1), ("small", 2)]
    file.write_text(file.read_text(encoding="utf-8") + "  - {id: b, locator: l, name: {en: B}}\n", encoding="utf-8")
    assert [intake.changed for intake in take_in_all(settings)] == [False, False, True]
    assert in_force(settings) == [("a", 1), ("small", 3)]


def test_undoing_the_latest_load_brings_back_the_one_before(settings: Settings, file: Path) -> None:
    journal = open_journal(settings)
    first = published(take_in(file, SMALL, settings))
    file.write_text(OTHER, encoding="utf-8")
    second = published(take_in(file, SMALL, settings))
    undo = revert(journal, 2, reason=" wrong file ", actor="Petr")
    assert dict(undo.details) == {"event": second.hash, "reason": "wrong file"}
    assert in_force(settings) == [("small", first.seq)]
    assert take_in(file, SMALL, settings).changed, "what was undone can be loaded again"
    assert in_force(settings) == [("small", 4)]
    revert(journal, 1, reason="never right", actor="Petr")
    revert(journal, 4, reason="never right", actor="Petr")
    assert in_force(settings) == []
    assert not verify(journal.path).faults


def test_only_a_load_that_is_not_undone_yet_can_be_undone(settings: Settings, file: Path) -> None:
    journal = open_journal(settings)
    with pytest.raises(JournalError, match="no event 1; it has 0"):
        revert(journal, 1, reason="x", actor="Jana")
    take_in(file, SMALL, settings)
    revert(journal, 1, reason="x", actor="Jana")
    for seq, said in (
        (0, "no event 0; it has 2"),
        (3, "it has 2"),
        (1, "undone by event 2 already"),
        (2, "type reverted"),
    ):
        with pytest.raises(JournalError, match=said):
            revert(journal, seq, reason="x", actor="Jana")
    with pytest.raises(JournalError, match="Say why"):
        revert(journal, 1, reason=" ", actor="Jana")
    assert len(journal.events()) == 2


def test_a_load_of_another_version_of_the_program_is_said(settings: Settings) -> None:
    journal = open_journal(settings)
    journal.append(EventType.PUBLISHED, {"dataset": {"key": "x", "colour": "red"}}, event_id="new", actor="Jana")
    with pytest.raises(JournalError, match="Event 1 describes a load in a way that this version"):
        loads_in_force(journal.events())
