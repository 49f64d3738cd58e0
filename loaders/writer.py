"""Write quads as N-Quads text, the form in which loaders hand a graph on."""

from rdflib import Literal, URIRef

from loaders.mapping.quads import Quad

__all__ = ["nquad"]


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
