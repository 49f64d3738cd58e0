"""What the texts of one project suggest, and how far that can be relied on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.records import Cell
from loaders.terms.lists import Hit, term_list

__all__ = ["Place", "Suggestion", "suggestions"]

_IN_TITLE, _IN_BOTH = "0.9", "0.95"
#: How often a description speaks of a concept, to the confidence; more counts as the last.
_IN_DESCRIPTION = ("0.6", "0.7", "0.8")


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a text that speak of a concept.

    :param words: the words, exactly as they stand there.
    :param field: the field of the text, ``title`` or ``description``.
    :param cell: the cell of the text.
    """

    words: str
    field: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that a project seems to have.

    :param scheme: the scheme of the concept.
    :param concept: the key of the concept.
    :param confidence: from 0 to 1, by the rule of the README.
    :param places: where the texts speak of it, each wording of a text once; never empty.
    """

    scheme: str
    concept: str
    confidence: str
    places: tuple[Place, ...]


def suggestions(titles: Iterable[Cell], descriptions: Iterable[Cell]) -> list[Suggestion]:
    """Return what the texts of a project suggest.

    Texts in a language without a list of terms suggest nothing.

    :param titles: its titles, each with its language.
    :param descriptions: its descriptions, each with its language.
    :returns: one suggestion a concept, in the order in which the texts speak of them.
    """
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for field, cells in (("title", titles), ("description", descriptions)):
        for cell in cells:
            for hit in _hits(cell):
                found[hit.scheme, hit.concept].append(Place(hit.words, field, cell))
    return [
        Suggestion(scheme, concept, _confidence(places), _each_wording_once(places))
        for (scheme, concept), places in found.items()
    ]


def _hits(cell: Cell) -> Iterable[Hit]:
    terms = term_list(cell.language)
    return terms.find(cell.text) if terms is not None else ()


def _confidence(places: list[Place]) -> str:
    fields = {place.field for place in places}
    if "title" in fields:
        return _IN_TITLE if len(fields) == 1 else _IN_BOTH
    return _IN_DESCRIPTION[min(len(places), len(_IN_DESCRIPTION)) - 1]


def _each_wording_once(places: list[Place]) -> tuple[Place, ...]:
    once: dict[tuple[str, str, str], Place] = {}
    for place in places:
        once.setdefault((place.words.casefold(), place.field, place.cell.language), place)
    return tuple(once.values())
