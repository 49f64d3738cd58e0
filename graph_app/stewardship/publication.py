"""Bring what was approved into the graph, or take it out again; never over what has come meanwhile."""

from collections.abc import Callable

from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.journal.loads import published_details
from graph_app.journal.revert import revert as undo
from graph_app.journal.said import Sentence
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.basis import moved
from graph_app.stewardship.errors import Blocked, Conflict, Refused
from graph_app.stewardship.examination import Examination, examine
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.record import record, refuse_step
from graph_app.stewardship.releasing import in_force, up_to_date
from graph_app.stewardship.states import State, Step
from graph_app.stewardship.submission import Submission, find_submission, submissions
from graph_app.stewardship.submit import Outcome, note_check

__all__ = ["publish", "rebase", "revert"]

Progress = Callable[[str], None]

#: Checks that are begun anew where others publish all the time, before whoever waits is told so.
_ATTEMPTS = 5


def publish(name: str, actor: Actor, settings: Settings, progress: Progress = lambda _: None) -> Outcome:
    """Publish an approved submission: write the event of which the next build makes a release.

    It is checked once more, against a release that holds all that is in force at the moment in which the event is
    written. One that was published already stays as it is.

    :param name: its id, or the first digits of it.
    :param actor: who publishes.
    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :raises NotAllowed: if they may not.
    :raises Refused: if there is no such submission, or it is not approved; or by one of those alone who handed it in,
        where that is not enough.
    :raises Conflict: if the graph moved in what it touches; nothing is overwritten.
    :raises Blocked: if it has violations now that it had not before.
    :raises BuildError: if what others published cannot be built, so that nothing can be checked against it.
    :raises JournalError: if the event cannot be written.
    """
    journal = open_journal(settings)
    for _ in range(_ATTEMPTS):
        known = find_submission(journal.events(), name)
        require(actor, Command.PUBLISH, known, settings)
        if known.state is State.PUBLISHED:
            return Outcome(known, changed=False)
        refuse_step(known, Step.PUBLISH)
        _refuse_unseen(known, settings)
        events = journal.events()
        release = up_to_date(events, settings, progress)
        examination = examine(known.load, events, settings, progress)
        if examination.version != (release.version if release else ""):
            continue  # another one has taken its place
        _refuse_moved(known, moved(_checked(known), examination.basis, known.load.dataset.key, events))
        _refuse_violations(examination)
        with journal.writing() as writer:
            now = find_submission(writer.events, known.id)
            if now.events[-1].hash != known.events[-1].hash or in_force(writer.events) != in_force(events):
                continue  # something was published or decided meanwhile
            record(
                writer,
                known.id,
                EventType.PUBLISHED,
                _details(known, examination),
                command=Command.PUBLISH,
                actor=actor,
                settings=settings,
            )
            return Outcome(submissions(writer.events)[known.id], changed=True, examination=examination)
    raise Refused("Others publish all the time, so that this could not be checked against what is current. Try again.")


def rebase(name: str, actor: Actor, settings: Settings, progress: Progress = lambda _: None) -> Outcome:
    """Check a submission anew against what is current now; what was approved has to be approved again.

    :param name: its id, or the first digits of it.
    :param actor: who asks: the steward who handed it in, or a reviewer.
    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :returns: the submission; submitted, or received where it has violations now.
    :raises NotAllowed: if they may not.
    :raises Refused: if there is no such submission, or it waits neither for a reviewer nor for its publication.
    :raises BuildError: as :func:`publish`.
    :raises JournalError: if the event cannot be written.
    """
    journal = open_journal(settings)
    known = find_submission(journal.events(), name)
    require(actor, Command.REBASE, known, settings)
    _refuse_undecided(known)
    events = journal.events()
    up_to_date(events, settings, progress)
    examination = examine(known.load, events, settings, progress)
    with journal.writing() as writer:
        now = submissions(writer.events)[known.id]
        _refuse_undecided(now)
        fresh = now.state is State.APPROVED or note_check(now, examination)
        if fresh:
            record(
                writer,
                now.id,
                EventType.VALIDATED,
                examination.details,
                command=Command.REBASE,
                actor=actor,
                settings=settings,
            )
        return Outcome(submissions(writer.events)[now.id], changed=fresh, examination=examination)


def revert(name: str, actor: Actor, settings: Settings, *, reason: str) -> Outcome:
    """Undo a publication: what its dataset held before comes back, and the next build makes a release of that.

    :param name: id of the submission, or the first digits of it.
    :param actor: who asks.
    :param settings: where the journal is.
    :param reason: why, for those who read the journal later.
    :raises NotAllowed: if they are no reviewer.
    :raises Refused: if there is no such submission, or it is not published.
    :raises JournalError: if no reason is given, or the event cannot be written.
    """
    journal = open_journal(settings)
    known = find_submission(journal.events(), name)
    require(actor, Command.REVERT, known, settings)
    if known.state is State.REVERTED:
        return Outcome(known, changed=False)
    refuse_step(known, Step.REVERT)
    published = known.latest(EventType.PUBLISHED)
    if published is not None:
        undo(journal, published.seq, reason=reason, actor=actor.name)
    return Outcome(submissions(journal.events())[known.id], changed=True)


def _refuse_unseen(known: Submission, settings: Settings) -> None:
    """Refuse what was approved by one of its authors while that was enough."""
    approved = known.latest(EventType.APPROVED)
    if settings.second_pair and approved is not None and approved.actor in known.authors:
        raise Refused(
            "Submission {ident} was approved by {actor}, who handed it in, and a second pair of eyes is required "
            "now. `intgraph publish --rebase` puts it before a reviewer again.",
            ident=known.id,
            actor=approved.actor,
        )


def _refuse_undecided(known: Submission) -> None:
    if known.state not in {State.SUBMITTED, State.APPROVED}:
        raise Refused(
            "Submission {ident} is {state}: it waits neither for a reviewer nor for its publication, so there is "
            "nothing to check anew.",
            ident=known.id,
            state=known.state.value,
        )


def _refuse_moved(known: Submission, reasons: tuple[Sentence, ...]) -> None:
    if reasons:
        raise Conflict(
            "The graph moved since submission {ident} was checked. Nothing was published. `intgraph publish "
            "--rebase` checks it anew; then it has to be approved again.",
            reasons,
            ident=known.id,
        )


def _refuse_violations(examination: Examination) -> None:
    if not examination.accepted:
        raise Blocked(
            "The graph has come to contradict this submission. Nothing was published. Reject it, or repair what is "
            "named and try again.",
            examination.findings,
        )


def _checked(known: Submission) -> dict[str, object]:
    check = known.validation
    return dict(check.details) if check else {"dataset": "", "entities": {}}


def _details(known: Submission, examination: Examination) -> dict[str, object]:
    load = known.load
    approved = known.latest(EventType.APPROVED)
    return {
        **published_details(load.dataset, load.files, folder=load.folder, name=load.name),
        "approved": approved.hash if approved else "",
        "checked": examination.details["release"],
    }
