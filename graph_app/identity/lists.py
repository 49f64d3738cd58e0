"""The words of ``words.yaml``: legal forms, words that say little, and which words of several languages are one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from loaders.normalise.folding import sounds, words

__all__ = ["Lists", "Phrase", "lists"]

#: One or several words, folded, as they sound.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """What is known of the words in names.

    :param legal_forms: legal forms, such as ``("gmbh",)``, to the groups of countries that have them, if any.
    :param stop_words: words without a meaning of their own.
    :param meanings: phrase to the one word that stands for all phrases of its meaning.
    :param keys: those words.
    :param weak: those of them that say what an organisation is rather than which.
    :param adjectives: code of a country to the adjectives that stand for it.
    :param no_places: names of places that are not read as such.
    :param towns: towns: code of the country, key, and names.
    """

    legal_forms: Mapping[Phrase, frozenset[str]] = field(hash=False)
    stop_words: frozenset[str]
    meanings: Mapping[Phrase, str] = field(hash=False)
    keys: frozenset[str]
    weak: frozenset[str]
    adjectives: Mapping[str, tuple[Phrase, ...]] = field(hash=False)
    no_places: frozenset[Phrase]
    towns: tuple[tuple[str, str, frozenset[Phrase]], ...]


@cache
def lists() -> Lists:
    """Return the lists, read once a process."""
    content = files("graph_app.identity").joinpath("words.yaml").read_text(encoding="utf-8")
    read = YAML(typ="safe").load(content)
    meanings: dict[Phrase, str] = {}
    for group in (*read["meanings"], *read["weak"]):
        for phrase in _phrases(group):
            meanings.setdefault(phrase, group[0].replace(" ", "_"))
    forms: dict[Phrase, set[str]] = {}
    for group, texts in read["legal_forms"].items():
        for phrase in _phrases(texts):
            forms.setdefault(phrase, set()).update({group} - {"any"})
    return Lists(
        {phrase: frozenset(groups) for phrase, groups in forms.items()},
        frozenset(word for (word,) in _phrases(read["stop_words"])),
        meanings,
        frozenset(meanings.values()),
        frozenset(group[0].replace(" ", "_") for group in read["weak"]),
        {code: _phrases(names) for code, names in read["adjectives"].items()},
        frozenset(_phrases(read["no_places"])),
        tuple((str(country), str(names[0]), frozenset(_phrases(names))) for country, *names in read["towns"]),
    )


def _phrases(texts: Iterable[object]) -> tuple[Phrase, ...]:
    return tuple(sounds(words(str(text))) for text in texts)
