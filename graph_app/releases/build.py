"""Make a release of what the journal says: load, encode, derive, describe, swap it in, then index and store."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from graph_app.columns.declined import ColumnsError
from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.errors import JournalError
from graph_app.journal.events import Head
from graph_app.journal.loads import Load, loads_in_force
from graph_app.releases.assemble import describe_made, publish_release
from graph_app.releases.columns import make_columns
from graph_app.releases.continuity import breaks
from graph_app.releases.fingerprint import fingerprint
from graph_app.releases.following import add_following
from graph_app.releases.intact import intact, sound
from graph_app.releases.loading import Loaded, load_content
from graph_app.releases.merging.merge import ContentChanged, decisions_digest, merge
from graph_app.releases.notes import load_digest
from graph_app.releases.patch import patch_between
from graph_app.releases.prepared import Prepared
from graph_app.releases.publish import Busy, point_to, workshop
from graph_app.releases.release import CURRENT, Release, releases, releases_folder
from graph_app.releases.report import Progress, Steps
from graph_app.releases.rules import RuleError
from graph_app.releases.search import patch_search
from graph_app.releases.store import patch_like
from graph_app.search.layout import SearchError
from graph_app.settings import Settings
from graph_app.store.oxigraph import StoreError
from loaders.errors import SourceError
from loaders.findings import Finding, Severity

__all__ = ["BuildError", "build"]


class BuildError(Exception):
    """No release was made; the current one stays.

    :param message: why, as a sentence.
    :param findings: the findings that block, where findings are the reason.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


def build(settings: Settings, progress: Progress = lambda _: None, *, full: bool = False) -> Release:
    """Make a release of all that was published, and make it the current one.

    What is read is the journal and the inbox, or in place of its files what taking them in has made of them. What the
    current release holds already is taken from there: content files of datasets that no event has changed, and its
    columns and store where little else has changed. Releases that were current before stay on disk; where the journal
    says again what one of them was made of, it becomes current again. Where the content has not changed, neither does
    the current release.

    A release is current as soon as its columns are there. Search index and store follow where they have to be made
    anew: should that be broken off, the next build makes them.

    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :param full: make everything anew from journal and inbox, and believe nothing of the current release.
    :returns: the release that is current now.
    :raises BuildError: if nothing was published, a dataset has violations or cannot be read, journal or inbox are
        damaged, the journal lost events of the current release, a rule fails, or another build is running.
    """
    folder = releases_folder(settings)
    try:
        with workshop(folder) as work:
            making, following = work / "release", work / "following"
            making.mkdir()
            following.mkdir()
            release = _Build(settings, making, folder / CURRENT, Steps(progress), progress).run(full=full)
            Prepared(settings).clear()
            return add_following(release, following, progress)
    except (JournalError, SourceError, StoreError, ColumnsError, RuleError, SearchError, Busy, ContentChanged) as error:
        raise BuildError(str(error)) from error


class _Build:
    """One build, in an empty folder of its own."""

    def __init__(self, settings: Settings, work: Path, link: Path, steps: Steps, progress: Progress) -> None:
        self._settings = settings
        self._work = work
        self._link = link
        self._steps = steps
        self._progress = progress
        self._fingerprint = fingerprint(settings)

    def run(self, *, full: bool) -> Release:
        events = open_journal(self._settings).events()
        loads = loads_in_force(events)
        if not loads:
            raise BuildError(
                f"Nothing was published in {self._settings.home} yet, so there is nothing to build. "
                "Run `intgraph load` first."
            )
        current = intact(self._link.resolve()) if self._link.exists() else None
        for fault in breaks(events, (current,) if current else ()):
            raise BuildError(f"{fault} If the events are meant to be gone, remove the folder {self._link.parent}.")
        like = current if current is not None and current.fingerprint == self._fingerprint else None
        wanted, decisions = frozenset(map(load_digest, loads)), decisions_digest(events)
        if not full and like is not None and (like.loads, like.decisions) == (wanted, decisions):
            return self._unchanged(like)
        if not full and (known := self._made_before(wanted, decisions)):
            self._progress(f"{known.version} holds just this: it becomes the current release again")
            point_to(self._link, known.path)
            return known
        loaded = self._load(loads, None if full else like, None if full else Prepared(self._settings))
        merge(loaded, events, self._settings.base, self._work, None if full else like, self._steps)
        patch = patch_between(like, loaded.parts, self._work) if like is not None and not full else None
        made = make_columns(loaded.parts, self._work, self._settings.base, self._steps, like, patch)
        if like is not None and like.search.is_file() and made.patch is not None:
            self._steps.begin(f"Patching the search index of {like.version}")
            patch_search(like, made.patch, self._work)
        if like is not None and like.complete and made.patch is not None:
            self._steps.begin(f"Patching the store of {like.version}")
            patch_like(like, made.patch, self._work)
        release = describe_made(loaded, made, self._work, self._steps, current)
        head = Head(events[-1].seq, events[-1].hash)
        release = replace(release, journal=head, fingerprint=self._fingerprint, decisions=decisions)
        if like is not None and like.sha256 == release.sha256 and (not full or sound(like)):
            return self._unchanged(like)
        self._progress(f"Publishing {release.version}")
        return publish_release(release, self._link, sound if full else None)

    def _load(self, loads: Iterable[Load], like: Release | None, prepared: Prepared | None) -> Loaded:
        inbox = open_inbox(self._settings)
        loaded = load_content(loads, inbox, self._settings.base, self._work, like, self._steps, prepared)
        blocking = tuple(found for found in loaded.findings if found.severity is Severity.VIOLATION)
        if blocking:
            number = "One finding blocks" if len(blocking) == 1 else f"{len(blocking)} findings block"
            raise BuildError(f"{number} this build. Repair the records named and load them again.", blocking)
        return loaded

    def _made_before(self, wanted: frozenset[str], decisions: str) -> Release | None:
        """Find a release of the same that this version of the program has made, as after something was undone."""
        same = wanted, decisions, self._fingerprint
        alike = (one for one in releases(self._settings) if (one.loads, one.decisions, one.fingerprint) == same)
        return next(filter(None, (intact(one.path) for one in alike)), None)

    def _unchanged(self, current: Release) -> Release:
        self._progress(f"Nothing has changed: {current.version} stays the current release")
        return current
