"""rdflib's grammar of SPARQL, mended where it misreads, and made to look one word ahead.

A grammar of pyparsing tries one alternative after the other, each up to where it fails: of a variable in an expression
it asks first whether it is one of sixty functions. Here every choice knows what its alternatives can begin with (their
FIRST sets, as in a predictive parser), and tries those alone that can begin with what comes next. The trees that come
of it stay the same.
"""

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import rdflib
from pyparsing import (
    And,
    DelimitedList,
    Forward,
    Keyword,
    Literal,
    MatchFirst,
    OneOrMore,
    Opt,
    ParseElementEnhance,
    ParseException,
    ParseExpression,
    ParserElement,
    Suppress,
    TokenConverter,
    ZeroOrMore,
)
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.parserutils import Param

__all__ = ["parse_query"]

#: A keyword, as pyparsing delimits it.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_$]*")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_COMMENTS = re.compile(r"(?:[ \t\r\n]*#[^\n]*)*")
#: Elements that begin as the one element does that they hold.
_TRANSPARENT = (TokenConverter, Forward, OneOrMore, DelimitedList)

#: What pyparsing gives for a piece of text: where it ends, and its tokens.
_Match: TypeAlias = Any


def parse_query(text: str) -> _Match:
    """Parse a query.

    :param text: the query.
    :returns: its prologue and its tree.
    :raises ParseBaseException: if it is none.
    """
    return parser.parseQuery(text)


@dataclass(frozen=True, slots=True)
class _First:
    """What text of an element can begin with.

    :param starts: words in capitals and single characters; ``None`` where that is not known.
    :param empty: whether the element may stand for no text at all.
    """

    starts: frozenset[str] | None = None
    empty: bool = True

    def allows(self, start: str) -> bool:
        return self.starts is None or self.empty or start in self.starts


@dataclass(slots=True)
class _Choice:
    """Alternatives in their order, each with what it can begin with."""

    element: MatchFirst
    alternatives: tuple[tuple[ParserElement, _First], ...]
    starts: frozenset[str]
    _following: dict[str, list[ParserElement]] = field(default_factory=dict)

    def parse(self, text: str, at: int, do_actions: bool = True) -> _Match:  # noqa: FBT001, FBT002
        """Try what can come next; stands in for ``MatchFirst.parseImpl``."""
        failed = ParseException(text, at, "nothing begins like this here", self.element)
        for one in self._candidates(text, at):
            try:
                return one._parse(text, at, do_actions)  # noqa: SLF001
            except ParseException as error:
                if error.loc > failed.loc:
                    failed = error
        raise failed

    def _candidates(self, text: str, at: int) -> list[ParserElement]:
        start = _start(text, at)
        if start not in self.starts:
            start = ""  # what a user may write is without bounds
        known = self._following.get(start)
        if known is None:
            known = self._following[start] = [one for one, first in self.alternatives if first.allows(start)]
        return known


def _start(text: str, at: int) -> str:
    """Return the word in capitals, or else the character, that comes next."""
    blank = _BLANK.match(text, at)
    at = blank.end() if blank else at
    word = _WORD.match(text, at)
    return word.group().upper() if word else text[at : at + 1]


def _first(element: ParserElement, within: frozenset[int] = frozenset()) -> _First:
    """Return what an element can begin with."""
    if id(element) in within or not element.skipWhitespace:
        return _First()
    within |= {id(element)}
    match element:
        case Keyword():
            return _First(frozenset({element.match.upper()}), empty=False)
        case Literal() if element.match and not element.match[0].isalnum():
            return _First(frozenset(element.match[0]), empty=False)
        case And():
            return _first_of_all(element.exprs, within)
        case MatchFirst():
            found = [_first(one, within) for one in element.exprs]
            return _First(_union(found), empty=any(first.empty for first in found))
        case Opt() | ZeroOrMore():
            return _First(_first(element.expr, within).starts)
        case ParseElementEnhance() if isinstance(element, _TRANSPARENT) and element.expr is not None:
            return _first(element.expr, within)
    return _First()


def _first_of_all(elements: list[ParserElement], within: frozenset[int]) -> _First:
    """Return what a sequence can begin with: its first element, and those behind elements that may be empty."""
    found: list[_First] = []
    for one in elements:
        found.append(_first(one, within))
        if not found[-1].empty:
            break
    return _First(_union(found), empty=found[-1].empty)


def _union(found: list[_First]) -> frozenset[str] | None:
    starts = [first.starts for first in found]
    return None if None in starts else frozenset().union(*filter(None, starts))


def _mend() -> None:
    # It cannot negate a decimal at all.
    for token in (parser.INTEGER_NEGATIVE, parser.DECIMAL_NEGATIVE, parser.DOUBLE_NEGATIVE):
        token.set_parse_action(lambda found: rdflib.Literal(f"-{found[0]}", datatype=found[0].datatype))
    # It forgets which predicate a negated set walks backwards.
    backwards: ParserElement = cast("MatchFirst", parser.PathOneInPropertySet).exprs[-1]
    cast("TokenConverter", backwards).expr = Suppress("^") + Param("part", parser.iri | parser.A)


def _skip_comments(text: str, at: int) -> int:
    comments = _COMMENTS.match(text, at)
    return comments.end() if comments else at


def _look_ahead(element: ParserElement, done: set[int]) -> None:
    """Let an element, and all that it holds, look ahead."""
    if id(element) in done:
        return
    done.add(id(element))
    if element.ignoreExprs:  # comments, before each and every element
        element._skipIgnorables = _skip_comments  # type: ignore[method-assign,assignment]  # noqa: SLF001
    inner = element.exprs if isinstance(element, ParseExpression) else [getattr(element, "expr", None)]
    for one in filter(None, inner):
        _look_ahead(one, done)
    if isinstance(element, MatchFirst):
        alternatives = tuple((one, _first(one)) for one in element.exprs)
        starts: frozenset[str] = frozenset().union(*(first.starts or () for _, first in alternatives))
        if not all(first.allows("") for _, first in alternatives):
            element.parseImpl = _Choice(element, alternatives, starts).parse  # type: ignore[method-assign,assignment]


_mend()
parser.QueryUnit.streamline()
_look_ahead(parser.QueryUnit, set())
