"""Ids for what a form adds: short names that tell what they stand for."""

import re
import unicodedata
from collections.abc import Collection

__all__ = ["new_id"]

_LONGEST = 40
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def new_id(name: str, kind: str, taken: Collection[str]) -> str:
    """Make an id from a name.

    :param name: what people call it; its letters without accents are used.
    :param kind: kind of the entity, for a name without such letters.
    :param taken: ids that others have.
    :returns: small letters, digits and hyphens, and none of those taken.
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", errors="ignore").decode().lower()
    words = _BETWEEN_WORDS.sub("-", letters).strip("-")
    short = words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    stem = short or kind
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
