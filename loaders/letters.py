"""The letters by which spreadsheet programs name columns."""

from functools import lru_cache

__all__ = ["column_index", "column_letter"]

_LETTERS = 26


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """Return the letter of a column.

    :param index: which one, counted from 0.
    :returns: ``A`` to ``Z``, then ``AA``, ``AB`` …
    """
    more, last = divmod(index, _LETTERS)
    return (column_letter(more - 1) if more else "") + chr(ord("A") + last)


def column_index(letter: str) -> int:
    """Return which column a letter names, counted from 0.

    :param letter: one or more capitals from ``A`` to ``Z``.
    """
    index = 0
    for sign in letter:
        index = index * _LETTERS + ord(sign) - ord("A") + 1
    return index - 1
