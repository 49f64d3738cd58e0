"""What a folder of converted files holds: shards, findings, originals, and a report that is written last."""

from pathlib import Path

from graph_app.journal.inbox import Inbox

__all__ = ["INBOX", "REPORT", "content_path", "findings_path", "originals"]

#: Folder of the originals, byte for byte under their SHA-256.
INBOX = "inbox"
#: What the conversion came to; without it, it is not finished.
REPORT = "report.json"


def content_path(folder: Path, key: str) -> Path:
    """Return where the statements of a dataset are.

    :param folder: the folder.
    :param key: key of the dataset.
    """
    return folder / f"{key}.nq"


def findings_path(folder: Path, key: str) -> Path:
    """Return where the findings of a dataset are, one JSON object a line.

    :param folder: the folder.
    :param key: key of the dataset.
    """
    return folder / f"{key}.findings.jsonl"


def originals(folder: Path) -> Inbox:
    """Return the files that were converted.

    :param folder: the folder.
    """
    return Inbox(folder / INBOX)
