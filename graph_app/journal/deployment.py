"""Where a deployment has its inbox and its journal."""

from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal
from graph_app.settings import Settings

__all__ = ["JOURNAL", "open_inbox", "open_journal"]

#: Name of the journal in the home.
JOURNAL = "journal.jsonl"


def open_journal(settings: Settings) -> Journal:
    """Return the journal of a deployment.

    :param settings: where it is.
    """
    return Journal(settings.home / JOURNAL)


def open_inbox(settings: Settings) -> Inbox:
    """Return the inbox of a deployment.

    :param settings: where it is.
    """
    return Inbox(settings.home / "inbox")
