"""REGEX and REPLACE (SPARQL 1.1, sections 17.4.3.14 and 17.4.3.15), where all dialects agree on a pattern.

A pattern is that of XPath, of Oxigraph and of DuckDB at once: plain characters, ``.``, anchors, groups, alternatives,
classes of ASCII characters, and counts that stay small. All else is declined.
"""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph_app.columns.declined import Declined
from graph_app.columns.expressions.functions.shaping import error, guarded, texts
from graph_app.columns.expressions.functions.strings import like
from graph_app.columns.expressions.operand import Literal, Operand, truth
from graph_app.columns.kinds import TEXT, Kind
from graph_app.columns.sql import quoted

__all__ = ["FUNCTIONS"]

_ESCAPED = r"\\[nrt\\|.?*+(){}\[\]^$-]"
_CATEGORY = r"\\d|\\p\{(?:L|N|Nd|Z)\}"
_IN_CLASS = rf"(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[ _.,:;/@#%!?=<>'\"+*()|$]|{_ESCAPED}|{_CATEGORY})"
_CLASS = rf"\[\^?{_IN_CLASS}+-?\]"
_ATOM = rf"[^\\\[\](){{}}|.?*+^$]|\.|{_ESCAPED}|{_CATEGORY}|{_CLASS}"
_COUNT = r"\{([0-9]{1,2})(?:,([0-9]{1,2})?)?\}"
_REPEAT = rf"(?:[*+?]|{_COUNT})\??"
_PATTERN = re.compile(rf"(?:(?:{_ATOM}|\))(?:{_REPEAT})?|\((?:\?:)?|[|^$])*", re.DOTALL)
_COUNTS = re.compile(_COUNT)
#: How much larger its counts may make a pattern, and how many categories it may then hold: beyond some size Oxigraph
#: refuses a pattern.
_LARGEST = 500
_MOST_CATEGORIES = 20


def _ranges(text: str) -> str:
    """Write ranges of characters as DuckDB's dialect has them in a class."""
    return "".join("-".join(rf"\x{{{end}}}" for end in part.split("-")) for part in text.split())


#: Digits and letters of newer versions of Unicode, which DuckDB's tables lack.
_DIGITS = _ranges("10D40-10D49 116D0-116E3 11BF0-11BF9 16130-16139 16D70-16D79 1CCF0-1CCF9 1E5F1-1E5FA")
_LETTERS = _ranges(
    "1C89-1C8A A7CB-A7CD A7DA-A7DC 105C0-105F3 10D4A-10D65 10D6F-10D85 10EC2-10EC4 11380-11389 1138B "
    "1138E 11390-113B5 113B7 113D1 113D3 11BC0-11BE0 13460-143FA 16100-1611D 16D40-16D6C 18CFF "
    "1E5D0-1E5ED 1E5F0 2EBF0-2EE5D"
)
_CATEGORIES = MappingProxyType(
    {
        r"\d": rf"\p{{Nd}}{_DIGITS}",
        r"\p{Nd}": rf"\p{{Nd}}{_DIGITS}",
        r"\p{N}": rf"\p{{N}}{_DIGITS}",
        r"\p{L}": rf"\p{{L}}{_LETTERS}",
        r"\p{Z}": r"\p{Z}",
    }
)
_ESCAPE = re.compile(r"\\(?:p\{[A-Za-z]+\}|.)", re.DOTALL)
_TOKEN = re.compile(rf"({_CLASS})|({_ESCAPE.pattern})", re.DOTALL)
_REPLACEMENT = re.compile(r"(?:[^\\$]|\$[0-9](?![A-Za-z0-9_]))*", re.DOTALL)


def _literal(operand: Operand, what: str) -> str:
    if not isinstance(operand, Literal) or operand.kinds != Kind.STRING:
        raise Declined(f"the {what} is not a string that is written out")
    return operand.term.lex


def _checked(pattern: Operand, flags: Operand | None) -> tuple[str, str, re.Pattern[str]]:
    """Return a pattern that all dialects read alike, its flags, and what Python makes of it."""
    text = _literal(pattern, "pattern")
    given = "" if flags is None else _literal(flags, "text of flags of a pattern")
    if set(given) - set("ims"):
        raise Declined("a pattern has unusual flags")
    if "i" in given and not text.isascii():
        raise Declined("a pattern without regard to case has letters beyond ASCII")
    if not _PATTERN.fullmatch(text) or not _is_small(text):
        raise Declined("the dialects of patterns may not agree on this one")
    try:
        # Python has no categories; here it only tells whether a pattern is well-formed and may match nothing.
        return text, given, re.compile(_ESCAPE.sub(lambda escape: "a" if escape[0] in _CATEGORIES else escape[0], text))
    except (re.error, RecursionError, OverflowError) as wrong:
        raise Declined("a pattern is not well-formed") from wrong


def _is_small(text: str) -> bool:
    times = [max(1, int(most or least)) for least, most in _COUNTS.findall(text)]
    counts = math.prod(times)
    categories = sum(escape in _CATEGORIES for escape in _ESCAPE.findall(text))
    if "){" not in text:  # only what is repeated within a repetition multiplies
        counts = sum(times)
        return len(text) + counts <= _LARGEST and categories * max(1, counts) <= _MOST_CATEGORIES
    return len(text) * counts <= _LARGEST and categories * counts <= _MOST_CATEGORIES


def _dialect(text: str, given: str) -> str:
    """Return SQL of a pattern in DuckDB's dialect."""

    def spelt(token: re.Match[str]) -> str:
        if token[1]:
            return _ESCAPE.sub(lambda escape: _CATEGORIES.get(escape[0], escape[0]), token[1])
        return f"[{_CATEGORIES[token[2]]}]" if token[2] in _CATEGORIES else token[2]

    on = "".join(sorted(set(given)))
    off = "".join(flag for flag in "ims" if flag not in given)
    return quoted(f"(?{on}{'-' if off else ''}{off}:{_TOKEN.sub(spelt, text)})")


def regex(text: Operand, pattern: Operand, flags: Operand | None = None) -> Operand:
    """REGEX: whether a string has a part that matches."""
    if not text.kinds & TEXT:
        return error(Kind.BOOLEAN)
    checked, given, _ = _checked(pattern, flags)
    known = texts(text)
    sql = guarded(f"regexp_matches({text.part('l')}, {_dialect(checked, given)})", known)
    return truth(sql, nullable=text.nullable or bool(known))


def replace(text: Operand, pattern: Operand, new: Operand, flags: Operand | None = None) -> Operand:
    """REPLACE: a string with every match replaced."""
    if not text.kinds & TEXT:
        return error(Kind.STRING)
    checked, given, compiled = _checked(pattern, flags)
    if compiled.search(""):
        raise Declined("a pattern that matches nothing at all is replaced")
    replacement = _literal(new, "replacement")
    if not _REPLACEMENT.fullmatch(replacement):
        raise Declined("a replacement is unusual")
    if any(int(group) > compiled.groups for group in re.findall(r"\$([0-9])", replacement)):
        raise Declined("a replacement names a group that the pattern does not have")
    rewritten = quoted(re.sub(r"\$([0-9])", r"\\\1", replacement))
    known = texts(text)
    sql = f"regexp_replace({text.part('l')}, {_dialect(checked, given)}, {rewritten}, 'g')"
    return like(text, guarded(sql, known), maybe=text.nullable or bool(known))


FUNCTIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType({"REGEX": regex, "REPLACE": replace})
