"""Compares the names of a release in a process of its own, so that nobody else waits, unless what it finds is kept."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

import graph_app
from graph_app.identity.candidates import Candidate
from graph_app.identity.kept import as_candidate, kept_candidates
from graph_app.releases.release import Release
from graph_app.settings import Settings

__all__ = ["Comparison", "comparison", "earlier", "forget"]

logger = logging.getLogger(__name__)

#: Comparisons that are kept: both kinds, of the current release and the one before it.
_KEPT = 4
_ROOT = Path(graph_app.__file__).parent.parent


class Comparison:
    """The pairs of one kind in one release that may be one; safe to look at from many threads while they are found.

    :param release: the release.
    :param settings: where it is.
    :param kind: ``organisation`` or ``project``.
    """

    def __init__(self, release: Release, settings: Settings, kind: str) -> None:
        self._begun = time.monotonic()
        self._names: int | None = None
        self._candidates: Sequence[Candidate] | None = None
        self._fault = ""
        self._done = threading.Event()
        given = {
            "settings": {
                name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()
            },
            "release": str(release.path),
            "kind": kind,
        }
        known = partial(kept_candidates, release, settings, kind)
        asked = partial(self._asked, json.dumps(given))
        threading.Thread(target=self._compare, args=(known, asked), name=f"compare {kind}", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self._begun

    @property
    def names(self) -> int | None:
        """How many entities are compared; ``None`` as long as they are being read."""
        return self._names

    @property
    def candidates(self) -> Sequence[Candidate] | None:
        """The pairs, best first; ``None`` as long as they are not there."""
        return self._candidates

    @property
    def fault(self) -> str:
        """Why there are none and will be none, or empty."""
        return self._fault

    def wait(self, seconds: float) -> bool:
        """Wait for the end.

        :param seconds: how long at most.
        :returns: whether it has ended, with candidates or a fault.
        """
        return self._done.wait(seconds)

    def _compare(
        self, known: Callable[[], Sequence[Candidate] | None], asked: Callable[[], Sequence[Candidate]]
    ) -> None:
        try:
            found = known()
            self._candidates = asked() if found is None else found
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.exception("The names of the release were not compared.")
            self._fault = str(error)
        finally:
            self._done.set()

    def _asked(self, given: str) -> Sequence[Candidate]:
        found: list[Candidate] = []
        with TemporaryFile("w+", encoding="utf-8") as said:
            # The environment is left out, as for the workers that answer questions.
            with subprocess.Popen(
                [sys.executable, "-m", "graph_app.identity.comparing_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env={"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1", "LC_ALL": "C.UTF-8"},
                encoding="utf-8",
            ) as process:
                assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - pipes were asked for
                # It stays open: the process ends when it closes, as it does when this one is gone.
                process.stdin.write(given + "\n")
                process.stdin.flush()
                for line in process.stdout:
                    told = json.loads(line)
                    if "names" in told:
                        self._names = told["names"]
                    elif "fault" in told:
                        raise OSError(told["fault"])
                    else:
                        found.append(as_candidate(told))
            if process.returncode:
                said.seek(0)
                last = said.read().strip().rpartition("\n")[2]
                raise OSError(f"The comparison ended with code {process.returncode}. {last}")
        return found


_kept: OrderedDict[tuple[str, str, str], Comparison] = OrderedDict()
_lock = threading.Lock()


def comparison(release: Release, settings: Settings, kind: str) -> Comparison:
    """Return the comparison of a release, which begins when it is first asked for.

    :param release: the release.
    :param settings: where it is.
    :param kind: ``organisation`` or ``project``.
    """
    key = str(release.path), release.version, kind
    with _lock:
        known = _kept.get(key)
        if known is None:
            known = _kept[key] = Comparison(release, settings, kind)
        _kept.move_to_end(key)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return known


def earlier(release: Release, kind: str) -> Comparison | None:
    """Return the latest comparison of another release of the same home that has ended with candidates, if there is one.

    :param release: the release that is compared now.
    :param kind: ``organisation`` or ``project``.
    """
    with _lock:
        for (path, version, of), known in reversed(_kept.items()):
            same_home = Path(path).parent == release.path.parent
            if same_home and of == kind and version != release.version and known.candidates is not None:
                return known
    return None


def forget(release: Release, kind: str) -> None:
    """Let a comparison begin anew when it is asked for next, as after it failed.

    :param release: the release.
    :param kind: ``organisation`` or ``project``.
    """
    with _lock:
        _kept.pop((str(release.path), release.version, kind), None)
