"""Which engine answers which query, as was found out: what one worker has read, the next need not read first."""

import threading

from graph_app.questions.asked import Asked
from graph_app.questions.router import Choice

__all__ = ["Choices", "Key", "alike", "one"]

#: What a choice holds for: a query with empty places, and the parameters that have terms; or one query as it is.
Key = tuple[str, tuple[str, ...]]

_MOST = 1_000


def alike(asked: Asked) -> Key:
    """Return what a query has in common with those that have other terms in the same places.

    :param asked: the query.
    """
    return asked.template, tuple(sorted(name for name, terms in asked.params.items() if terms))


def one(asked: Asked) -> Key:
    """Return what a query has in common with itself alone.

    :param asked: the query.
    """
    return asked.text, ()


class Choices:
    """Choices by query; safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[Key, Choice] = {}

    def find(self, asked: Asked) -> Choice | None:
        """Return what is known of a query.

        :param asked: the query.
        """
        with self._lock:
            return self._known.get(one(asked)) or self._known.get(alike(asked))

    def learn(self, key: Key, choice: Choice) -> None:
        """Keep what was found out.

        :param key: what it holds for.
        :param choice: which engine answers.
        """
        with self._lock:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = choice
