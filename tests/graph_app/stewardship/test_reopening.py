"""A rejected submission becomes a draft again, whole, and what is handed in again says what it follows."""

import pytest

from graph_app.settings import Settings
from graph_app.stewardship.described import Stated
from graph_app.stewardship.draft_check import check_draft
from graph_app.stewardship.draft_outcome import LastCheck, last_check
from graph_app.stewardship.drafts import create_draft, describe_draft, drafts_of, edit_draft, laid_out, read_as
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.errors import NotAllowed, Refused
from graph_app.stewardship.hand_in import hand_in
from graph_app.stewardship.reopening import reopen, sent_back, why_sent_back
from graph_app.stewardship.review import queue, reject
from graph_app.stewardship.states import State
from tests.graph_app.stewardship.conftest import EVA, JANA

PROJECTS = "Id;Title (en);Start;Countries\r\nbridges;Mosty přátelství;2023;Česko\r\n".encode("cp1250")
PEOPLE = b"Id,Name (en)\r\nclub,Club of Friends\r\n"


def handed_in(settings: Settings) -> str:
    draft = create_draft([("projects.csv", PROJECTS), ("organisations.csv", PEOPLE)], JANA, settings)
    draft = read_as(draft, "projects.csv", "cp1250")
    draft = edit_draft(draft, [Edit("projects.csv", "", 2, "B", "Mosty přátelství", "Mosty")])
    outcome = hand_in(draft, JANA, settings).submission
    assert outcome.state is State.SUBMITTED
    return outcome.id


def contents(draft) -> list[bytes]:
    with laid_out(draft) as (_, paths):
        return [path.read_bytes() for path in paths]


def test_what_was_sent_back_comes_with_its_edits_and_says_later_what_it_follows(settings: Settings) -> None:
    ident = handed_in(settings)
    with pytest.raises(Refused, match="is submitted"):
        reopen(ident, JANA, settings)
    reject(ident, EVA, settings, reason="The title is longer.")
    (waiting,) = sent_back(JANA, settings)
    assert (waiting.id, why_sent_back(waiting)) == (ident, ("Eva", "The title is longer."))
    assert sent_back(EVA, settings) == []
    with pytest.raises(NotAllowed):
        reopen(ident, EVA, settings)
    draft = reopen(ident, JANA, settings)
    assert draft.follows == ident
    assert [edit.new for edit in draft.edits] == ["Mosty"]
    assert sorted(file.name for file in draft.files) == ["organisations.csv", "projects.csv"]
    assert check_draft(draft, settings).accepted
    assert reopen(ident[:6], JANA, settings).id == draft.id, "no second draft of the same"
    assert sent_back(JANA, settings) == []
    draft = edit_draft(draft, [Edit("projects.csv", "", 2, "B", "Mosty", "Mosty přátelství II")])
    again = hand_in(draft, JANA, settings).submission
    assert (again.state, again.follows) == (State.SUBMITTED, ident)
    assert [edit.old for edit in again.edits] == ["Mosty přátelství"]
    assert sent_back(JANA, settings) == []


def test_handed_in_again_unchanged_it_is_looked_at_again(settings: Settings) -> None:
    ident = handed_in(settings)
    reject(ident, EVA, settings, reason="Why?")
    again = hand_in(reopen(ident, JANA, settings), JANA, settings).submission
    assert (again.id, again.state) == (ident, State.SUBMITTED)
    assert [one.id for one in queue(EVA, settings)] == [ident]
    assert drafts_of(JANA, settings) == []


def test_a_table_keeps_the_map_that_reads_it(settings: Settings) -> None:
    content = b"Beneficiary;Operation name;Country\nClub;Bridges;CZ\n"
    map_ = "language: en\nproject: {key: [title]}\ncolumns:\n  Operation name: project.title\n"
    draft = create_draft([("list.csv", content)], JANA, settings)
    draft = describe_draft(draft, Stated(source="mapped", map=map_))
    assert check_draft(draft, settings).accepted
    ident = hand_in(draft, JANA, settings).submission.id
    reject(ident, EVA, settings, reason="no")
    draft = reopen(ident, JANA, settings)
    assert (draft.stated.source, draft.stated.map) == ("mapped", map_)
    assert contents(draft) == [content]


def test_the_last_check_is_known_until_something_changes(settings: Settings) -> None:
    draft = create_draft([("projects.csv", b"Id,Title (en),Countries\na,A,Atlantis\n\nb,B,Czechia\n")], JANA, settings)
    assert last_check(draft) is None
    check_draft(draft, settings)
    assert last_check(draft) == LastCheck(draft.version, 2, 1)
    draft = edit_draft(draft, [Edit("projects.csv", "", 2, "C", "Atlantis", "Latvia")])
    assert last_check(draft) is None
    check_draft(draft, settings)
    assert last_check(draft) == LastCheck(draft.version, 2, 0)
    (draft.folder / "checked.json").write_text("{}", encoding="utf-8")
    assert last_check(draft) is None
