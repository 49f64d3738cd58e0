"""Lay a query out: a line a statement, indented by its braces, with the PREFIX lines that it needs."""

from collections.abc import Sequence

from graph_app.questions.catalogue import with_prefixes
from graph_app.questions.tokens import Kind, Token, tokens

__all__ = ["laid_out"]

_INDENT = "  "
#: A group of this many characters or fewer, without a line break in it, stays in its line.
_SHORT = 60


def laid_out(text: str) -> str:
    """Lay a query out. White space is all that changes, and PREFIX lines that are added, so its meaning is the same.

    :param text: a query, or what is to become one.
    :returns: the query; the text as it is where its braces do not match.
    """
    whole = with_prefixes(text)
    found = list(tokens(whole))
    groups = _groups(found)
    if groups is None:
        return text
    lines = _Lines()
    ends = set(groups.values())
    stays_until = -1
    for place, token in enumerate(found):
        if token.kind is Kind.BLANK:
            lines.blank(token.text if place > stays_until else " ")
        elif place < stays_until:
            lines.add(token.text)
        elif place in groups and _stays(found[place : groups[place] + 1]):
            stays_until = groups[place]
            lines.add(token.text)
        elif place in groups:
            lines.open()
        elif place in ends and place != stays_until:
            lines.close()
        else:
            lines.add(token.text)
            if token.kind is Kind.COMMENT:
                lines.end()
    made = lines.text()
    return made if _said(made) == _said(whole) else text


class _Lines:
    """Lines as they are written, indented by how many groups are open."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line = ""
        self._depth = 0

    def add(self, text: str) -> None:
        if not self._line:
            self._line = _INDENT * self._depth
        self._line += text

    def blank(self, text: str) -> None:
        if "\n" not in text:
            self._line += " " if self._line else ""
        elif self._line or (text.count("\n") > 1 and self._done and self._done[-1]):
            self.end()  # a line that is left empty parts what its author wanted to part

    def open(self) -> None:
        self.add("{")
        self._depth += 1
        self.end()

    def close(self) -> None:
        if self._line:
            self.end()
        self._depth -= 1
        self.add("}")

    def end(self) -> None:
        self._done.append(self._line.rstrip())
        self._line = ""

    def text(self) -> str:
        return "\n".join([*self._done, self._line.rstrip()]).strip() + "\n"


def _groups(found: Sequence[Token]) -> dict[int, int] | None:
    """Return place of each opening brace to that of its closing one, or ``None`` where they do not match."""
    waiting: list[int] = []
    groups: dict[int, int] = {}
    for place, token in enumerate(found):
        if token.kind is Kind.SIGN and token.text == "{":
            waiting.append(place)
        elif token.kind is Kind.SIGN and token.text == "}":
            if not waiting:
                return None
            groups[waiting.pop()] = place
    return None if waiting else groups


def _stays(group: Sequence[Token]) -> bool:
    written = "".join(token.text for token in group)
    inner = any(token.text == "{" for token in group[1:])
    comment = any(token.kind is Kind.COMMENT for token in group)
    return not inner and not comment and "\n" not in written and len(written) <= _SHORT


def _said(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in tokens(text) if token.kind is not Kind.BLANK]
