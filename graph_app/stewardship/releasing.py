"""Make a release of what was published, after whoever builds just now."""

import time
from collections.abc import Callable

from graph_app.releases.build import BuildError, build
from graph_app.releases.publish import Busy
from graph_app.releases.release import Release
from graph_app.settings import Settings

__all__ = ["make_release"]

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
