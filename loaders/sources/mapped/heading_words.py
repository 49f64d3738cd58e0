"""What headings mean, in the languages of the lists that people bring."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from loaders.normalise.names import lookup_key

__all__ = ["Meaning", "meaning_of", "role_of"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means.

    :param name: such as ``title`` or ``organisation``.
    :param word: the word that says so.
    :param language: its language.
    """

    name: str
    word: str
    language: str


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means, or ``None`` where no word of it is known.

    :param heading: the heading as written; ``ProjectTitle`` and ``date_start`` are taken for two words.
    """
    text = _words(heading)
    for meaning, pattern in _meanings():
        found = pattern.search(text)
        if found is not None:
            whose = meaning.name == "id" and any(
                other.search(text) for known, other in _meanings() if known.name == "organisation"
            )
            return Meaning("organisation_id" if whose else meaning.name, found.group(), meaning.language)
    return None


def role_of(heading: str) -> str:
    """Return the role that a heading of organisations stands for, or an empty string.

    :param heading: the heading as written.
    """
    text = _words(heading)
    return next((role for role, pattern in _roles() if pattern.search(text) is not None), "")


def _words(heading: str) -> str:
    pairs = zip(heading, heading[1:] + " ", strict=True)
    parted = "".join(f"{char} " if char.islower() and after.isupper() else char for char, after in pairs)
    return lookup_key(parted.replace("_", " "))


@cache
def _meanings() -> tuple[tuple[Meaning, re.Pattern[str]], ...]:
    entries = YAML(typ="safe").load(Path(__file__).with_name("heading_words.yaml").read_text(encoding="utf-8"))
    return tuple(
        (Meaning(entry["means"], "", language), _pattern(words))
        for entry in entries
        for language, words in entry.items()
        if language != "means"
    )


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = YAML(typ="safe").load(Path(__file__).with_name("role_words.yaml").read_text(encoding="utf-8"))
    return tuple((role, _pattern(words)) for role, words in entries.items())


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Match any of the words, the longest first, as whole words."""
    known = sorted(map(lookup_key, words), key=len, reverse=True)
    return re.compile("|".join(f"^{re.escape(w[1:])}$" if w[0] == "^" else rf"\b{re.escape(w)}\b" for w in known))
