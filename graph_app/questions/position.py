"""Find the place of a syntax error with a second parser, whose positions are better than the engine's own.

The query is only parsed here, never run. It happens in the worker, so a hostile text cannot stop anything else.
"""

import signal
from types import FrameType

__all__ = ["find_fault"]

#: The second parser can take very long on nested brackets; then the engine's own position has to do.
_SECONDS = 1.0


class _TooSlow(Exception):
    """The parser took too long."""


def find_fault(text: str) -> tuple[int, int] | None:
    """Find where a query stops being SPARQL. Uses the process's alarm clock.

    :param text: a query that the engine's parser refuses.
    :returns: line and column, counted from 1, or ``None`` where the second parser finds no fault or takes too long.
    """
    # Imported late: a worker that never meets a syntax error starts three times as fast.
    from pyparsing import ParseBaseException  # noqa: PLC0415
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415

    previous = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        parseQuery(text)
    except ParseBaseException as error:
        return error.lineno, error.column
    except (_TooSlow, RecursionError):
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    return None


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow
