"""Names and labels: a key to look them up by, and a look at characters that deceive the eye."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["lookup_key", "suspicions", "visible"]

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Characters of the longest text that is compared as a name.
_LONGEST = 10_000
#: ASCII, the letters of Europe's Latin alphabets, and dashes, quotes and dots: none of these deceives the eye.
_USUAL = re.compile("[\0-\xac\xae-\u024f\u2010-\u2027\u20ac]*")
_WORD = re.compile(r"[^\W\d_]+")
#: Scripts whose letters look like each other's.
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})


def lookup_key(text: str) -> str:
    """Return the key under which a name is compared: composed letters, no case, single spaces, plain dashes.

    The name itself is kept as written; only comparison uses the key. What is too long for a name is its own key.

    :param text: a name.
    """
    if len(text) > _LONGEST:
        return text
    composed = unicodedata.normalize("NFC", text).translate(_SAME)
    # Folding can decompose a letter, hence composing again.
    return unicodedata.normalize("NFC", " ".join(composed.split()).casefold())


def suspicions(text: str) -> tuple[str, ...]:
    """Tell what in a text looks other than it is.

    :param text: a name or other prose.
    :returns: rules of ``messages/``: ``bidi-control`` where a character reverses what follows,
        ``invisible-character`` where one does not show, ``mixed-script`` where one word mixes Latin, Cyrillic or Greek.
    """
    if text.isascii() or _USUAL.fullmatch(text) is not None:
        return ()
    found = []
    if _BIDI.search(text) is not None:
        found.append("bidi-control")
    if _INVISIBLE.search(text) is not None:
        found.append("invisible-character")
    # Few texts have letters of several scripts at all, and only those are looked at word by word.
    if len(_scripts(set(text)) & _ALIKE) > 1 and any(len(_scripts(word) & _ALIKE) > 1 for word in _WORD.findall(text)):
        found.append("mixed-script")
    return tuple(found)


def visible(text: str) -> str:
    """Return a text without the characters that cannot be seen.

    :param text: a name or other prose.
    """
    return _INVISIBLE.sub("", text)


def _scripts(letters: Iterable[str]) -> set[str]:
    return set(map(_script, letters))


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
