"""Whose query runs next, and which queries have to stand back so that small ones never wait for large ones.

Every query starts in the *fast lane*. One that does not end within :data:`PATIENCE` moves to the *slow lane*, where it
gets only what processor time the others leave, or is stopped if that lane is full. Within a lane no client may take
all places. A client whose query had to be stopped starts in the slow lane for a while.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

__all__ = ["PATIENCE", "LaneBusy", "Lanes", "SlowLaneFull", "Turn"]

#: Seconds of processor time after which a query counts as slow.
PATIENCE = 0.25
#: Queries that may wait, of all clients and of one; what comes beyond is turned away at once.
_QUEUE = 64
_QUEUE_OF_ONE = 16


class LaneBusy(Exception):
    """There was no place in the lane for as long as the caller would wait, or too many wait already."""


class SlowLaneFull(Exception):
    """A query turned out to be slow, and as many slow ones as may run are running."""


@dataclass(slots=True, eq=False)
class Turn:
    """One query's place.

    :param client: who asks; empty for the program itself.
    :param slow: whether its place is in the slow lane.
    """

    client: str
    slow: bool
    granted: threading.Event = field(default_factory=threading.Event)


class Lanes:
    """The places of both lanes; safe to use from many threads."""

    def __init__(self, size: int) -> None:
        """Prepare the places.

        :param size: how many queries may run at once in each lane.
        """
        self._size = size
        self._lock = threading.Lock()
        self._waiting: list[Turn] = []
        self._running: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
        self._stands_back: dict[str, float] = {}

    def enter(self, client: str, seconds: float) -> Turn:
        """Wait for a place. Who runs least goes first, then who waits longest.

        :param client: who asks; empty for the program itself, which may take all places.
        :param seconds: longest wait.
        :returns: the place, to be left with :meth:`leave`.
        :raises LaneBusy: if there is none by then, or too many wait.
        """
        with self._lock:
            turn = Turn(client, slow=self._stands_back.get(client, 0.0) > time.monotonic())
            mine = sum(other.client == client for other in self._waiting)
            if len(self._waiting) >= _QUEUE or mine >= _QUEUE_OF_ONE:
                raise LaneBusy
            self._waiting.append(turn)
            self._admit()
        turn.granted.wait(seconds)
        with self._lock:
            if not turn.granted.is_set():
                self._waiting.remove(turn)
                raise LaneBusy
        return turn

    @property
    def awaited(self) -> bool:
        """Whether anybody waits for a place in the fast lane."""
        with self._lock:
            return any(not turn.slow for turn in self._waiting)

    def leave(self, turn: Turn) -> None:
        """Give a place back.

        :param turn: the place.
        """
        with self._lock:
            self._vacate(turn)
            self._admit()

    def slow_down(self, turn: Turn) -> None:
        """Move a query that turned out to be slow to the slow lane.

        :param turn: its place in the fast lane, which becomes one in the slow lane.
        :raises SlowLaneFull: if there is no place for it; it keeps the one it has.
        """
        with self._lock:
            if not self._has_place(turn.client, slow=True):
                raise SlowLaneFull
            self._vacate(turn)
            turn.slow = True
            self._running[True][turn.client] += 1
            self._admit()

    def stand_back(self, client: str, seconds: float) -> None:
        """Have the next queries of a client start in the slow lane, because one had to be stopped.

        :param client: who asked; the program itself never stands back.
        :param seconds: for how long.
        """
        if not client:
            return
        now = time.monotonic()
        with self._lock:
            self._stands_back = {name: until for name, until in self._stands_back.items() if until > now}
            self._stands_back[client] = now + seconds

    def _admit(self) -> None:
        """Give free places to those who wait; whoever calls this holds the lock."""
        while True:
            able = [turn for turn in self._waiting if self._has_place(turn.client, slow=turn.slow)]
            if not able:
                return
            turn = min(able, key=lambda turn: self._running[turn.slow][turn.client])  # the first of equals
            self._waiting.remove(turn)
            self._running[turn.slow][turn.client] += 1
            turn.granted.set()

    def _has_place(self, client: str, *, slow: bool) -> bool:
        running = self._running[slow]
        most = max(1, self._size - 1) if client else self._size
        return running.total() < self._size and running[client] < most

    def _vacate(self, turn: Turn) -> None:
        running = self._running[turn.slow]
        running[turn.client] -= 1
        if not running[turn.client]:
            del running[turn.client]
