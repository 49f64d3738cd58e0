"""Cells that hold several names: what parts them, and which names hold such a sign themselves."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.normalise.names import lookup_key
from loaders.sources.mapped.evidence import separators
from loaders.sources.mapped.readings import Reading

__all__ = ["Parting", "cut_names", "parting", "whole_names"]

#: Legal forms that stand behind a comma, without signs and blanks.
_FORMS = frozenset({
    "sro", "spolsro", "as", "os", "ops", "zs", "zú", "vos", "ks", "po", "sp", "vvi", "no", "zapsanýspolek",
    "zapsanýústav", "obecněprospěšnáspolečnost", "příspěvkováorganizace", "nadačnífond", "státnípodnik",
    "veřejnávýzkumnáinstituce", "inc", "ltd", "limited", "llc", "llp", "plc", "co", "corp", "cic", "gmbh", "ggmbh",
    "ev", "ag", "kg", "mbh", "sa", "sarl", "sas", "asbl", "aisbl", "vzw", "sl", "sau", "spa", "srl", "onlus", "spzoo",
    "spj", "bv", "nv", "lda", "doo", "kft", "zrt", "nyrt", "ry", "oy", "ab",
})  # fmt: skip
_LETTERS = re.compile(r"[\W_]+")
#: Names that count up what an office is for: a comma in them parts no two offices.
_COUNTING = re.compile(r"\b(?:of|for|für|pro|des?|du|per|per la|del)\b", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|&|und|et|a|e|y|i)\s", re.IGNORECASE)
#: Names that are kept whole, names of a cell that are looked at, and the longest run of them that is offered as one.
_MOST_WHOLE, _MOST_NAMES, _LONGEST_RUN = 100, 40, 4
_OFTEN = 0.5


@dataclass(frozen=True, slots=True)
class Parting:
    """How cells are cut into names.

    :param separator: what stands between two names.
    :param whole: texts that hold it and are not cut.
    """

    separator: str
    whole: tuple[str, ...] = ()

    @property
    def settings(self) -> Mapping[str, str | Sequence[str]]:
        """The parting as a map writes it."""
        return {"split": self.separator} | ({"whole": self.whole} if self.whole else {})


def parting(values: Sequence[str]) -> Parting | None:
    """Propose how cells of names are cut, if they look as if they held several.

    A comma is proposed only where names come in several companies, many stand in one cell, or most cells have one;
    legal forms, offices that count up what they are for, and what always stands together stay whole.

    :param values: the values of the column, none of them blank.
    """
    plain = separators(values, ";|\n")
    if plain:
        return Parting(plain)
    distinct = list(dict.fromkeys(value for value in values if "," in value))
    whole = _legal_forms(distinct)
    runs = {value: Reading(split=(",",), whole=whole).parts(value)[:_MOST_NAMES] for value in distinct}
    together = _always_together([*runs.values(), *([value] for value in values if "," not in value)])
    for value, names in runs.items():
        whole += tuple(_wholes_of(value, names, together))
    whole = tuple(dict.fromkeys(whole))[:_MOST_WHOLE]
    cut = [names for value in distinct if len(names := Reading(split=(",",), whole=whole).parts(value)) > 1]
    return Parting(",", whole) if cut and _are_lists(cut, values) else None


def cut_names(values: Sequence[str], separator: str, whole: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the values that are cut, each once, with the names that come of it.

    :param values: the values of the column.
    :param separator: what stands between two names.
    :param whole: texts that hold it and are not cut.
    """
    reading = Reading(split=(separator,), whole=tuple(whole))
    parts = {value: reading.parts(value) for value in dict.fromkeys(values)}
    return [(value, names) for value, names in parts.items() if len(names) > 1]


def whole_names(values: Sequence[str], separator: str) -> Sequence[str]:
    """Return texts with a separator in them that may be one name: neighbours in a cell.

    :param values: the values of the column.
    :param separator: what stands between two names.
    """
    found: dict[str, None] = {}
    for value in dict.fromkeys(values):
        pieces = value.split(separator)[:_MOST_NAMES]
        for start in range(len(pieces)):
            for end in range(start + 2, min(start + _LONGEST_RUN, len(pieces)) + 1):
                found.setdefault(separator.join(pieces[start:end]).strip())
    return list(found)


def _legal_forms(values: Sequence[str]) -> tuple[str, ...]:
    """Return each comma with the legal form behind it, as written."""
    found: dict[str, None] = {}
    for value in values:
        for piece in value.split(",")[1:]:
            if _LETTERS.sub("", piece).casefold() in _FORMS:
                found.setdefault(f",{piece.rstrip()}")
    return tuple(found)


def _always_together(cells: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    """Return neighbours of which neither stands anywhere without the other, in several cells."""
    follows: dict[str, set[str]] = {}
    leads: dict[str, set[str]] = {}
    times: dict[tuple[str, str], int] = {}
    for names in cells:
        keys = ["", *map(lookup_key, names), ""]
        for one, other in itertools.pairwise(keys):
            follows.setdefault(one, set()).add(other)
            leads.setdefault(other, set()).add(one)
            times[one, other] = times.get((one, other), 0) + 1
    return frozenset(
        (one, other)
        for (one, other), number in times.items()
        if number > 1 and one and other and follows[one] == {other} and leads[other] == {one}
    )


def _wholes_of(value: str, names: Sequence[str], together: frozenset[tuple[str, str]]) -> Iterator[str]:
    """Return the runs of a cell that read as one name, as they stand there."""
    at = 0
    while at < len(names) - 1:
        end = at
        while end + 1 < len(names) and _goes_on(names, at, end + 1, together):
            end += 1
        if end > at:
            start = value.index(names[at])
            yield value[start : value.index(names[end], start + len(names[at])) + len(names[end])]
        at = end + 1


def _goes_on(names: Sequence[str], first: int, at: int, together: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a piece goes on with the name before it."""
    piece = names[at]
    if piece[:1].islower() or (lookup_key(names[at - 1]), lookup_key(piece)) in together:
        return True
    return _COUNTING.search(names[first]) is not None and _AND.search(piece) is not None


def _are_lists(cut: Sequence[Sequence[str]], values: Sequence[str]) -> bool:
    companies: dict[str, set[tuple[str, ...]]] = {}
    for names in cut:
        for name in names:
            companies.setdefault(lookup_key(name), set()).add(tuple(names))
    for value in values:
        if lookup_key(value) in companies:
            companies[lookup_key(value)].add((value,))
    several = any(len(found) > 1 for found in companies.values())
    return several or any(len(names) > 2 for names in cut) or len(cut) >= _OFTEN * len(values)
