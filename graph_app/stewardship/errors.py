"""Why a command of a steward or reviewer was not carried out; every text is made for people."""

from collections.abc import Sequence

from graph_app.journal.said import ForPeople, Sentence
from loaders.findings import Finding

__all__ = ["Blocked", "Conflict", "NotAllowed", "Refused", "StewardshipError"]


class StewardshipError(ForPeople):
    """A command was not carried out; nothing of it is in the journal."""

    room = "graph_app.stewardship"


class NotAllowed(StewardshipError):
    """Whoever asked has not the role for it."""


class Refused(StewardshipError):
    """The submission is in a state in which the command means nothing, or there is no such submission."""


class Blocked(StewardshipError):
    """The graph has come to contradict the submission.

    :param message: why, as a sentence.
    :param findings: the findings, those that block among them.
    :param values: what the sentence names.
    """

    def __init__(self, message: str, findings: Sequence[Finding], **values: object) -> None:
        super().__init__(message, **values)
        self.findings = tuple(findings)


class Conflict(StewardshipError):
    """The graph moved in what the submission touches.

    :param message: what to do, as a sentence.
    :param reasons: what moved, a sentence each.
    :param values: what the sentence names.
    """

    def __init__(self, message: str, reasons: Sequence[Sentence], **values: object) -> None:
        super().__init__(message, **values)
        self.reasons = tuple(reasons)
