"""One engine a process on whatever release is current: it moves to a new one while questions go on.

A release may be published before its store is there. The engine then is one on columns alone, until the store is there.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.questions.router import OXIGRAPH
from graph_app.releases.keeping import use
from graph_app.releases.release import CURRENT, STORE, NoRelease, current_release, releases_folder
from graph_app.settings import Settings

__all__ = ["CurrentEngine", "current_engine"]

logger = logging.getLogger(__name__)

#: Seconds between attempts to move to a release that could not be opened.
_PAUSE = 1.0
#: Seconds between looks at which release a remote engine holds; each look is a query.
_REMOTE_PAUSE = 10.0
_WARM_UP = "ASK {}"


@dataclass(slots=True, eq=False)
class _Opened:
    """An engine, what it holds open, and how many ask it now."""

    engine: Engine
    held: ExitStack
    leases: int = 0


class CurrentEngine:
    """Gives an engine on the current release; safe to use from many threads."""

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet; the first lease does.

        :param settings: where releases are, and the limits.
        """
        self._settings = settings
        self._link = releases_folder(settings) / CURRENT
        self._lock = threading.Lock()
        self._moving = threading.Lock()
        self._opened: _Opened | None = None
        self._retry = 0.0
        self._look_again = 0.0

    @contextmanager
    def lease(self) -> Iterator[Engine]:
        """Give the engine on the current release, which stays open until the block ends, whatever is published.

        Whoever first asks after a publication, or after its store has come, opens the engine on the new release; all
        others are answered from the one before it until that is done. Where only Oxigraph may answer, a release is new
        once its store is there.

        :returns: the engine.
        :raises NoRelease: if there is no release, and there never was one.
        """
        opened = self._take()
        try:
            yield opened.engine
        finally:
            self._give_back(opened)

    def close(self) -> None:
        """End the engine as soon as nobody asks it any more. A later lease opens another."""
        with self._moving:
            self._replace(None)

    def _take(self) -> _Opened:
        while True:
            with self._lock:
                opened = self._opened
                if opened is not None:
                    opened.leases += 1
            if opened is not None:
                if self._is_current(opened.engine) or not self._move(opened):
                    return opened
                self._give_back(opened)
                continue
            with self._moving:
                if self._opened is None:
                    self._replace(self._open())

    def _is_current(self, engine: Engine) -> bool:
        if self._settings.store:
            return self._is_remote_current(engine)
        try:
            if self._link.readlink().name == engine.release.path.name:
                return engine.complete or not engine.release.complete
        except OSError:
            return True  # a link that is gone names no other release
        return self._settings.engine == OXIGRAPH and not (self._link / STORE).is_dir()

    def _is_remote_current(self, engine: Engine) -> bool:
        with self._lock:
            if time.monotonic() < self._look_again:
                return True
            self._look_again = time.monotonic() + _REMOTE_PAUSE
        try:
            return current_release(self._settings).version == engine.release.version
        except NoRelease as error:  # a query will tell, if the engine itself is gone
            logger.warning("The release of the remote engine cannot be read: %s", error)
            return True

    def _move(self, before: _Opened) -> bool:
        """Open the new release, unless somebody else does so or it failed just now.

        :returns: whether there is another engine now.
        """
        if time.monotonic() < self._retry or not self._moving.acquire(blocking=False):
            return False
        try:
            if self._opened is before:
                self._replace(self._open())
        except (NoRelease, QueryError) as error:
            logger.warning("The release %s stays in use: %s", before.engine.release.version, error)
            self._retry = time.monotonic() + _PAUSE
            return False
        finally:
            self._moving.release()
        return True

    def _open(self) -> _Opened:
        with ExitStack() as held:
            release = current_release(self._settings)
            if not self._settings.store:
                held.enter_context(use(release))
            engine = held.enter_context(Engine(release, self._settings))
            if engine.complete or self._settings.engine != OXIGRAPH:
                engine.ask(_WARM_UP)
            return _Opened(engine, held.pop_all())

    def _replace(self, opened: _Opened | None) -> None:
        with self._lock:
            before, self._opened = self._opened, opened
            left = before is not None and not before.leases
        if before is not None and left:
            before.held.close()

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.leases -= 1
            last = opened.leases == 0 and opened is not self._opened
        if last:
            opened.held.close()


_engines: dict[Settings, CurrentEngine] = {}
_engines_lock = threading.Lock()


def current_engine(settings: Settings) -> CurrentEngine:
    """Return the one of this process, so that all its parts share the workers.

    :param settings: settings of the deployment.
    :returns: the engine.
    """
    with _engines_lock:
        return _engines.setdefault(settings, CurrentEngine(settings))
