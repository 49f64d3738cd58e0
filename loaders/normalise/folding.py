"""A text as words in one alphabet and one case, so that spellings can be compared."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

__all__ = ["fold", "sounds", "words"]

#: Longer texts are no names; what stands behind is not compared.
_LONGEST = 400
#: Letters with dots behind them, as in ``z. s.`` and ``U.N.H.C.R.``: one word.
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?!\w))?")
_WORD = re.compile(r"[a-z]+|[0-9]+")
#: ``co-operation`` is one word.
_PREFIXED = re.compile(r"\b(co|re|non|anti|inter|multi)-(?=\w)", re.IGNORECASE)
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: Before a consonant the hard sign is a vowel, as only Bulgarian writes it.
_BULGARIAN = re.compile(r"ъ(?=[бвгджзклмнпрстфхцчшщ])", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
#: Ways of writing one sound in Latin letters, which differ between languages and tables of transliteration.
_SOUNDS = {
    "shch": "s",
    "sht": "s",
    "sch": "s",
    "sh": "s",
    "ch": "c",
    "kh": "h",
    "zh": "z",
    "ts": "c",
    "tz": "c",
    "ph": "f",
    "th": "t",
    "ck": "k",
    "oy": "u",
    "ou": "u",
    "ae": "a",
    "oe": "o",
    "ue": "u",
    "w": "v",
    "y": "i",
    "j": "i",
}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
#: Consonants alone: Roman numbers double vowels, and so do acronyms.
_DOUBLED = re.compile(r"([b-df-hj-np-tvz])\1+")


def fold(text: str) -> str:
    """Return a text in lower-case ASCII: compatible letters unified, Greek and Cyrillic transliterated, accents gone.

    :param text: any text.
    """
    if text.isascii():
        return text.casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if bare.isascii():
        return bare
    # Casefolding first, since transliteration takes capitals of other scripts for whole syllables.
    return anyascii(unicodedata.normalize("NFKC", _BULGARIAN.sub("a", text)).casefold()).casefold()


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: ``Člověk v tísni, o.p.s.`` gives ``clovek v tisni ops``.

    :param text: any text; runs of single letters with dots are one word, letters and digits are words apart.
    """
    text = text[:_LONGEST]
    joined = _DOTTED.sub(_joined, text) if "." in text else text
    joined = _PREFIXED.sub(r"\1", joined) if "-" in joined else joined
    # Transliteration writes the soft sign as an apostrophe, which parts no words.
    return tuple(_WORD.findall(fold(_APOSTROPHES.sub(" ", joined)).replace("'", "")))


def sounds(phrase: Iterable[str]) -> tuple[str, ...]:
    """Return words as they roughly sound: ``moskovskaya`` and ``moskovskaia`` give the same.

    :param phrase: folded words.
    """
    return tuple(map(_sound, phrase))


@lru_cache(maxsize=262_144)
def _sound(word: str) -> str:
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda match: _SOUNDS[match[0]], word))


def _joined(match: re.Match[str]) -> str:
    return "".join(letter for letter in match[0] if letter.isalpha()) + " "
