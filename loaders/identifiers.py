"""Deterministic IRIs, minted from what a source itself uses as identity."""

import hashlib
from urllib.parse import quote, urlsplit

from loaders.vocabulary import BASE

__all__ = ["is_iri", "mint"]

#: Longer keys are replaced by their digest, so that an IRI stays usable in a browser's address line.
_LONGEST_PART = 120


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


def is_iri(text: str) -> bool:
    """Tell whether a cell holds an absolute http(s) IRI rather than a local key.

    :param text: the cell's text.
    :returns: ``True`` for ``http://`` and ``https://`` addresses with a host.
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.netloc)
        and not any(char.isspace() or char in '<>"{}|^`\\' for char in text)
    )


def _segment(part: str) -> str:
    encoded = quote(part, safe="")
    if len(encoded) <= _LONGEST_PART and encoded not in {".", ".."}:
        return encoded
    return "sha256~" + hashlib.sha256(part.encode()).hexdigest()
