"""Cut SPARQL text into tokens, as far as is needed to tell code from strings, comments and IRIs.

The scan is more careful than a SPARQL lexer has to be: ``<`` may open an IRI or mean *less than*, and only a parser
knows which. :func:`readings` therefore follows both, so that nothing can hide behind the choice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Kind", "Token", "readings", "tokens"]


class Kind(StrEnum):
    """What a token is."""

    BLANK = "blank"  #: white space
    COMMENT = "comment"
    STRING = "string"
    IRI = "iri"
    VARIABLE = "variable"
    LANGUAGE = "language"  #: language tag
    NODE = "node"  #: blank node label
    NAME = "name"  #: prefixed name
    NUMBER = "number"
    WORD = "word"  #: keyword or function
    SIGN = "sign"  #: one character of punctuation


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    :param kind: what it is.
    :param text: its text, character for character.
    :param start: where it starts in the query.
    """

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends in the query."""
        return self.start + len(self.text)


# Only \n and \r end a comment. A character of SPARQL names that \w leaves out becomes a SIGN, after which a word is
# seen as a word; a character that only \w knows is a fault to the parser. Neither can hide a word.
_LOCAL = r"(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN = re.compile(
    rf"""
      (?P<blank>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<iri><[^\x00-\x20<>"{{}}|^`\\]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<node>_:[\w.\-]+)
    | (?P<name>(?:[^\W\d_][\w.\-]*)?:{_LOCAL})
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Cut text into tokens; every ``<…>`` without blanks is read as an IRI.

    :param text: the query.
    :param start: where to begin.
    :returns: the tokens, blanks and comments included, without gap.
    """
    for match in _TOKEN.finditer(text, start):
        yield Token(Kind(match.lastgroup or "sign"), match.group(), match.start())


def readings(text: str) -> Iterator[Token]:
    """Give every token that occurs in any reading of the text.

    A ``<…>`` without scheme and ``//`` is followed both as an IRI and as *less than*. Each position is scanned once,
    so the work stays in proportion to the text.

    :param text: the query.
    :returns: tokens of all readings, in no particular order.
    """
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        for token in tokens(text, waiting.pop()):
            if token.start in seen:
                break
            seen.add(token.start)
            yield token
            if token.kind is Kind.IRI and not _ABSOLUTE.match(token.text):
                waiting.append(token.start + 1)


_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
