"""Which texts are IRIs: the grammar of RFC 3987, as one regular expression."""

from graph_app.columns.sql import quoted

__all__ = ["is_absolute"]

_LETTERS = (
    r"\x{A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}"
    + "".join(rf"\x{{{plane:X}0000}}-\x{{{plane:X}FFFD}}" for plane in range(1, 14))
    + r"\x{E1000}-\x{EFFFD}"
)
# The 14th plane begins later than the others.
_LETTERS = _LETTERS.replace(r"\x{E0000}-\x{EFFFD}", "")
_PRIVATE = r"\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}\x{100000}-\x{10FFFD}"
_PLAIN = rf"[A-Za-z0-9._~!$&'()*+,;={_LETTERS}-]"
_ESCAPE = "%[0-9A-Fa-f]{2}"
_CHARACTER = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{_LETTERS}-]|{_ESCAPE})"
_NUMBER = "(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"
_PAIR = "[0-9A-Fa-f]{1,4}"
_LAST = rf"(?:{_PAIR}:{_PAIR}|{_NUMBER}(?:\.{_NUMBER}){{3}})"
_SIX = "|".join(
    (
        rf"(?:{_PAIR}:){{6}}{_LAST}",
        rf"::(?:{_PAIR}:){{5}}{_LAST}",
        rf"(?:{_PAIR})?::(?:{_PAIR}:){{4}}{_LAST}",
        *(rf"(?:(?:{_PAIR}:){{0,{before}}}{_PAIR})?::(?:{_PAIR}:){{{4 - before}}}{_LAST}" for before in range(1, 5)),
        rf"(?:(?:{_PAIR}:){{0,5}}{_PAIR})?::{_PAIR}",
        rf"(?:(?:{_PAIR}:){{0,6}}{_PAIR})?::",
    )
)
_HOST = rf"(?:\[(?:{_SIX}|[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]|(?:{_PLAIN}|{_ESCAPE})*)"
_AUTHORITY = rf"(?:(?:(?:{_PLAIN}|:|{_ESCAPE})*@)?{_HOST}(?::[0-9]*)?)"
_PATH = (
    rf"(?://{_AUTHORITY}(?:/{_CHARACTER}*)*|/(?:{_CHARACTER}+(?:/{_CHARACTER}*)*)?|{_CHARACTER}+(?:/{_CHARACTER}*)*|)"
)
_QUERY = rf"(?:\?(?:{_CHARACTER}|[/?{_PRIVATE}])*)?"
_FRAGMENT = rf"(?:#(?:{_CHARACTER}|[/?])*)?"
_IRI = rf"[A-Za-z][A-Za-z0-9+.-]*:{_PATH}{_QUERY}{_FRAGMENT}"


def is_absolute(sql: str) -> str:
    """Return SQL of whether a text is an IRI with a scheme.

    :param sql: the text.
    """
    return f"regexp_full_match({sql}, {quoted(_IRI)})"
