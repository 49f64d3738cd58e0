"""Work in a thread of its own, for which somebody waits no longer than it is worth."""

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, TypeVar

__all__ = ["begin", "first_of"]

_Found = TypeVar("_Found")


def begin(work: Callable[[], _Found]) -> "Future[_Found]":
    """Begin work in a thread that never keeps the process alive.

    :param work: what is done.
    :returns: what it will have found.
    """
    future: Future[_Found] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where somebody asks for the result
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def first_of(*futures: "Future[Any]", seconds: float | None = None) -> bool:
    """Wait until one of several is done.

    :param futures: what is waited for.
    :param seconds: longest wait.
    :returns: whether one is done.
    """
    return bool(wait(futures, timeout=seconds, return_when=FIRST_COMPLETED).done)
