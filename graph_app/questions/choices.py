"""Which engine answers which query, as workers have found out: what one has read, the next need not read first."""

import threading
from collections.abc import Iterable
from dataclasses import asdict

from graph_app.questions.router import Choice

__all__ = ["Choices"]

_MOST = 1_000


class Choices:
    """Choices by query; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, tuple[str, ...]], Choice] = {}

    def find(self, template: str, names: Iterable[str]) -> dict[str, str] | None:
        """Return what is known of a query, as messages hold it.

        :param template: the query, with empty places for parameters.
        :param names: parameters that have terms.
        """
        with self._lock:
            choice = self._known.get((template, tuple(sorted(names))))
        return asdict(choice) if choice is not None else None

    def learn(self, template: str, names: Iterable[str], told: object) -> None:
        """Keep what a worker has found out.

        :param template: the query, with empty places for parameters.
        :param names: parameters that have terms.
        :param told: what the worker says, as messages hold it; ``None`` where it found out nothing.
        """
        if not isinstance(told, dict):
            return
        with self._lock:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[template, tuple(sorted(names))] = Choice(**told)
