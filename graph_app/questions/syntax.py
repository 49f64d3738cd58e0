"""Say in words what the engine's parser found wrong with a query, and where."""

import re
from collections.abc import Collection

from graph_app.questions.errors import QuerySyntaxError
from graph_app.questions.tokens import Kind, Token, tokens

__all__ = ["explain"]

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
#: Where the engine's parser would take one sign and nothing else, it is right about the place.
_ONE_SIGN = re.compile(r'"([^"]+)"')

_UNBOUND = "The SELECT contains a variable that is unbound"


def explain(message: str, text: str, place: tuple[int, int], prefixes: Collection[str] = ()) -> QuerySyntaxError:
    """Turn the parser's message into an error for people.

    :param message: what the engine's parser said.
    :param text: the query that it read.
    :param place: line and column that the second parser found, zeros where it found none.
    :param prefixes: prefixes that the query may use without declaring them.
    :returns: the error, with line and column.
    """
    named = _unknown_name(text, prefixes)
    if named is not None:
        return named
    match = _PLACE.match(message)
    if match is None:
        return QuerySyntaxError(message[:1].upper() + message[1:], 1, 1)
    line, column, rest = int(match[1]), int(match[2]), match[3]
    if _UNBOUND in rest:
        sentence = "SELECT names a variable that is neither grouped nor aggregated."
        return QuerySyntaxError(f"{sentence} Add it to GROUP BY, or wrap it, as in (SAMPLE(?x) AS ?y).", line, column)
    sign = _ONE_SIGN.fullmatch(rest)
    if not sign and all(place):
        line, column = place
    found = _after(text, line, column)
    if not found:
        return QuerySyntaxError("The query ends too early.", line, column)
    if sign:
        return QuerySyntaxError(f"A {sign[1]} is missing before {found}.", line, column)
    return QuerySyntaxError(f"What begins with {found} is not complete, or does not fit here.", line, column)


def _unknown_name(text: str, prefixes: Collection[str]) -> QuerySyntaxError | None:
    code = [token for token in tokens(text) if token.kind not in {Kind.BLANK, Kind.COMMENT}]
    words = [token.text.upper() if token.kind is Kind.WORD else "" for token in code]
    known = set(prefixes)
    for before, token in zip(["", *words], code, strict=False):
        if token.kind is Kind.NAME:
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                known.add(prefix)
            elif prefix not in known:
                sentence = f"The prefix {prefix}: is not declared. Add a line PREFIX {prefix}: <…> at the top."
                return _at(token, text, sentence)
        if token.kind is Kind.IRI and "BASE" not in words and re.fullmatch(r"<[\w./#-]*>", token.text):
            return _at(token, text, f"The IRI {token.text} is not complete. Write it from http:// or https:// on.")
    return None


def _at(token: Token, text: str, sentence: str) -> QuerySyntaxError:
    before = text[: token.start]
    return QuerySyntaxError(sentence, before.count("\n") + 1, token.start - before.rfind("\n"))


def _after(text: str, line: int, column: int) -> str:
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    match = re.match(r"\s*([?$@]?\w+|\S)", rest)
    return match[1] if match else ""
