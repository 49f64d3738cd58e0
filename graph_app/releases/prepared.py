"""Content that was made while files were taken in: the next build takes it as it is, and reads no file again.

It saves work and nothing else: a build does without what is missing, damaged, or made by another version of the
program.
"""

import hashlib
import json
import logging
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Self

from graph_app.journal.errors import JournalError
from graph_app.journal.events import Event
from graph_app.journal.keeper import Keeper
from graph_app.journal.loads import Load, load_of
from graph_app.releases.findings import findings_from, findings_text
from graph_app.releases.fingerprint import fingerprint
from graph_app.releases.notes import Part, load_digest, part_name
from graph_app.releases.release import CONTENT
from graph_app.settings import Settings
from graph_app.store.canonical import Written, begin_canonical
from loaders.findings import Finding

__all__ = ["Prepared", "Preparing"]

logger = logging.getLogger(__name__)

#: Seconds after which a file that nobody writes to is left over from a process that was ended.
_LEFT_OVER = 3600.0


class Preparing(Keeper):
    """Keeps what files give as the content that a build would make of them.

    What one file gives is written while the next one is read; all of it is there when the context ends.

    :param settings: where it is kept.
    """

    def __init__(self, settings: Settings) -> None:
        self._prepared = Prepared(settings)
        self._findings: list[Finding] = []
        self._path: Path | None = None
        self._written: Future[Written] | None = None
        self._pool = ThreadPoolExecutor(1)
        self._offers: list[Future[None]] = []

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait until all is written."""
        self._drop()
        self._pool.shutdown()
        for offer in self._offers:
            offer.result()

    def write(self, lines: Iterable[str]) -> None:
        """Write the statements of a file.

        :param lines: texts of whole lines of N-Quads.
        :raises JournalError: if they cannot be written.
        """
        self._drop()
        self._findings = []
        try:
            self._path = self._prepared.fresh()
            self._written = begin_canonical(lines, self._path, self._pool)
        except OSError as error:
            said = f"What the file states cannot be kept in {self._prepared.folder}: {error.strerror}."
            raise JournalError(f"{said} See that the folder has room and may be written to, then try again.") from error
        finally:
            if self._written is None:
                self._drop()

    def find(self, found: Finding) -> None:
        """Keep a finding.

        :param found: the finding.
        """
        self._findings.append(found)

    def publish(self, event: Event) -> None:
        """Offer what was written last to the next build.

        :param event: the event that has published it.
        """
        if self._path is None or self._written is None:
            return
        offer = self._pool.submit(self._offer, event, self._path, self._written, self._findings)
        self._offers.append(offer)
        self._path = self._written = None

    def _offer(self, event: Event, path: Path, written: Future[Written], findings: list[Finding]) -> None:
        try:
            self._prepared.add(load_of(event), path, written.result(), findings)
        except OSError as error:  # the event is written, and a build can do without
            logger.warning("The next build reads %s again: %s", event.details["dataset"]["key"], error)
            path.unlink(missing_ok=True)

    def _drop(self) -> None:
        """Remove what no event has published."""
        if self._written is not None:
            self._written.exception()  # nobody wants it any more, written or not
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self._written = None


class Prepared:
    """The content that waits for a build.

    :param settings: where it is kept.
    """

    def __init__(self, settings: Settings) -> None:
        #: Where it waits.
        self.folder = settings.home / "prepared"
        self._fingerprint = fingerprint(settings)

    def fresh(self) -> Path:
        """Return the path of a new file for content that is not published yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f".{os.getpid()}-{secrets.token_hex(4)}"

    def add(self, load: Load, content: Path, written: Written, findings: Iterable[Finding]) -> None:
        """Offer content to the next build.

        :param load: what it was made of.
        :param content: the file, which goes.
        :param written: what is in it.
        :param findings: what was found on the way.
        """
        place = self._place(load)
        content.replace(place)
        note = {**asdict(written), "findings": json.loads(findings_text(findings))}
        place.with_suffix(".json").write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")

    def holds(self, load: Load) -> bool:
        """Return whether there is content of a load, sound or not.

        :param load: the load.
        """
        return self._place(load).exists()

    def take(self, load: Load, work: Path) -> tuple[Part, list[Finding]] | None:
        """Put content into a release in the making.

        :param load: what it was made of.
        :param work: folder of the release.
        :returns: the file of the content and what was found, or ``None`` where none is there that is as it was written.
        """
        place, target = self._place(load), work / CONTENT / part_name(load.dataset.key)
        try:
            note = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
            findings = list(findings_from(note.pop("findings")))
            written = Written(**note)
            with place.open("rb") as content:
                if hashlib.file_digest(content, "sha256").hexdigest() != written.sha256:
                    return None
            os.link(place, target)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return Part(target.name, written.sha256, written.size, written.lines), findings

    def clear(self) -> None:
        """Remove all content: what is wanted stands in a release by now."""
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.name.startswith(".") and path.stat().st_mtime > time.time() - _LEFT_OVER:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _place(self, load: Load) -> Path:
        """Return where the content of a load is, or would be, as this version of the program makes it."""
        name = hashlib.sha256(f"{load_digest(load)} {self._fingerprint}".encode()).hexdigest()
        return self.folder / f"{name}.nq"
