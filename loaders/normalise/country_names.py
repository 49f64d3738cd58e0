"""Names of countries: ways of writing one name, and names that CLDR does not have.

``country_names.csv`` holds official names as the lists of the United Nations give them (datasets/country-codes, PDDL),
short forms that people use, and names of the past with the year in which they ended.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files

__all__ = ["further_names", "plain", "spellings", "unique"]

#: Marks of footnotes, and articles, which lists of the United Nations put before or behind a name.
_NOTE = re.compile(r"\s*(?:\*+|\((?:the|le|la|les|l'|el|los|las)\))$")
_ARTICLE = re.compile(r"(?:(?:the|le|la|les|el|los|las) |l')(?=.{4})")
#: ``Iran, Islamic Republic of`` and ``Bolivia (Plurinational State of)``
_TURNED = re.compile(r"([^,(]+?)(?:, |\s*\()([^,()]+)\)?")
_SAINT = re.compile(r"\b(?:st|ste|sainte)\b")


def spellings(key: str) -> tuple[str, ...]:
    """Return the ways in which a name may stand in another list: turned round, and without article.

    :param key: the look-up key of the name.
    :returns: the key itself first.
    """
    bare = _NOTE.sub("", _NOTE.sub("", key))
    match = _TURNED.fullmatch(bare)
    turned = f"{match[2]} {match[1]}".replace("' ", "'") if match is not None else bare
    ways = (key, bare, turned)
    return tuple(dict.fromkeys((*ways, *(_ARTICLE.sub("", way, count=1) for way in ways))))


def plain(key: str) -> str:
    """Return a name as a list without accents and signs writes it: ``cote d ivoire``, ``saint kitts and nevis``.

    :param key: the look-up key of the name.
    """
    letters = unicodedata.normalize("NFKD", key.replace("&", " and "))
    kept = (letter if letter.isalnum() else " " for letter in letters if unicodedata.category(letter) != "Mn")
    return _SAINT.sub("saint", " ".join("".join(kept).split()))


def unique(pairs: Iterable[tuple[str, str]], key: Callable[[str], str]) -> dict[str, str]:
    """Return names to codes, without the names that several countries share.

    :param pairs: name and code.
    :param key: what two names are compared by.
    """
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(key(name), set()).add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def further_names() -> Iterator[tuple[str, str]]:
    """Yield the names that CLDR does not have, each with the code of its country."""
    text = files(__package__).joinpath("country_names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield row["name"], row["code"]
