"""Write quads as N-Quads text, the form in which loaders hand a graph on."""

from collections.abc import Iterable
from typing import TextIO

from rdflib import Literal, URIRef

from loaders.mapping.quads import Quad

__all__ = ["nquad", "write_nquads"]


def nquad(quad: Quad) -> str:
    """Return one line of N-Quads, with its full stop and line end.

    :param quad: a quad whose IRIs are valid.
    :returns: the line, values exactly as they were given.
    """
    return " ".join(map(_term, quad)) + " .\n"


#: rdflib's own ``n3()`` writes text of several lines in a form that Turtle has and N-Quads has not.
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def _term(term: URIRef | Literal) -> str:
    if isinstance(term, URIRef):
        return term.n3()
    text = f'"{term.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^{term.datatype.n3()}" if term.datatype else text


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
