"""Releases of what was published: whether the current one is that, and making one after whoever builds just now."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from graph_app.journal.decisions import decisions_in_force
from graph_app.journal.events import Event
from graph_app.journal.loads import loads_in_force
from graph_app.releases.build import BuildError, build
from graph_app.releases.merging.merge import decisions_digest
from graph_app.releases.notes import load_digest
from graph_app.releases.publish import Busy
from graph_app.releases.release import NoRelease, Release, current_release
from graph_app.settings import Settings

__all__ = ["in_force", "make_release", "up_to_date"]

Progress = Callable[[str], None]

#: Seconds between attempts, and after which whoever waits is told that somebody else builds.
_PAUSE = 0.2
_PATIENCE = 600.0


def make_release(settings: Settings, progress: Progress = lambda _: None) -> Release:
    """Build, and wait where another process builds: what it makes may lack what was published since it began.

    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :returns: the release that is current now.
    :raises BuildError: as :func:`graph_app.releases.build.build`.
    """
    until = time.monotonic() + _PATIENCE
    told = False
    while True:
        try:
            return build(settings, progress)
        except BuildError as error:
            if not isinstance(error.__cause__, Busy) or time.monotonic() > until:
                raise
        if not told:
            progress("Waiting for another build")
        told = True
        time.sleep(_PAUSE)


def in_force(events: Sequence[Event]) -> frozenset[str]:
    """Return what tells one state of the graph from another: the hashes of the events that are in force.

    :param events: all events of the journal.
    """
    decided = (one.event.hash for one in decisions_in_force(events))
    return frozenset(chain((load.event.hash for load in loads_in_force(events)), decided))


def up_to_date(events: Sequence[Event], settings: Settings, progress: Progress = lambda _: None) -> Release | None:
    """Return a release of all that is in force; make one if the current one is not that.

    :param events: all events of the journal.
    :param settings: where journal, inbox and releases are.
    :param progress: told in a sentence what is done next.
    :returns: the release, or ``None`` where nothing is in force.
    :raises BuildError: as :func:`make_release`.
    """
    loads = loads_in_force(events)
    if not loads:
        return None
    local = replace(settings, store="")
    try:
        release = current_release(local)
    except NoRelease:
        return make_release(local, progress)
    same = release.loads == set(map(load_digest, loads)) and release.decisions == decisions_digest(events)
    return release if same else make_release(local, progress)
