"""REGEX and REPLACE (SPARQL 1.1, sections 17.4.3.14 and 17.4.3.15), where all dialects agree on a pattern.

A pattern is that of XPath, of Oxigraph and of DuckDB at once: plain characters, ``.``, anchors, groups, alternatives,
classes of ASCII characters, and counts that stay small. All else is declined.
"""

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
_IN_CLASS = rf"(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[ _.,:;/@#%!?=<>'\"+*()|$]|{_ESCAPED}|\\d)"
_CLASS = rf"\[\^?{_IN_CLASS}+-?\]"
_ATOM = rf"[^\\\[\](){{}}|.?*+^$]|\.|{_ESCAPED}|\\d|{_CLASS}"
_COUNT = r"\{([0-9]{1,2})(?:,([0-9]{1,2})?)?\}"
_REPEAT = rf"(?:[*+?]|{_COUNT})\??"
_PATTERN = re.compile(rf"(?:(?:{_ATOM}|\))(?:{_REPEAT})?|\((?:\?:)?|[|^$])*", re.DOTALL)
_COUNTS = re.compile(_COUNT)
#: The product of all counts in a pattern; beyond some size engines refuse a pattern, each at its own.
_MOST = 1000
_LONGEST = 1000

#: Decimal digits of newer scripts, which not every table of characters has.
_DIGITS = r"\p{Nd}" + "".join(
    rf"\x{{{first:X}}}-\x{{{last:X}}}"
    for first, last in (
        (0x10D40, 0x10D49),
        (0x116D0, 0x116E3),
        (0x11BF0, 0x11BF9),
        (0x16130, 0x16139),
        (0x16D70, 0x16D79),
        (0x1CCF0, 0x1CCF9),
        (0x1E5F1, 0x1E5FA),
    )
)
_TOKEN = re.compile(rf"({_CLASS})|(\\.)|(.)", re.DOTALL)
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
    if len(text) > _LONGEST or not _PATTERN.fullmatch(text) or _size(text) > _MOST:
        raise Declined("the dialects of patterns may not agree on this one")
    try:
        return text, given, re.compile(text)
    except (re.error, RecursionError, OverflowError) as wrong:
        raise Declined("a pattern is not well-formed") from wrong


def _size(text: str) -> int:
    size = 1
    for least, most in _COUNTS.findall(text):
        size *= max(1, int(most or least))
    return size


def _dialect(text: str, given: str) -> str:
    """Return SQL of a pattern in DuckDB's dialect, where digits are those of ASCII unless one says otherwise."""

    def spelt(token: re.Match[str]) -> str:
        group, escape, _ = token.groups()
        if group:
            return group.replace(r"\d", _DIGITS) if r"\\d" not in group else _undecided()
        return f"[{_DIGITS}]" if escape == r"\d" else token.group()

    on = "".join(sorted(set(given)))
    off = "".join(flag for flag in "ims" if flag not in given)
    return quoted(f"(?{on}{'-' if off else ''}{off}:{_TOKEN.sub(spelt, text)})")


def _undecided() -> str:
    raise Declined("a class of a pattern has an escaped backslash before a d")


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
