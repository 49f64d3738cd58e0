"""The different pairs of two columns of numbers."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph_app.money.book import Numbers

__all__ = ["Pairs", "different_pairs"]

#: What stands for things that are not stated, or for all others, is a little below nothing.
_BELOW = 2


class Pairs(NamedTuple):
    """Different pairs, in order.

    :param first: their first members.
    :param second: their second members.
    :param at: for each row that was given, which pair it is.
    """

    first: Numbers
    second: Numbers
    at: npt.NDArray[np.intp]


def different_pairs(first: Numbers, second: Numbers) -> Pairs:
    """Return each pair once.

    :param first: a number for each row, -2 or more.
    :param second: likewise.
    """
    # One number a pair: rows of a matrix would be compared byte by byte, which takes ten times as long.
    keys = first.astype(np.int64) << 32 | (second.astype(np.int64) + _BELOW)
    found, at = np.unique(keys, return_inverse=True)
    low = (found & 0xFFFFFFFF) - _BELOW
    return Pairs((found >> 32).astype(np.int32), low.astype(np.int32), at.ravel())
