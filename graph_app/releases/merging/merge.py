"""Make one of what was decided to be one, in the content of a release in the making."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from graph_app.journal.decisions import decisions_in_force
from graph_app.journal.events import Event, EventType, canonical
from graph_app.journal.loads import undone
from graph_app.releases.loading import IDENTITY, Loaded, part_of, write_part
from graph_app.releases.merging.clusters import group
from graph_app.releases.merging.published import decision_lines
from graph_app.releases.merging.rewriting import rewritten
from graph_app.releases.merging.settled import Settled, settle
from graph_app.releases.notes import Part, part_name
from graph_app.releases.release import AS_LOADED, CONTENT, Release
from graph_app.releases.report import Steps
from graph_app.store.canonical import Written
from graph_app.store.revision import Revision
from graph_app.store.sorted_lines import Text, mapped

__all__ = ["ContentChanged", "decisions_digest", "merge"]


class ContentChanged(Exception):
    """A file of content is not as it was written."""


def decisions_digest(events: Iterable[Event]) -> str:
    """Return what tells two states of what is decided apart; empty where nothing is. Who decided, and when, is no part.

    :param events: all events.
    :raises JournalError: if a decision cannot be read.
    """
    held = [asdict(one.decision) for one in decisions_in_force(events)]
    return hashlib.sha256(canonical(held)).hexdigest() if held else ""


def merge(loaded: Loaded, events: Sequence[Event], base: str, work: Path, like: Release | None, steps: Steps) -> None:
    """Give what is one by decisions that hold one IRI in all content, and add the decisions to it.

    What was loaded is kept beside the content where that differs from it: of the next release it may be another part
    that is one.

    :param loaded: the content as it was loaded; gets the content as it is then.
    :param events: all events of the journal.
    :param base: base of all instance IRIs.
    :param work: folder of the release in the making.
    :param like: a release from which content was taken.
    :param steps: told what is done.
    :raises ContentChanged: if a file of the content is not as it was written.
    """
    decisions = [one.decision for one in decisions_in_force(events)]
    if not decisions:
        return
    steps.begin("Making one of what was decided to be one")
    keys = [key for key in _published_first(events) if any(note.key == key for note in loaded.datasets)]
    names = [part_name(key) for key in keys]
    with ExitStack() as held:
        texts = [held.enter_context(mapped(work / CONTENT / name)) for name in names]
        settled = settle(group(decisions), texts, base)
        for name, text in zip(names, texts, strict=True):
            _merge_part(name, text, settled, loaded, base, work)
    loaded.parts.append(write_part(decision_lines(decisions, settled, base), work, IDENTITY))
    if like is not None:
        _share(loaded.parts, like, work)


def _published_first(events: Sequence[Event]) -> Iterable[str]:
    """Return the keys of datasets, the one that was published first before the others."""
    gone = undone(events)
    published = (event for event in events if event.type is EventType.PUBLISHED and event.hash not in gone)
    return dict.fromkeys(event.details["dataset"]["key"] for event in published)


def _merge_part(name: str, text: Text, settled: Settled, loaded: Loaded, base: str, work: Path) -> None:
    change = rewritten(text, settled, base)
    if not change.removed and not change.added:
        return
    (work / AS_LOADED).mkdir(exist_ok=True)
    before, now = work / AS_LOADED / name, work / CONTENT / name
    now.rename(before)
    place = next(place for place, part in enumerate(loaded.parts) if part.name == name)
    was = loaded.parts[place]
    written = Revision(before, Written(was.sha256, was.size, was.statements), change.removed, change.added).write(now)
    if written is None:
        raise ContentChanged(f"What the release keeps of {name} was changed on disk. Run `intgraph build --full`.")
    loaded.as_loaded.append(was)
    loaded.parts[place] = part_of(name, written)


def _share(parts: Iterable[Part], like: Release, work: Path) -> None:
    """Let files that are those of another release take no room of their own."""
    for part in parts:
        ours, theirs = work / CONTENT / part.name, like.content / part.name
        if like.files.get(part.name) == part.sha256 and not ours.samefile(theirs):
            ours.unlink()
            os.link(theirs, ours)
