"""A name taken apart: the words that tell which organisation or project it is, and what stands around them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from graph_app.identity.lists import Phrase, lists
from graph_app.identity.places import countries, towns
from loaders.normalise.folding import sounds, words

__all__ = ["Name", "read_name"]

#: Acronyms as they are written behind a name, or before it: ``(IOM)``, ``UNHCR -``.
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{2,12}?)\s*[)\]]")
#: ``DFID (Department for International Development)``
_BEFORE_BRACKETS = re.compile(r"\s*(\S+)\s*\(([^()]+\s[^()]+)\)\s*")
_ACRONYM = re.compile(r"(?=(?:.*[^\W\d_a-z]){2})[^\W_][\w&./-]{1,9}")
_SIDES = re.compile(r"\s+[-–—|/]\s+|\s*[:,]\s+")
_BESIDE = re.compile(r"([A-Z]{3,9})\s+(\S+\s.*)")
_LONGEST_PHRASE = 4
_LONGEST_ACRONYM = 9
_SHORTEST_ACRONYM = 3
#: Words of fewer letters in brackets are acronyms, also where all is in capitals.
_LONGEST_IN_CAPITALS = 6
#: Letters of a word that an acronym takes.
_BEGINNING = 2
#: Roman numbers that are no words.
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}


class Name(NamedTuple):
    """A name taken apart.

    :param text: as written.
    :param letters: all its words in one, without legal form.
    :param core: what it is called, in order: words of known meaning by their key, others as they sound.
    :param towns: keys of the towns in it.
    :param countries: codes of the countries in it.
    :param numbers: the numbers in it; Roman ones from II on are read.
    :param only: its only word as it is written, where it has but one.
    :param acronyms: acronyms that it gives itself.
    :param initials: what its words could be abbreviated to.
    :param forms: groups of countries that have the legal forms in it.
    """

    text: str
    letters: str
    core: tuple[str, ...]
    towns: frozenset[str]
    countries: frozenset[str]
    numbers: frozenset[str]
    only: str
    acronyms: frozenset[str]
    initials: frozenset[str]
    forms: frozenset[str] = frozenset()

    @property
    def whole(self) -> str:
        """All of it in one word, without places and numbers: spaces make no difference."""
        return "".join(self.core)

    @property
    def acronym(self) -> str:
        """Its only word, where that may be an acronym, or an empty string."""
        return self.only if _SHORTEST_ACRONYM <= len(self.only) <= _LONGEST_ACRONYM else ""


def read_name(text: str) -> Name:
    """Take a name apart.

    :param text: the name as written.
    """
    acronyms, rest = _written_acronyms(text)
    written = words(rest) or words(text)
    heard = sounds(written)
    legal, forms = _legal_form(heard)
    written, heard = written[legal], heard[legal]
    core: list[str] = []
    places: dict[str, set[str]] = {"town": set(), "country": set()}
    numbers: set[str] = set()
    for kind, meant in _phrases(heard):
        if kind in places:
            places[kind].add(meant)
        elif meant.isdigit() or meant in _ROMAN:
            numbers.add(_ROMAN.get(meant, meant.lstrip("0") or "0"))
        elif kind == "meaning" or meant not in lists().stop_words:
            core.append(meant)
    if len("".join(core)) < _SHORTEST_ACRONYM:
        # Too little is left to tell anything, so that words without a meaning of their own count too.
        core = [*heard] if not any(places.values()) else core
    if places["country"]:
        core = [word for word in core if word != "republic"]
    return Name(
        text,
        "".join(written),
        tuple(core),
        frozenset(places["town"]),
        frozenset(places["country"]),
        frozenset(numbers),
        next((word for word, sound in zip(written, heard, strict=True) if sound == core[0]), "")
        if len(core) == 1
        else "",
        acronyms,
        # What is little more than the name of a country is not abbreviated to its letters.
        _initials(written, heard, core) if len(core) > 1 or "_" in "".join(core) else frozenset(),
        forms,
    )


def _written_acronyms(text: str) -> tuple[frozenset[str], str]:
    """Return the acronyms that a name gives itself, and the name without them."""
    if (turned := _BEFORE_BRACKETS.fullmatch(text)) is not None and _ACRONYM.fullmatch(turned[1]) is not None:
        text = f"{turned[2]} ({turned[1]})"
    found: set[str] = set()
    for match in _IN_BRACKETS.finditer(text):
        short, around = "".join(words(match[1])), text.replace(match[0], " ")
        if _is_acronym(match[1], around) or (match[1].isalpha() and _abbreviates(short, words(around))):
            found.add(short)
            text = around
    sides = _SIDES.split(text.strip())
    if len(sides) == 1 and (beside := _BESIDE.fullmatch(text.strip())) is not None:
        # “DRA Dutch Relief Alliance”
        sides = [beside[1], beside[2]]
    if len(sides) == 2:
        for short, long in (sides, reversed(sides)):
            letters = "".join(words(short))
            if _ACRONYM.fullmatch(short.strip()) is None:
                continue
            if letters in _initials(words(long), sounds(words(long)), ()):
                return frozenset({*found, letters}), long
    return frozenset(found), text


def _is_acronym(short: str, around: str) -> bool:
    """Tell whether what stands in brackets is written as an acronym; where all is in capitals, letters must fit too."""
    if _ACRONYM.fullmatch(short) is None or sounds(words(short)) in countries():
        return False
    if not around.isupper() or len(short) < _LONGEST_IN_CAPITALS:
        return True
    return _abbreviates("".join(words(short)), words(around))


def _abbreviates(short: str, long: Phrase) -> bool:
    """Tell whether the letters of a short form stand in this order at the beginnings of words."""
    if not _SHORTEST_ACRONYM <= len(short) <= _LONGEST_ACRONYM or len(long) < 2:
        return False
    beginnings = iter("".join([word[:_BEGINNING] for word in long]))
    return short[0] in {word[0] for word in long} and all(letter in beginnings for letter in short)


def _legal_form(heard: Phrase) -> tuple[slice, frozenset[str]]:
    """Return which words are left without the legal forms at either end, and where those are used."""
    forms = lists().legal_forms
    first, last = 0, len(heard)
    found: set[str] = set()
    for length in range(_LONGEST_PHRASE, 0, -1):
        if last - first > length and heard[last - length : last] in forms:
            found |= forms[heard[last - length : last]]
            last -= length
        if last - first > length and heard[first : first + length] in forms:
            found |= forms[heard[first : first + length]]
            first += length
    return slice(first, last), frozenset(found)


@cache
def _known() -> tuple[Mapping[Phrase, tuple[str, str]], Mapping[str, int]]:
    """Return the known phrases with kind and meaning, and for each word how long a phrase begins with it."""
    kinds = {"country": countries(), "meaning": lists().meanings, "town": towns()}
    known = {phrase: (kind, meant) for kind, names in kinds.items() for phrase, meant in names.items()}
    longest: dict[str, int] = {}
    for phrase in known:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return known, longest


def _phrases(heard: Phrase) -> Iterator[tuple[str, str]]:
    """Cut words into the longest phrases that are known: the kind of each and what it means."""
    known, longest = _known()
    place = 0
    while place < len(heard):
        word = heard[place]
        for length in range(min(longest.get(word, 0), len(heard) - place), 0, -1):
            if heard[place : place + length] in known:
                yield known[heard[place : place + length]]
                place += length
                break
        else:
            yield "", word
            place += 1


def _initials(written: Phrase, heard: Phrase, core: Iterable[str]) -> frozenset[str]:
    stop_words = lists().stop_words
    ways = (
        "".join([word[0] for word in written]),
        "".join([word[0] for word, sound in zip(written, heard, strict=True) if sound not in stop_words]),
        "".join([part[0] for word in core for part in word.split("_")]),
    )
    return frozenset([way for way in ways if _SHORTEST_ACRONYM <= len(way) <= _LONGEST_ACRONYM])
