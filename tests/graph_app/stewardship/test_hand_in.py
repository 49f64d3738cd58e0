"""Handing in a draft: the edited file is checked, and the original, the edits and who made them are kept."""

import json

import pytest
from typer.testing import CliRunner

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role
from graph_app.stewardship.draft_check import check_draft
from graph_app.stewardship.drafts import create_draft, drafts_of, edit_draft, read_as
from graph_app.stewardship.edits.accepted import repairs_by_rule
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.errors import NotAllowed, Refused, StewardshipError
from graph_app.stewardship.hand_in import hand_in, handed_in_before
from graph_app.stewardship.publication import publish
from graph_app.stewardship.releasing import make_release
from graph_app.stewardship.review import approve, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.table_map import map_of
from tests.graph_app.stewardship.conftest import EVA, JANA

PROJECTS = "Id;Title (en);Start;Countries\r\nbridges;Mosty přátelství;31. 12. 2023;Česko\r\n".encode("cp1250")


def edited(settings: Settings, content: bytes = PROJECTS):
    draft = read_as(create_draft([("projects.csv", content)], JANA, settings), "projects.csv", "cp1250")
    return edit_draft(draft, [Edit("projects.csv", "", 2, "B", "Mosty přátelství", "Mosty přátelství II")])


def test_a_guessed_encoding_blocks_until_somebody_confirms_it(settings: Settings) -> None:
    draft = create_draft([("projects.csv", PROJECTS)], JANA, settings)
    checked = check_draft(draft, settings)
    assert not checked.accepted
    (file,) = checked.files
    assert (file.encoding, file.certain) == ("cp1250", False)
    assert "přátelství" in dict(file.choices)["cp1250"]
    assert "pøátelství" in dict(file.choices)["cp1252"]
    with pytest.raises(Refused, match="no letter 0x9D"):
        read_as(create_draft([("a.csv", "ť".encode("cp1250"))], JANA, settings), "a.csv", "cp1252")
    with pytest.raises(Refused, match="encoding koi8"):
        read_as(draft, "projects.csv", "koi8")
    assert check_draft(read_as(draft, "projects.csv", "cp1250"), settings).files[0].certain


def test_a_file_that_was_handed_in_before_is_known_again_whatever_was_repaired(settings: Settings) -> None:
    assert handed_in_before(edited(settings), settings) == ()
    first = hand_in(edited(settings), JANA, settings).submission
    again = create_draft([("other name.csv", PROJECTS)], JANA, settings)
    assert [one.id for one in handed_in_before(again, settings)] == [first.id]
    another = create_draft([("projects.csv", PROJECTS + b"more;M;2024;CZ")], JANA, settings)
    assert handed_in_before(another, settings) == ()
    reject(first.id, EVA, settings, reason="no")
    assert handed_in_before(again, settings) == ()


def test_what_was_understood_is_told(settings: Settings) -> None:
    content = "List of projects\n\nId,Title (en),Start,Countries,Remarks\nbridges,Bridges,2024,Czechia,who knows\n"
    checked = check_draft(create_draft([("projects.csv", content.encode())], JANA, settings), settings)
    place = ("projects.csv", "")
    assert checked.form == "template"
    assert "projects.csv" in checked.reason
    assert checked.understood.counts == {"project": 1}
    filled = [(one.letter, one.field) for one in checked.understood.columns]
    assert filled == [("B", "title"), ("C", "start"), ("D", "country")]
    rows = checked.sheets[0].rows
    assert checked.understood.header(place, rows) == 3
    assert checked.understood.unread(place, rows) == [(4, "Remarks")]


def test_a_table_of_an_unknown_shape_gets_a_map_to_correct(settings: Settings) -> None:
    content = b"Beneficiary;Operation name;Total eligible cost\nClub;Bridges;1200,50\nHouse;Roads;99,00\n"
    draft = create_draft([("list.csv", content)], JANA, settings)
    checked = check_draft(draft, settings)
    assert not checked.accepted
    assert "table-unknown" in {found.rule for found in checked.findings}
    assert "Operation name" in map_of(draft, checked.sheets, ()).text


def test_what_nothing_reads_is_a_finding_and_no_error(settings: Settings) -> None:
    for name, content in (("broken.xlsx", b"no workbook"), ("picture.png", b"\x89PNG"), ("empty.csv", b"")):
        checked = check_draft(create_draft([(name, content)], JANA, settings), settings)
        assert not checked.accepted
        assert checked.findings or checked.refused
    curated = create_draft([("own.yaml", b"dataset: first\nprojects: []\n")], JANA, settings)
    assert "names its dataset itself" in check_draft(curated, settings).refused


def test_repairs_of_one_kind_are_accepted_together(settings: Settings) -> None:
    text = "Id,Title (en),Start,Website\na,A,2024-01-01,www.example.org\nb,B,2024,http:/example.org/b\n"
    draft = create_draft([("projects.csv", text.encode())], JANA, settings)
    checked = check_draft(draft, settings)
    rules = repairs_by_rule(checked.findings, {(sheet.file, sheet.sheet): sheet.rows for sheet in checked.sheets})
    (edits,) = rules.values()
    assert [(edit.row, edit.new) for edit in edits] == [(2, "https://www.example.org"), (3, "http://example.org/b")]
    after = check_draft(edit_draft(draft, edits), settings)
    assert not repairs_by_rule(after.findings, {(sheet.file, sheet.sheet): sheet.rows for sheet in after.sheets})
    assert after.blocking == checked.blocking - 2


def test_the_journal_says_what_was_edited_and_the_inbox_has_the_original(settings: Settings) -> None:
    draft = edited(settings)
    outcome = hand_in(draft, JANA, settings, comment="Please")
    known = outcome.submission
    assert known.state is State.SUBMITTED
    assert drafts_of(JANA, settings) == []
    (original,), (kept,) = known.originals, known.load.files
    assert open_inbox(settings).path(original.sha256).read_bytes() == PROJECTS
    assert "Mosty přátelství II" in open_inbox(settings).path(kept.sha256).read_bytes().decode("utf-8-sig")
    assert [(edit.place, edit.old, edit.new) for edit in known.edits] == [
        ("projects.csv!B2", "Mosty přátelství", "Mosty přátelství II")
    ]
    assert known.received.details["edited"]["encodings"] == {"projects.csv": "cp1250"}
    assert known.received.actor == "Jana"
    head = open_journal(settings).head
    again = hand_in(edited(settings), JANA, settings)
    assert (again.submission.id, again.changed, open_journal(settings).head) == (known.id, False, head)


def test_files_without_edits_say_nothing_of_any(settings: Settings) -> None:
    content = b"Id,Title (en),Start,Countries\nbridges,Bridges,2024,Czechia\n"
    two = create_draft([("projects.csv", content), ("organisations.csv", b"Id,Name (en)\nclub,Club\n")], JANA, settings)
    known = hand_in(two, JANA, settings).submission
    assert "edited" not in known.received.details
    assert (known.load.name, known.originals, known.edits) == ("projects + organisations", (), ())


def test_what_blocks_stays_a_draft(settings: Settings) -> None:
    draft = create_draft([("projects.csv", b"Id,Title (en),Countries\nx,Bridges,Atlantis\n")], JANA, settings)
    assert hand_in(draft, JANA, settings).submission.state is State.RECEIVED
    assert drafts_of(JANA, settings) == [draft]


def test_nobody_hands_in_what_is_not_theirs_or_was_changed(settings: Settings) -> None:
    draft = edited(settings)
    with pytest.raises(StewardshipError, match="Only the steward"):
        hand_in(draft, EVA, settings)
    with pytest.raises(NotAllowed):
        hand_in(draft, Actor("Jana", frozenset({Role.VIEWER})), settings)
    draft.original(draft.files[0]).write_bytes(b"changed")
    with pytest.raises(StewardshipError, match="no longer as it was received"):
        hand_in(draft, JANA, settings)
    assert "received" not in [event.type for event in open_journal(settings).events()]


def test_history_tells_the_edits_behind_a_fact(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    more = PROJECTS + "bruges;Brugy;2024;Česko\r\n".encode("cp1250")
    draft = edit_draft(edited(settings, more), [Edit("projects.csv", "", 3, "B", "Brugy", "Bruggy")])
    known = hand_in(draft, JANA, settings).submission
    approve(known.id, EVA, settings)
    publish(known.id, EVA, settings)
    make_release(settings)
    from graph_app.cli import application

    monkeypatch.setenv("INTGRAPH_HOME", str(settings.home))
    monkeypatch.setenv("INTGRAPH_DATA", str(settings.data))
    iri = f"project/submission-{known.id}/bridges"
    told = CliRunner().invoke(application, ["history", iri])
    assert told.exit_code == 0, told.output
    said = "".join(told.output.split())
    assert "Janaeditedprojects.csv" in said
    (event,) = json.loads(CliRunner().invoke(application, ["history", iri, "--format", "json"]).stdout)
    assert [(one["row"], one["column"], one["new"]) for one in event["edited"]] == [(2, "B", "Mosty přátelství II")]
    assert [file["name"] for file in event["originals"]] == ["projects.csv"]
