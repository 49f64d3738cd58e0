"""One stream of texts for two takers."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from queue import Full, Queue

__all__ = ["shared"]

#: Texts by which the second taker may be behind the first.
_BEHIND = 4
#: Seconds after which it is looked whether the second taker still works.
_PATIENCE = 0.2


@contextmanager
def shared(texts: Iterable[str], take: Callable[[Iterator[bytes]], None]) -> Iterator[Iterator[str]]:
    """Let another thread take the texts that are taken here, while they are made.

    :param texts: the texts, gone through once.
    :param take: takes them in the other thread; what it raises is raised when all are taken here too.
    :returns: the texts.
    """
    waiting: Queue[bytes | None] = Queue(_BEHIND)
    with ThreadPoolExecutor(1) as beside:
        taking = beside.submit(take, iter(waiting.get, None))
        try:
            yield _handing_on(texts, waiting, taking)
        finally:
            _hand_on(None, waiting, taking)
        taking.result()


def _handing_on(texts: Iterable[str], waiting: "Queue[bytes | None]", taking: Future[None]) -> Iterator[str]:
    for text in texts:
        _hand_on(text.encode(), waiting, taking)
        yield text


def _hand_on(text: bytes | None, waiting: "Queue[bytes | None]", taking: Future[None]) -> None:
    while not taking.done():
        with suppress(Full):
            waiting.put(text, timeout=_PATIENCE)
            return
