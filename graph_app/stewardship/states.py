"""The life of a submission: which steps there are, and which may follow in which state. No other module decides it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from graph_app.journal.events import EventType

__all__ = ["TRANSITIONS", "State", "Step", "step_of"]


class State(StrEnum):
    """Where a submission stands."""

    RECEIVED = "received"  #: its bytes are kept; it was not checked yet, or has violations
    VALIDATED = "validated"  #: the check found nothing that blocks
    SUBMITTED = "submitted"  #: waits for a reviewer
    APPROVED = "approved"  #: may be published
    REJECTED = "rejected"
    PUBLISHED = "published"
    REVERTED = "reverted"  #: was published, and is undone


class Step(StrEnum):
    """What can happen to a submission: an event, and of a validation also how it went."""

    RECEIVE = "receive"
    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    PUBLISH = "publish"
    REVERT = "revert"


#: State and step to the state that follows; ``None`` stands for a submission that nobody has handed in yet. What is not
#: here does not happen. A new check takes an approval away: it was given to what the check before had found.
TRANSITIONS: Mapping[tuple[State | None, Step], State] = MappingProxyType(
    {
        (None, Step.RECEIVE): State.RECEIVED,
        (State.RECEIVED, Step.PASS): State.VALIDATED,
        (State.RECEIVED, Step.FAIL): State.RECEIVED,
        (State.VALIDATED, Step.PASS): State.VALIDATED,
        (State.VALIDATED, Step.FAIL): State.RECEIVED,
        (State.VALIDATED, Step.SUBMIT): State.SUBMITTED,
        (State.SUBMITTED, Step.PASS): State.SUBMITTED,
        (State.SUBMITTED, Step.FAIL): State.RECEIVED,
        (State.SUBMITTED, Step.APPROVE): State.APPROVED,
        (State.SUBMITTED, Step.REJECT): State.REJECTED,
        (State.APPROVED, Step.PASS): State.SUBMITTED,
        (State.APPROVED, Step.FAIL): State.RECEIVED,
        (State.APPROVED, Step.REJECT): State.REJECTED,
        (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
        (State.PUBLISHED, Step.REVERT): State.REVERTED,
        # Handed in again on purpose, with the same bytes.
        (State.REJECTED, Step.PASS): State.VALIDATED,
        (State.REJECTED, Step.FAIL): State.RECEIVED,
        (State.REVERTED, Step.PASS): State.VALIDATED,
        (State.REVERTED, Step.FAIL): State.RECEIVED,
    }
)

_STEPS = {
    EventType.RECEIVED: Step.RECEIVE,
    EventType.SUBMITTED: Step.SUBMIT,
    EventType.APPROVED: Step.APPROVE,
    EventType.REJECTED: Step.REJECT,
    EventType.PUBLISHED: Step.PUBLISH,
    EventType.REVERTED: Step.REVERT,
}


def step_of(kind: EventType, details: Mapping[str, Any]) -> Step | None:
    """Return the step that an event of a submission is, or would be.

    :param kind: type of the event.
    :param details: what it says.
    :returns: the step, or ``None`` for an event that is no step of a submission.
    """
    if kind is EventType.VALIDATED:
        return Step.PASS if details.get("accepted") is True else Step.FAIL
    return _STEPS.get(kind)
