"""What was found out about a release, kept beside it: it takes long, never changes, and can be made again."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from graph_app.settings import Settings

__all__ = ["digest_of_files", "keep_report", "kept_report", "remove_reports", "report_path"]

logger = logging.getLogger(__name__)

_FOLDER = "reports"
_Found = TypeVar("_Found")


def report_path(settings: Settings, version: str, name: str = "") -> Path:
    """Return where a report on a release is kept.

    :param settings: where reports are.
    :param version: of the release.
    :param name: which of the reports on it; empty for that of its check.
    """
    return settings.home / _FOLDER / ".".join(filter(None, (version, name, "json")))


def kept_report(path: Path, key: str, read: Callable[[Any], _Found]) -> _Found | None:
    """Return what was kept, if it still holds.

    :param path: where.
    :param key: what it follows from; with another key it is not believed.
    :param read: makes the outcome of what JSON held; raises ``ValueError``, ``KeyError`` or ``TypeError`` if it cannot.
    :returns: the outcome; nothing where there is none, it is of another key, or it is damaged, which is logged.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return read(document["content"]) if document["key"] == key else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("The report %s cannot be read and is made anew: %s", path, error)
        return None


def keep_report(path: Path, key: str, content: str) -> None:
    """Keep what was found out; where that cannot be, it is logged, and found out again when it is asked for next.

    :param path: where.
    :param key: what it follows from.
    :param content: the outcome, as JSON.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            fresh.write_text(f'{{"key": {json.dumps(key)}, "content": {content}}}\n', encoding="utf-8")
            fresh.replace(path)
    except OSError as error:
        logger.warning("The report %s cannot be kept: %s", path, error)


def remove_reports(settings: Settings, version: str) -> None:
    """Remove all reports on a release.

    :param settings: where reports are.
    :param version: of the release.
    """
    for path in (settings.home / _FOLDER).glob(f"{version}.*"):
        path.unlink(missing_ok=True)


def digest_of_files(files: Iterable[Path]) -> str:
    """Return a hash of all that some files hold, such as the rules that an outcome follows from.

    :param files: the files, in an order that stays the same.
    """
    digests = "".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return hashlib.sha256(digests.encode()).hexdigest()
