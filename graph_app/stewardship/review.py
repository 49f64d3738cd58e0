"""Decide on submissions: look at what waits, approve, reject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.journal.said import Sentence
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.basis import moved
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.examination import Examination, examine
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.record import record
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import Submission, find_submission, submissions
from graph_app.stewardship.submit import Outcome

__all__ = ["Looked", "approve", "look_at", "queue", "reject"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """A submission as a reviewer sees it.

    :param submission: the submission.
    :param examination: its check against the graph of now; of one that is in the graph already it would say nothing.
    :param moved: what moved since the check that its events tell of, a sentence each.
    """

    submission: Submission
    examination: Examination | None
    moved: tuple[Sentence, ...]


def queue(actor: Actor, settings: Settings) -> tuple[Submission, ...]:
    """Return all submissions: those that wait for somebody first, the oldest of them first.

    :param actor: who looks.
    :param settings: where the journal is.
    :raises NotAllowed: if they are neither steward nor reviewer.
    """
    require(actor, Command.REVIEW, None, settings)
    order = [State.SUBMITTED, State.APPROVED, State.VALIDATED, State.RECEIVED]
    found = submissions(open_journal(settings).events()).values()
    return tuple(
        sorted(found, key=lambda one: (order.index(one.state) if one.state in order else len(order), _age(one)))
    )


def look_at(name: str, actor: Actor, settings: Settings, progress: Progress = lambda _: None) -> Looked:
    """Return one submission with its findings and with what it will change, as the graph is now.

    :param name: its id, or the first digits of it.
    :param actor: who looks.
    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :raises NotAllowed: if they are neither steward nor reviewer.
    :raises Refused: if there is no such submission.
    """
    events = open_journal(settings).events()
    submission = find_submission(events, name)
    require(actor, Command.REVIEW, submission, settings)
    if submission.state is State.PUBLISHED:
        return Looked(submission, None, ())
    examination = examine(submission.load, events, settings, progress)
    check = submission.validation
    since = moved(check.details, examination.basis, submission.load.dataset.key, events) if check else ()
    return Looked(submission, examination, since)


def approve(name: str, actor: Actor, settings: Settings, *, comment: str = "") -> Outcome:
    """Let a submission be published. One that was approved already stays as it is.

    :param name: its id, or the first digits of it.
    :param actor: who decides.
    :param settings: whether a second pair of eyes is required, and where the journal is.
    :param comment: a word to those who read the journal later.
    :raises NotAllowed: if they are no reviewer, or have handed it in themselves where that is not enough.
    :raises Refused: if there is no such submission, or it does not wait for a reviewer.
    :raises JournalError: if the event cannot be written.
    """
    done = frozenset({State.APPROVED, State.PUBLISHED})
    details = {"comment": comment.strip()}
    return _decide(name, EventType.APPROVED, details, done, Command.APPROVE, actor, settings)


def reject(name: str, actor: Actor, settings: Settings, *, reason: str) -> Outcome:
    """Send a submission back. One that was rejected already stays as it is.

    :param name: its id, or the first digits of it.
    :param actor: who decides.
    :param settings: where the journal is.
    :param reason: why, for its steward.
    :raises NotAllowed: if they are no reviewer.
    :raises Refused: if there is no such submission, it does not wait for a reviewer, or no reason is given.
    :raises JournalError: if the event cannot be written.
    """
    if not reason.strip():
        raise Refused("Say why the submission is rejected: its steward has to know what to do.")
    details = {"reason": reason.strip()}
    return _decide(name, EventType.REJECTED, details, frozenset({State.REJECTED}), Command.REJECT, actor, settings)


def _decide(
    name: str,
    kind: EventType,
    details: dict[str, Any],
    done: frozenset[State],
    command: Command,
    actor: Actor,
    settings: Settings,
) -> Outcome:
    with open_journal(settings).writing() as writer:
        known = find_submission(writer.events, name)
        require(actor, command, known, settings)
        if known.state in done:
            return Outcome(known, changed=False)
        # The check that was decided on; the graph may have moved since, which publishing finds out.
        seen = {"validated": known.validation.hash if known.validation else ""}
        record(writer, known.id, kind, {**details, **seen}, command=command, actor=actor, settings=settings)
        return Outcome(submissions(writer.events)[known.id], changed=True)


def _age(submission: Submission) -> int:
    return submission.events[-1].seq
