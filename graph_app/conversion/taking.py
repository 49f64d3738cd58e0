"""Take converted files in: the originals into the inbox, an event each, and shards to the next build as they are."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from graph_app.conversion.errors import ConversionError
from graph_app.conversion.layout import content_path, originals
from graph_app.conversion.report import Converted, read_report
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.inbox import Inbox
from graph_app.journal.intake import Intake
from graph_app.journal.journal import Journal
from graph_app.journal.loads import load_of
from graph_app.journal.usable import refuse_unusable
from graph_app.releases.fingerprint import fingerprint
from graph_app.releases.prepared import Prepared
from graph_app.settings import Settings
from graph_app.store.canonical import Written

__all__ = ["take_in_converted"]

Progress = Callable[[str], None]


def take_in_converted(folder: Path, settings: Settings, progress: Progress = lambda _: None) -> tuple[Intake, ...]:
    """Take in all that was converted, each dataset by one event.

    Everything is checked before the first event is written. What is in force already stays as it is, so that this can
    be tried again after any failure.

    :param folder: folder of the conversion.
    :param settings: where inbox and journal are, and who acts.
    :param progress: told in a sentence what is done next.
    :returns: what became of each dataset; one that was refused when it was converted does not keep others out.
    :raises ConversionError: if the conversion is not finished, was changed, or another version of the program made it.
    :raises JournalError: if originals cannot be kept, an event cannot be written, or the description of a dataset
        cannot be used.
    """
    converted, here = read_report(folder), fingerprint(settings)
    for one in converted:
        progress(f"Checking {one.fresh.dataset.key}")
        refuse_unusable(one.fresh.dataset)  # before its key names a file
        _check(one, folder, here)
    journal, inbox = open_journal(settings), open_inbox(settings)
    return tuple(_take_in(one, folder, settings, journal, inbox, progress) for one in converted)


def _check(one: Converted, folder: Path, here: str) -> None:
    if one.fingerprint != here:
        raise ConversionError(
            f"{folder} was converted by another version of the program, or for another INTGRAPH_BASE than is set here. "
            "Convert again with this one."
        )
    path = content_path(folder, one.fresh.dataset.key)
    if one.content is not None and _sha256(path) != one.content.sha256:
        raise ConversionError(f"{path} is not what was converted. Convert again into an empty folder.")
    one.read_findings(folder)
    for file in one.fresh.files:
        originals(folder).check(file.sha256)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _take_in(
    one: Converted, folder: Path, settings: Settings, journal: Journal, inbox: Inbox, progress: Progress
) -> Intake:
    fresh, findings = one.fresh, one.read_findings(folder)
    tally = one.tally(findings)
    if one.content is None:
        return Intake(None, tally, changed=False)
    progress(f"Taking {fresh.dataset.key}")
    for file in fresh.files:
        inbox.keep(originals(folder).path(file.sha256))
    prepared = Prepared(settings)
    copy = prepared.fresh()
    try:
        shutil.copyfile(content_path(folder, fresh.dataset.key), copy)
        event, changed = fresh.publish(journal, settings.actor, {"converted": _told(one.content)})
        if changed:
            prepared.add(load_of(event), copy, one.content, findings)
    finally:
        copy.unlink(missing_ok=True)
    return Intake(event, tally, changed=changed)


def _told(content: Written) -> dict[str, object]:
    """Say which shard a build may take in place of reading the files again."""
    return {"sha256": content.sha256, "statements": content.lines}
