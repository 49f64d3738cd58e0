"""The different pairs of two columns of numbers."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph_app.money.book import Numbers

__all__ = ["Pairs", "different_pairs", "how_many"]

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
    # By hashing, since there are far fewer pairs than rows; only the pairs are sorted.
    at, found = pd.factorize(_keys(first, second))
    order = np.argsort(found)
    place = np.empty(len(found), np.intp)
    place[order] = np.arange(len(found))
    low = (found[order] & 0xFFFFFFFF) - _BELOW
    return Pairs((found[order] >> 32).astype(np.int32), low.astype(np.int32), place[at])


def how_many(first: Numbers, second: Numbers, size: int) -> Numbers:
    """Count the different second members of each first one.

    :param first: a number for each row, not negative.
    :param second: likewise, -2 or more.
    :param size: how many first members there can be.
    """
    pairs = pd.unique(_keys(first, second))
    return np.bincount(pairs >> 32, minlength=size).astype(np.int32)


def _keys(first: Numbers, second: Numbers) -> npt.NDArray[np.int64]:
    # One number a pair: rows of a matrix would be compared byte by byte, which takes ten times as long.
    keys: npt.NDArray[np.int64] = first.astype(np.int64) << 32 | (second.astype(np.int64) + _BELOW)
    return keys
