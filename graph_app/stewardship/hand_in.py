"""Hand in a draft: what is checked are its edited files; the journal says what was edited, and the inbox has both."""

from dataclasses import asdict, astuple

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.errors import InboxDamaged
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.drafts import Draft, discard_draft, laid_out
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import Submission, submissions
from graph_app.stewardship.submit import Outcome, submit

__all__ = ["hand_in", "handed_in_before"]

#: States of submissions that are, or may come to be, in the graph.
_STANDING = frozenset({State.SUBMITTED, State.APPROVED, State.PUBLISHED})


def hand_in(draft: Draft, actor: Actor, settings: Settings, *, comment: str = "") -> Outcome:
    """Hand in a draft. It is gone when a reviewer has it, and stays where something blocks.

    This can be tried again after any failure: the same files are the same submission.

    :param draft: the draft.
    :param actor: who hands it in.
    :param settings: where inbox and journal are.
    :param comment: a word to the reviewer.
    :returns: the submission.
    :raises NotAllowed: if they are no steward.
    :raises StewardshipError: if the draft is not theirs, or a file of it was changed from outside.
    :raises SourceError: if no format reads the files.
    :raises JournalError: if bytes cannot be kept, or an event cannot be written.
    """
    require(actor, Command.SUBMIT, None, settings)
    if actor.name != draft.actor:
        raise StewardshipError("Only the steward whose draft it is can hand it in.")
    with laid_out(draft) as (whole, _):
        outcome = submit(
            whole,
            actor,
            settings,
            draft.stated,
            comment=comment,
            again=bool(draft.follows),  # whoever went on with it wants it looked at again, even if nothing was changed
            edited=_kept_changes(draft, settings),
            follows=draft.follows,
        )
    if outcome.submission.state is not State.RECEIVED:
        discard_draft(draft)
    return outcome


def handed_in_before(draft: Draft, settings: Settings) -> tuple[Submission, ...]:
    """Return submissions that were made of a file of a draft: with other repairs, it would be counted twice.

    :param draft: the draft.
    :param settings: where the journal is.
    :returns: those that wait for a decision or are in the graph.
    :raises JournalError: if the journal cannot be read.
    """
    received = {file.sha256 for file in draft.files}
    return tuple(
        one
        for one in submissions(open_journal(settings).events()).values()
        if one.state in _STANDING and received & {file.sha256 for file in (*one.load.files, *one.originals)}
    )


def _kept_changes(draft: Draft, settings: Settings) -> dict[str, object]:
    """Keep the files as they were received, where something was changed in them, and return what the event says."""
    changed = {edit.file for edit in draft.edits} | set(draft.encodings)
    originals = [file for file in draft.files if file.name in changed]
    inbox = open_inbox(settings)
    for file in originals:
        if inbox.keep(draft.original(file)).sha256 != file.sha256:
            raise InboxDamaged(
                "{name} was changed while it was kept. Discard the draft, and upload it again.", name=file.name
            )
    if not originals:
        return {}
    return {
        "originals": [asdict(file) for file in originals],
        "edits": [astuple(edit) for edit in draft.edits],
        "encodings": dict(draft.encodings),
    }
