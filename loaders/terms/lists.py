"""The lists of terms: one file a language, compiled to one pattern."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

__all__ = ["METHOD", "SCHEMES", "Hit", "TermList", "languages", "term_list"]

#: Name and version of the lists, said with every match. The version changes with every change of a list.
METHOD = "term lists 1.0"
#: The schemes whose concepts are looked for.
SCHEMES = ("target-groups", "themes")

_FOLDER = Path(__file__).resolve().parent / "lists"
#: Heading of what looks like a term and is none.
_NEVER = "never"
#: What may stand between two words of a term.
_BETWEEN = r"[\s\u2010-\u2015-]{1,3}"
#: How a term begins that is found inside words as well.
_INSIDE = "*"
#: How a term is written that allows two more words at this place.
_MORE_WORDS = ".."
#: Letters from which a term is known without its accents as well.
_LONG_ENOUGH = 6
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

#: Schemes and keys of the concepts that a term stands for; none for what is not to be found.
_Meant = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a text speaks of a concept.

    :param scheme: the scheme of the concept, one of :data:`SCHEMES`.
    :param concept: the key of the concept.
    :param words: what was found, exactly as it stands in the text.
    :param start: where in the text the words begin.
    """

    scheme: str
    concept: str
    words: str
    start: int


class TermList:
    """The terms of one language.

    :param entries: scheme to concept to its terms, and under ``never`` any headings with terms that stand for nothing.
    """

    def __init__(self, entries: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        meant: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in SCHEMES:
            for concept, terms in entries.get(name, {}).items():
                for spelling in _all_spellings(terms):
                    meant[spelling].append((name, concept))
        for terms in entries.get(_NEVER, {}).values():
            meant.update((spelling, []) for spelling in _all_spellings(terms))
        ordered = [(spelling, tuple(meant[spelling])) for spelling in sorted(meant, key=_longest_first)]
        starting = [(spelling, found) for spelling, found in ordered if not spelling.startswith(_INSIDE)]
        inner = [(spelling.removeprefix(_INSIDE), found) for spelling, found in ordered if spelling.startswith(_INSIDE)]
        self._meant: list[_Meant] = []
        self._pattern = re.compile(rf"\b{self._choice(starting)}" + (f"|{self._choice(inner)}" if inner else ""))

    def find(self, text: str) -> Iterator[Hit]:
        """Find the concepts that a text speaks of, from its beginning to its end.

        Where several terms begin at one place, the longest counts and uses up its words.

        :param text: a title or description, as the source writes it.
        """
        for match in self._pattern.finditer(_lowered(text)):
            meant = self._meant[(match.lastindex or 1) - 1]
            if meant:
                start, end = _word_start(text, match.start()), match.end()
                for name, concept in meant:
                    yield Hit(name, concept, text[start:end], start)

    def _choice(self, terms: Iterable[tuple[str, _Meant]]) -> str:
        """Return the expression of several terms, of which the first that fits counts.

        Terms that begin alike share the look at their beginning, which is what makes one pattern of all terms fast. The
        empty group at the end of a term tells which one it was.
        """
        shared: dict[str, list[tuple[str, _Meant]]] = defaultdict(list)
        for rest, meant in terms:
            shared[rest[0] if rest[:1].isalpha() else rest].append((rest, meant))
        ways = []
        for start, ends in shared.items():
            if start.isalpha() and len(ends) > 1:
                ways.append(start + self._choice((rest[1:], meant) for rest, meant in ends))
            else:
                self._meant.append(ends[0][1])
                ways.append(f"{_expression(ends[0][0])}()")
        return f"(?:{'|'.join(ways)})"


def languages() -> tuple[str, ...]:
    """Return the languages that there are lists of, as BCP 47 tags."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@cache
def term_list(language: str) -> TermList | None:
    """Return the list of a language, read once a process.

    :param language: a BCP 47 tag; what follows its first hyphen does not matter.
    :returns: the list, or ``None`` where there is none.
    """
    base = language.partition("-")[0].lower()
    if base not in languages():
        return None
    return TermList(YAML(typ="safe").load(_FOLDER / f"{base}.yaml"))


def _longest_first(term: str) -> tuple[int, int, str]:
    return -len(term.split()), -len(term), term


def _all_spellings(terms: Iterable[str]) -> set[str]:
    return {spelling for term in terms for spelling in _spellings(term)}


def _spellings(term: str) -> list[str]:
    """Return a term as it is written, without its accents, and with the digraphs that stand for German umlauts.

    Short words have their accents only, as these tell them from others: "žen" is of women, "zen" is not.
    """
    first, _, rest = term.lower().partition(" ")
    written: dict[str, None] = {}
    for word in first.split("|"):
        whole = f"{word} {rest}" if rest else word
        written[whole] = None
        if len(whole) >= _LONG_ENOUGH:
            plain = "".join(char for char in unicodedata.normalize("NFD", whole) if not unicodedata.combining(char))
            written |= dict.fromkeys((plain, whole.translate(_DIGRAPHS)))
    return list(written)


def _expression(term: str) -> str:
    """Return the regular expression of a term, or of what follows its first letter."""
    made, between = "", ""
    for word in term.split(" "):
        if word == _MORE_WORDS:
            made += rf"{between}(?:\w+{_BETWEEN}){{0,2}}"
            between = ""
            continue
        ways = "|".join(re.escape(way.rstrip("*")) + (r"\w*" if way.endswith("*") else "") for way in word.split("|"))
        made += f"{between}(?:{ways})"
        between = _BETWEEN
    return rf"{made}(?!\w)"


def _lowered(text: str) -> str:
    """Return a text in small letters, each at its place: the capital İ has no small letter of one character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(char.lower()[0] for char in text)


def _word_start(text: str, place: int) -> int:
    """Return where the word begins that a place is in: what is found inside a compound is the whole compound."""
    while place and text[place - 1].isalnum():
        place -= 1
    return place
