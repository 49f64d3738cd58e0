"""Refuse, before anything runs, what no query here may ask: other servers, changes, and shapes that break the engine.

Measured reasons: the engine calls out for ``SERVICE`` whatever its address, it reads ``trueSERVICE<…>`` and
``SERVICEex:x{}`` as ``SERVICE`` too, and a thousand nested brackets overflow its stack, which ends the process.
"""

import re

from graph_app.questions.errors import QueryRefused
from graph_app.questions.tokens import Kind, Token, readings, tokens

__all__ = ["DEPTH_LIMIT", "SIZE_LIMIT", "check"]

#: Largest query in bytes of UTF-8.
SIZE_LIMIT = 64 * 1024
#: Deepest nesting of brackets, and longest run of ``!``.
DEPTH_LIMIT = 64

_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: What may stand before the first keyword, between PREFIX and BASE.
_PROLOGUE = frozenset((Kind.BLANK, Kind.COMMENT, Kind.IRI, Kind.NAME))
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def check(text: str) -> None:
    """Let a query pass, or refuse it.

    :param text: a SPARQL query as a person wrote it.
    :raises QueryRefused: if it is too large or too deep, calls ``SERVICE``, or changes data.
    """
    _check_size(text)
    _check_depth(text)
    # SPARQL lets a query write any character as an escape; engines differ in where they undo that, so both are read.
    for form in {text, _ESCAPE.sub(_unescape, text)}:
        _check_service(form)
        _check_update(form)


def _check_size(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        place = error.start + 1
        raise QueryRefused(f"Character {place} of the query is half of a character (a lone surrogate).") from error
    if size > SIZE_LIMIT:
        raise QueryRefused(
            f"The query has {size:,} bytes; {SIZE_LIMIT:,} are allowed. Shorten its lists of values.", 413
        )


def _check_depth(text: str) -> None:
    if sum(map(text.count, _OPEN)) <= DEPTH_LIMIT and text.count("!") <= DEPTH_LIMIT:
        return
    depth = run = 0
    for token in tokens(text):
        if token.kind in {Kind.BLANK, Kind.COMMENT}:
            continue
        run = run + 1 if token.text == "!" else 0
        if token.kind is Kind.SIGN:
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth > DEPTH_LIMIT:
            raise QueryRefused(f"The query nests brackets more than {DEPTH_LIMIT} deep. Take some of them apart.")
        if run > DEPTH_LIMIT:
            raise QueryRefused(f"The query has more than {DEPTH_LIMIT} signs ! in a row. Two cancel each other out.")


def _check_service(text: str) -> None:
    if "SERVICE" not in text.upper():
        return
    for token in readings(text):
        if token.kind is Kind.WORD and "SERVICE" in token.text.upper() and _followed_by_address(text, token):
            raise QueryRefused(
                "SERVICE is not allowed: queries run on this graph alone and reach no other server.", 403
            )
        if token.kind is Kind.NAME and "SERVICE" in token.text.partition(":")[0].upper():
            raise QueryRefused(
                f"The prefix of {token.text} cannot be told from the keyword SERVICE, which is not allowed here. "
                "Choose another prefix.",
                403,
            )


def _followed_by_address(text: str, word: Token) -> bool:
    if not word.text.upper().endswith("SERVICE"):
        return True
    for token in tokens(text, word.end):
        if token.kind not in {Kind.BLANK, Kind.COMMENT}:
            return token.kind is not Kind.SIGN or token.text in "<?$:"
    return False


def _check_update(text: str) -> None:
    for token in tokens(text):
        if token.kind in _PROLOGUE:
            continue
        word = token.text.upper()
        if word in _UPDATES:
            raise QueryRefused(
                f"{word} is not allowed: the graph is read here, never changed. "
                "Use SELECT, CONSTRUCT, ASK or DESCRIBE.",
                403,
            )
        if token.kind is not Kind.WORD or word not in {"PREFIX", "BASE"}:
            return


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match.group()
