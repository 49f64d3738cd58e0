"""The ways in which inbox and journal can fail; every text is made for people."""

from graph_app.journal.said import ForPeople

__all__ = ["InboxDamaged", "JournalDamaged", "JournalError"]


class JournalError(ForPeople):
    """Something cannot be kept or written down; nothing was acknowledged, and what was there before is as it was."""


class JournalDamaged(JournalError):
    """The journal was changed by something other than this program; it is neither believed nor written to."""


class InboxDamaged(JournalError):
    """A file of the inbox is missing, or its bytes are no longer those that were received."""
