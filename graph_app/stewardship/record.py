"""The one way in which a submission goes on: whoever asks may, the step may follow, and then it is written down."""

from collections.abc import Mapping
from typing import Any

from graph_app.journal.events import Event, EventType
from graph_app.journal.journal import Writer
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.states import TRANSITIONS, State, Step, step_of
from graph_app.stewardship.submission import Submission, submissions

__all__ = ["record", "refuse_step"]

_NEXT = {
    State.RECEIVED: "Its violations have to be repaired, and the file handed in again.",
    State.VALIDATED: "Its steward has to hand it in again: the last step of it was not reached.",
    State.SUBMITTED: "A reviewer has to approve it first.",
    State.APPROVED: "It can be published, or rejected.",
    State.REJECTED: "Hand in a repaired file, or this one again with `intgraph submit --again`.",
    State.PUBLISHED: "It can be undone with `intgraph revert`.",
    State.REVERTED: "Hand in a repaired file, or this one again with `intgraph submit --again`.",
}


def refuse_step(submission: Submission, step: Step) -> None:
    """Refuse a step that may not follow now.

    :param submission: the submission.
    :param step: the step.
    :raises Refused: says where the submission stands, and what can be done with it.
    """
    if (submission.state, step) not in TRANSITIONS:
        raise Refused(
            "Submission {ident} is {state}; one cannot {step} it now. {next_step}",
            ident=submission.id,
            state=submission.state.value,
            step=step.value,
            next_step=_NEXT[submission.state],
        )


def record(
    writer: Writer,
    ident: str,
    kind: EventType,
    details: Mapping[str, Any],
    *,
    command: Command,
    actor: Actor,
    settings: Settings,
) -> Event:
    """Write down the next event of a submission.

    Its id follows from what was before it, so that a retry cannot write it twice.

    :param writer: the writer of the journal, which keeps all others waiting.
    :param ident: id of the submission.
    :param kind: what happens.
    :param details: what else is to be known.
    :param command: what was asked for.
    :param actor: who asks.
    :param settings: whether a second pair of eyes is required.
    :returns: the event; it is on disk.
    :raises NotAllowed: if they may not.
    :raises Refused: if the step may not follow now.
    :raises JournalError: if the event cannot be written.
    """
    submission = submissions(writer.events).get(ident)
    require(actor, command, submission, settings)
    step = step_of(kind, details)
    if submission is not None and step is not None:
        refuse_step(submission, step)
    elif (None, step) not in TRANSITIONS:
        raise Refused("There is no submission {ident}. `intgraph review` lists all.", ident=ident)
    before = submission.events[-1].seq if submission else 0
    return writer.append(
        kind, {**details, "submission": ident}, event_id=f"{kind.value}-{ident}-{before}", actor=actor.name
    )
