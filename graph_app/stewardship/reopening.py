"""A submission that a reviewer has sent back becomes a draft again, with its files as received and all its edits."""

from collections.abc import Sequence

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.described import Stated
from graph_app.stewardship.drafts import (
    Draft,
    create_draft,
    describe_draft,
    discard_draft,
    drafts_of,
    edit_draft,
    read_as,
)
from graph_app.stewardship.errors import NotAllowed, Refused
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import PREFIX, Submission, find_submission, submissions

__all__ = ["reopen", "sent_back", "why_sent_back"]


def sent_back(actor: Actor, settings: Settings) -> Sequence[Submission]:
    """Return the submissions of somebody that wait for them after a reviewer has rejected them, the latest first.

    One that a later submission or a draft of theirs goes on from does not wait any longer.

    :param actor: whose submissions.
    :param settings: where the journal is.
    :raises NotAllowed: if they are no steward.
    :raises JournalError: if the journal cannot be read.
    """
    known = submissions(open_journal(settings).events()).values()
    gone_on = {one.follows for one in known} | {draft.follows for draft in drafts_of(actor, settings)}
    waiting = [one for one in known if one.state is State.REJECTED and one.id not in gone_on]
    return sorted(
        (one for one in waiting if actor.names & one.authors), key=lambda one: one.events[-1].seq, reverse=True
    )


def why_sent_back(submission: Submission) -> tuple[str, str]:
    """Return who has rejected a submission last, and why; both are empty where nobody has.

    :param submission: the submission.
    """
    event = submission.latest(EventType.REJECTED)
    return (event.actor, str(event.details.get("reason", ""))) if event else ("", "")


def reopen(name: str, actor: Actor, settings: Settings) -> Draft:
    """Make a draft of a rejected submission; where there is one already, that is it.

    :param name: its id, or the first digits of it.
    :param actor: who goes on with it.
    :param settings: where journal, inbox and drafts are.
    :raises NotAllowed: if they are no steward, or have not handed it in.
    :raises Refused: if it was not rejected, or they have too many drafts.
    :raises JournalError: if the journal or a file of the inbox cannot be read.
    :raises StewardshipError: if the draft cannot be kept.
    """
    require(actor, Command.SUBMIT, None, settings)
    submission = find_submission(open_journal(settings).events(), name)
    if not actor.names & submission.authors:
        raise NotAllowed("Only the steward who has handed it in can go on with it.")
    if submission.state is not State.REJECTED:
        raise Refused(
            "Submission {ident} is {state}; only a rejected one can be gone on with.",
            ident=submission.id,
            state=submission.state.value,
        )
    for draft in drafts_of(actor, settings):
        if draft.follows == submission.id:
            return draft
    draft = create_draft(_contents(submission, settings), actor, settings, follows=submission.id)
    try:
        for file, encoding in submission.encodings.items():
            draft = read_as(draft, file, encoding)
        stated = _stated(submission)
        return edit_draft(describe_draft(draft, stated) if stated != Stated() else draft, submission.edits)
    except Exception:
        discard_draft(draft)  # half of what was handed in would be taken for all of it
        raise


def _contents(submission: Submission, settings: Settings) -> list[tuple[str, bytes]]:
    received = {file.name: file for file in submission.originals}
    files = [received.get(file.name, file) for file in submission.load.files]
    load = submission.load
    with open_inbox(settings).lend(files, name=load.name, folder=load.folder) as path:
        return [(file.name, (path / file.name if load.folder else path).read_bytes()) for file in files]


def _stated(submission: Submission) -> Stated:
    dataset = submission.load.dataset
    if not dataset.key.startswith(PREFIX):
        return Stated(dataset=dataset.key, source=dataset.format if dataset.map else "", map=dataset.map)
    return Stated(source=dataset.format if dataset.map else "", map=dataset.map, language=dataset.language)
