"""Cut a block of lines into terms by whole arrays: no loop over lines, no copy of the text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["STOP", "Pieces", "cut"]

#: What ends a statement, and so its last term.
STOP = " .\n"

_NEWLINE, _SPACE, _QUOTE, _STOP, _LESS, _BLANK = b'\n ".<_'

_Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The terms of some lines as codes.

    :param texts: the different pieces, each with the white space and full stop that follow it.
    :param codes: a row a statement: the places of its subject, predicate, object and graph among the texts.
    """

    texts: pa.Array
    codes: npt.NDArray[np.int32]


def cut(block: bytes) -> Pieces | None:
    """Cut lines where spaces stand.

    Terms themselves are not looked at, so the caller has to check the texts; if all of them are terms, the lines are
    read as they are meant, because no term but a literal holds a space, and nothing behind a literal holds a quote.

    :param block: whole lines, each with its line feed.
    :returns: the pieces, or none where a line is not written with single spaces and nothing else.
    """
    if not block.endswith(b"\n"):
        return None
    offsets = _offsets(np.frombuffer(block, np.uint8))
    if offsets is None:
        return None
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(block)]
    encoded = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(offsets) - 1, buffers).dictionary_encode()
    try:
        texts = encoded.dictionary.cast(pa.large_string())
    except pa.ArrowInvalid:
        return None
    return Pieces(texts, encoded.indices.to_numpy().reshape(-1, 4))


def _offsets(text: npt.NDArray[np.uint8]) -> _Places | None:
    """Return where the four pieces of each line begin, and the end; a piece that is not there is empty."""
    # The three that matter are among the first characters, so the text is gone through once.
    low = np.flatnonzero(text <= _QUOTE)
    found = text[low]
    ends, spaces, quotes = (low[found == one] for one in (_NEWLINE, _SPACE, _QUOTE))
    starts = np.concatenate(([0], ends[:-1] + 1))
    first = np.searchsorted(spaces, starts)
    after = np.append(first[1:], len(spaces))
    if (after - first < 3).any():
        return None
    subject, predicate, last, stop = spaces[first], spaces[first + 1], spaces[after - 2], spaces[after - 1]
    named = (last > predicate) & (last > _last_before(quotes, starts, ends))
    offsets = np.empty(4 * len(ends) + 1, np.int64)
    offsets[0:-1:4], offsets[1::4], offsets[2::4] = starts, subject + 1, predicate + 1
    offsets[3::4] = np.where(named, last + 1, ends + 1)
    offsets[-1] = len(text)
    fits = (
        (stop == ends - 2)
        & (text[ends - 1] == _STOP)
        & _resource(text[starts])
        & (text[subject + 1] == _LESS)
        & (_resource(text[predicate + 1]) | (text[predicate + 1] == _QUOTE))
        & (~named | _resource(text[np.minimum(last + 1, len(text) - 1)]))
    )
    return offsets if fits.all() else None


def _last_before(quotes: _Places, starts: _Places, ends: _Places) -> _Places:
    """Return the place of the last quote of each line, or one before its start."""
    quotes = np.concatenate(([-1], quotes))
    return np.maximum(quotes[np.searchsorted(quotes, ends) - 1], starts - 1)


def _resource(first: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    fits: npt.NDArray[np.bool_] = (first == _LESS) | (first == _BLANK)
    return fits
