"""Deterministic IRIs, minted from what a source itself uses as identity."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, urlsplit

from loaders.vocabulary import BASE

__all__ = ["are_plain_keys", "is_iri", "mint"]

#: Longer keys are replaced by their digest, so that an IRI stays usable in a browser's address line.
_LONGEST_PART = 120
#: Parts remembered: links name their ends again and again.
_REMEMBERED = 65_536
#: What nearly all keys are made of, and what stays as it is in an IRI.
_PLAIN = re.compile(rf"(?!\.\.?\Z)[A-Za-z0-9_.~-]{{1,{_LONGEST_PART}}}")
_PLAIN_LINES = re.compile(rf"(?:(?!\.\.?\n)[A-Za-z0-9_.~-]{{1,{_LONGEST_PART}}}\n)*")

#: RFC 3987: letters beyond ASCII, those for private use (in queries alone), and what an IRI is made of.
_UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16 | (0x1000 if plane == 14 else 0))}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 15)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_CHAR = rf"[A-Za-z0-9\-._~!$&'()*+,;=:@{_UCS}]|%[0-9A-Fa-f]{{2}}"
_HOST = rf"\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;={_UCS}]|%[0-9A-Fa-f]{{2}})+"
_BEGINS_AS_WEB = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://")
_WEB_IRI = re.compile(
    rf"{_BEGINS_AS_WEB.pattern}(?:(?:(?!@){_CHAR})*@)?(?:{_HOST})(?::[0-9]*)?(?:/(?:{_CHAR}|/)*)?"
    rf"(?:\?(?:{_CHAR}|[/?{_PRIVATE}])*)?(?:#(?:{_CHAR}|[/?])*)?"
)


def mint(kind: str, *key: str, base: str = BASE) -> str:
    """Return the IRI of a thing: ``{base}{kind}/{key}``.

    The rule is injective: two different keys never share an IRI, and the same key always gives the same one.

    :param kind: entity kind, such as ``project``.
    :param key: one or more identifying parts, none of them empty; for an entity the first is the identifier space that
        the others belong to, such as ``curated`` or the key of a dataset.
    :param base: base of all instance IRIs.
    :returns: an absolute IRI in ASCII.
    :raises ValueError: if a part of the key is empty.
    """
    if not key or not all(key):
        msg = f"An identifier for {kind} needs a key with no empty part, not {key!r}."
        raise ValueError(msg)
    return "/".join((f"{base}{kind}", *map(_segment, key)))


def are_plain_keys(keys: Sequence[str]) -> bool:
    """Tell whether all keys stand in IRIs just as they are written.

    :param keys: identifying parts.
    """
    lines = "\n".join((*keys, ""))
    return lines.count("\n") == len(keys) and _PLAIN_LINES.fullmatch(lines) is not None


def is_iri(text: str) -> bool:
    """Tell whether a cell holds an absolute http(s) IRI rather than a local key.

    One letter that RFC 3987 does not allow would make a whole file of N-Quads unreadable, so it is judged exactly here.

    :param text: the cell's text.
    :returns: ``True`` for ``http://`` and ``https://`` addresses with a host, and without characters that do not show.
    """
    if not _BEGINS_AS_WEB.match(text):
        return False
    try:
        urlsplit(text)  # knows which addresses may stand in brackets
    except ValueError:
        return False
    hidden = not text.isascii() and any(unicodedata.category(char) == "Cf" for char in text)
    return not hidden and _WEB_IRI.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def _segment(part: str) -> str:
    if _PLAIN.fullmatch(part) is not None:
        return part
    encoded = quote(part, safe="")
    if len(encoded) <= _LONGEST_PART and encoded not in {".", ".."}:
        return encoded
    return "sha256~" + hashlib.sha256(part.encode()).hexdigest()
