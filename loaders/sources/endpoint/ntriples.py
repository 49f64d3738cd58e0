"""Lines of N-Triples as their terms, without a graph.

The grammar is that of RDF 1.1 N-Triples (W3C, 2014). An RDF library would give terms of its own; records need text.
"""

import re
import sys
from typing import NamedTuple

__all__ = ["Triple", "parse_line"]

_IRI = r"<((?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"
_BLANK = r"_:[^\s<>\"]+"
_STRING = r'"([^"\\\n\r]*(?:\\.[^"\\\n\r]*)*)"'
_LINE = re.compile(
    rf"\s*(?:{_IRI}|{_BLANK})\s*{_IRI}\s*(?:{_IRI}|{_BLANK}|{_STRING}(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^{_IRI})?)"
    r"\s*\.\s*(?:#.*)?"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class Triple(NamedTuple):
    """One statement.

    :param subject: its IRI, or empty for a blank node.
    :param predicate: its IRI.
    :param iri: IRI of the object, or empty where it is a literal or a blank node.
    :param text: lexical form of a literal, or ``None``.
    :param language: tag of the literal, or empty.
    """

    subject: str
    predicate: str
    iri: str
    text: str | None
    language: str

    @property
    def blank(self) -> bool:
        """Whether subject or object is a node without a name."""
        return not self.subject or (not self.iri and self.text is None)


def parse_line(line: str) -> Triple | None:
    """Read one line.

    :param line: the line, with or without its end.
    :returns: the statement, or ``None`` for a blank line or a comment.
    :raises ValueError: if it is no N-Triples.
    """
    stripped = line.strip()
    if not stripped or stripped.startswith("#"):
        return None
    match = _LINE.fullmatch(stripped)
    if match is None:
        raise ValueError("no statement of N-Triples")
    subject, predicate, iri, text, language, _ = match.groups()
    return Triple(
        _unescaped(subject or ""),
        _unescaped(predicate),
        _unescaped(iri or ""),
        None if text is None else _unescaped(text),
        language or "",
    )


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    if plain is None:
        code = int(short or long, 16)
        # Half a character of UTF-16 is none, and cannot be written again.
        if code > sys.maxunicode or 0xD800 <= code <= 0xDFFF:
            raise ValueError(f"no character {match[0]}")
        return chr(code)
    if plain not in _PLAIN:
        raise ValueError(f"unknown escape \\{plain}")
    return _PLAIN[plain]
