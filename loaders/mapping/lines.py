"""N-Quads text, which the mapping writes itself: an rdflib term for every word would take nearly all of the time."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rdflib import Literal, URIRef

from loaders.mapping.quads import Quad

__all__ = ["iri", "literal", "literals", "read_quads"]

_LINE = re.compile(
    r"<([^>]*)> <([^>]*)> "
    r'(?:<([^>]*)>|"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?)'
    r" <([^>]*)> \."
)
_ESCAPE = re.compile(r"\\(.)")
_TO_ESCAPE = re.compile(r'[\\"\n\r]')
_ESCAPED = {"n": "\n", "r": "\r"}


def iri(text: str) -> str:
    """Write an IRI.

    :param text: a valid absolute IRI.
    """
    return f"<{text}>"


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """Write a literal, its text exactly as given.

    :param text: its lexical form.
    :param language: its BCP 47 tag, or empty.
    :param datatype: IRI of its datatype, or empty; a literal with a language has none.
    """
    # Nearly always nothing is replaced, and then this is quicker than a look at every character.
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\r", r"\r")
    if language:
        return f'"{escaped}"@{language}'
    return f'"{escaped}"^^<{datatype}>' if datatype else f'"{escaped}"'


def literals(texts: Sequence[str], language: str = "") -> list[str]:
    """Write literals, as :func:`literal` does one by one.

    :param texts: their lexical forms.
    :param language: their BCP 47 tag, or empty.
    """
    if _TO_ESCAPE.search("".join(texts)) is not None:
        return [literal(text, language) for text in texts]
    tag = f"@{language}" if language else ""
    return [f'"{text}"{tag}' for text in texts]


def read_quads(text: str) -> Iterator[Quad]:
    """Read the statements of lines that were written with :func:`iri` and :func:`literal`.

    :param text: whole lines, each with one space between its terms.
    :returns: the statements, with terms of rdflib.
    :raises ValueError: if a line is formed otherwise.
    """
    for line in text.removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"This is no line that the mapping writes: {line}")
        subject, predicate, node, value, language, datatype, graph = match.groups()
        term = _node(node) if value is None else _literal(value, language, datatype)
        yield Quad(_node(subject), _node(predicate), term, _node(graph))


@lru_cache(maxsize=4096)
def _node(text: str) -> URIRef:
    return URIRef(text)


def _literal(escaped: str, language: str | None, datatype: str | None) -> Literal:
    text = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), escaped)
    return Literal(text, lang=language, datatype=datatype, normalize=False)
