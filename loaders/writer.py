"""Write quads as N-Quads text, the form in which loaders hand a graph on."""

from collections.abc import Iterable
from typing import TextIO

from loaders.mapping.quads import Quad

__all__ = ["nquad", "write_nquads"]


def nquad(quad: Quad) -> str:
    """Return one line of N-Quads, with its full stop and line end.

    :param quad: a quad whose IRIs are valid.
    :returns: the line, values exactly as they were given.
    """
    return " ".join(term.n3() for term in quad) + " .\n"


def write_nquads(quads: Iterable[Quad], stream: TextIO) -> int:
    """Write quads to a stream.

    :param quads: the quads.
    :param stream: a text stream opened as UTF-8.
    :returns: how many were written.
    """
    count = 0
    for count, quad in enumerate(quads, start=1):  # noqa: B007
        stream.write(nquad(quad))
    return count
