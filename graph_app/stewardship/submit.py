"""Hand files in: keep them byte for byte, check what was kept, and put it before a reviewer if nothing blocks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import Event, EventType
from graph_app.journal.fresh import keep_all
from graph_app.journal.inbox import plain_name
from graph_app.journal.journal import Journal
from graph_app.journal.loads import loads_in_force, published_details
from graph_app.journal.usable import refuse_unusable
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.described import Stated, content_of, describe, format_of, ident_of
from graph_app.stewardship.examination import Examination, examine
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.record import record
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import EDITED, FOLLOWS, Submission, submissions

__all__ = ["Outcome", "note_check", "submit"]

Progress = Callable[[str], None]

#: States in which nothing is left to do for whoever hands in the same again; the last two only if they insist.
_HANDED_IN = frozenset({State.SUBMITTED, State.APPROVED, State.PUBLISHED})
_ENDED = frozenset({State.REJECTED, State.REVERTED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command.

    :param submission: the submission afterwards.
    :param changed: whether the journal has grown.
    :param examination: the check that was made, if one was.
    """

    submission: Submission
    changed: bool
    examination: Examination | None = None


def submit(
    path: Path,
    actor: Actor,
    settings: Settings,
    stated: Stated | None = None,
    *,
    comment: str = "",
    again: bool = False,
    edited: Mapping[str, Any] | None = None,
    follows: str = "",
    progress: Progress = lambda _: None,
) -> Outcome:
    """Hand in a file or folder.

    What is checked are the bytes that were kept. The same bytes handed in again are the same submission: what was not
    reached the first time is done, and nothing is done twice, so that this can be tried again after any failure.

    :param path: the file, or a folder of CSV files.
    :param actor: who hands it in.
    :param settings: where inbox, journal and releases are.
    :param stated: what they say about it.
    :param comment: a word to the reviewer.
    :param again: hand in what was rejected or undone.
    :param edited: what is to be known of changes that were made to the files before, see
        :func:`graph_app.stewardship.hand_in.hand_in`.
    :param follows: id of the submission that was sent back and that this one goes on from.
    :param progress: told in a sentence what is done next.
    :returns: the submission; it is submitted, or its check has violations and it waits for a repaired file.
    :raises NotAllowed: if they are no steward.
    :raises Refused: if the dataset that they name cannot be replaced so.
    :raises SourceError: if no format reads the file.
    :raises JournalError: if bytes cannot be kept, or an event cannot be written.
    """
    require(actor, Command.SUBMIT, None, settings)
    journal, inbox = open_journal(settings), open_inbox(settings)
    stated = stated or Stated()
    progress(f"Keeping {path}")
    files = keep_all(path, inbox)
    name, folder = plain_name(path.absolute().name), path.is_dir()
    with inbox.lend(files, name=name, folder=folder) as laid:
        form = format_of(laid, stated)
    content = content_of(files, form, stated, folder=folder)
    ident = ident_of(content, name)
    before = journal.head
    events = journal.events()
    known = _same(events, content, ident)
    if known is None:
        loads = loads_in_force(events)
        dataset = describe(name, ident, form, stated, actor.name, loads, settings)
        refuse_unusable(dataset)
        told = {"replaces": dataset.key in {load.dataset.key for load in loads}, "content": content}
        details = published_details(dataset, files, folder=folder, name=name) | told
        details |= ({EDITED: dict(edited)} if edited else {}) | ({FOLLOWS: follows} if follows else {})
        known = _receive(journal, ident, details, actor, settings)
    if known.state in _HANDED_IN or (known.state in _ENDED and not again):
        return Outcome(known, changed=journal.head != before)
    examination = examine(known.load, journal.events(), settings, progress)
    known = _hand_in(journal, known, examination, comment, actor, settings)
    return Outcome(known, changed=journal.head != before, examination=examination)


def _same(events: Sequence[Event], content: str, ident: str) -> Submission | None:
    """Return the submission that a file is: one of the same content that has passed its check, else that of its name.

    A reader may refuse a table for its name, so that the same bytes under a better name have to be another submission.
    """
    known = submissions(events)
    passed = (one for one in known.values() if one.content == content and one.state is not State.RECEIVED)
    return next(passed, known.get(ident))


def note_check(known: Submission, examination: Examination) -> bool:
    """Tell whether a check says something that the latest one did not, or is wanted where one is.

    :param known: the submission.
    :param examination: the check.
    """
    if known.validation is None or known.state in _ENDED:
        return True
    said = known.validation.details
    told = ("accepted", "findings", "dataset", "entities")
    return any(said[name] != examination.details[name] for name in told)


def _receive(journal: Journal, ident: str, details: dict[str, Any], actor: Actor, settings: Settings) -> Submission:
    with journal.writing() as writer:
        if ident not in submissions(writer.events):  # somebody else may have handed in the same meanwhile
            record(
                writer,
                ident,
                EventType.RECEIVED,
                details,
                command=Command.SUBMIT,
                actor=actor,
                settings=settings,
            )
        return submissions(writer.events)[ident]


def _hand_in(
    journal: Journal, before: Submission, examination: Examination, comment: str, actor: Actor, settings: Settings
) -> Submission:
    """Write down what a check came to, and put the submission before a reviewer if it may go on."""
    with journal.writing() as writer:
        known = _same(writer.events, before.content, before.id)
        if known is None or known.id != before.id or known.state in _HANDED_IN:  # somebody else was quicker
            return known or before
        steps: list[tuple[EventType, dict[str, Any]]] = []
        if note_check(known, examination):
            steps.append((EventType.VALIDATED, dict(examination.details)))
        if examination.accepted:
            steps.append((EventType.SUBMITTED, {"comment": comment.strip()}))
        for kind, details in steps:
            record(writer, known.id, kind, details, command=Command.SUBMIT, actor=actor, settings=settings)
        return submissions(writer.events)[known.id]
