"""Gold data: names of which it is known which are names of one organisation, against which matching is measured."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import combinations
from pathlib import Path

from graph_app.identity.described import Code, Described, code_of
from graph_app.identity.index import Entity
from loaders.errors import LoaderError
from loaders.mentions import identifier_of
from loaders.normalise.names import lookup_key
from loaders.sources.files import read_text
from loaders.sources.iati.identity import split_identifier

__all__ = ["Gold", "GoldError", "Pair", "read_gold"]

#: The keys of two names, the lower first.
Pair = tuple[str, str]

HALVES = ("tuning", "test")
_LARGEST = 200_000_000
_LABELS = {"1": True, "true": True, "yes": True, "same": True}
_LABELS |= {"0": False, "false": False, "no": False, "different": False}


class GoldError(LoaderError):
    """Gold data that cannot be used; its text says where and why."""


@dataclass(frozen=True)
class Gold:
    """Names, and which two of them are of one organisation.

    :param entities: each name as an entity of its own, with the identifier that the file gives it.
    :param same: the pairs that are one.
    :param different: the pairs that are two; ``None`` where all other pairs are.
    :param left_out: rows that tell nothing sure and are left out.
    """

    entities: Sequence[Entity]
    same: frozenset[Pair]
    different: frozenset[Pair] | None
    left_out: int = 0

    def without_identifiers(self) -> "Gold":
        """Return the same names with nothing beside them."""
        bare = [Entity(one.iri, Described(one.described.kind, one.described.texts)) for one in self.entities]
        return Gold(bare, self.same, self.different, self.left_out)


def read_gold(path: Path, half: str = "all") -> Gold:
    """Read gold data in one of two forms.

    Names with identifiers: the identifier in the first column, called ``ref`` for org-ids or by its register such as
    ``pic``, and a column ``name``. All pairs of names of one identifier count as one organisation, all other pairs as
    two. Such data is silver: publishers put names under wrong identifiers. So a name that stands under several
    identifiers, by the file itself or by its column ``refs_sharing_this_name``, counts neither way and is left out, as
    is what is no identifier. One that differs only in leading zeros is the same identifier.

    Labelled pairs: the columns ``left``, ``right`` and ``same`` (yes or no); only the pairs listed count.

    Halves are drawn by a digest of the identifier, for labelled pairs of the first of all names that pairs join: no
    identifier and no name is in both.

    :param path: a CSV file in UTF-8.
    :param half: ``tuning``, ``test`` or ``all``.
    :raises GoldError: if it is neither form, or a line is wrong.
    :raises SourceError: if the file cannot be read.
    """
    file, text = read_text(path, _LARGEST)
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        columns = list(reader.fieldnames or ())
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise GoldError(f"{file.name}, line {reader.line_num}: no CSV: {error}.") from error
    if {"left", "right", "same"} <= set(columns):
        return _of_pairs(file.name, rows, half)
    if len(columns) < 2 or "name" not in columns[1:]:
        raise GoldError(
            f"{file.name}, line 1: the columns are {', '.join(columns) or 'none'}. Gold data has an identifier in the "
            "first column and a column name, or the columns left, right and same."
        )
    return _of_names(file.name, columns[0], rows, half)


def _of_names(file: str, column: str, rows: Sequence[tuple[int, Mapping[str, str | None]]], half: str) -> Gold:
    under: dict[str, set[str]] = defaultdict(set)
    read = []
    for line, row in rows:
        identifier, name = ((row[key] or "").strip() for key in (column, "name"))
        if not name or None in row.values():
            raise GoldError(f"{file}, line {line}: {'the name is empty' if not name else 'a cell is missing'}.")
        code = _code(column, identifier)
        key = f"{code.register} {code.number}" if code is not None else ""
        shared = (row.get("refs_sharing_this_name") or "1").strip() or "1"
        if not shared.isdecimal():
            raise GoldError(f"{file}, line {line}: refs_sharing_this_name is {shared!r} and has to be a number.")
        under[lookup_key(name)].add(key)
        read.append((code, key, name, int(shared)))
    sure = [
        (code, key, name)
        for code, key, name, shared in read
        if code is not None and shared < 2 and len(under[lookup_key(name)]) == 1
    ]
    entities: list[Entity] = []
    by_key: dict[str, list[str]] = defaultdict(list)
    for code, key, name in sure:
        if half in {"all", _half(key)}:
            entities.append(Entity(f"{len(entities):07}", Described("organisation", (name,), codes=frozenset({code}))))
            by_key[key].append(entities[-1].iri)
    same = frozenset(pair for keys in by_key.values() for pair in combinations(keys, 2))
    return Gold(entities, same, None, len(read) - len(sure))


def _of_pairs(file: str, rows: Sequence[tuple[int, Mapping[str, str | None]]], half: str) -> Gold:
    labelled: dict[tuple[str, str], bool] = {}
    for line, row in rows:
        left, right, said = ((row[key] or "").strip() for key in ("left", "right", "same"))
        if not left or not right or left == right:
            raise GoldError(f"{file}, line {line}: left and right have to be two names.")
        if said.casefold() not in _LABELS:
            raise GoldError(f"{file}, line {line}: same is {said!r} and has to be yes or no.")
        pair = (left, right) if left < right else (right, left)
        if labelled.setdefault(pair, _LABELS[said.casefold()]) is not _LABELS[said.casefold()]:
            raise GoldError(f"{file}, line {line}: these two are told as the same and as different: {left}, {right}.")
    taken = dict(_in_half(labelled, half))
    names = {name: f"{place:07}" for place, name in enumerate(sorted({name for pair in taken for name in pair}))}
    told: dict[bool, list[Pair]] = {True: [], False: []}
    for (one, other), same in taken.items():
        told[same].append((names[one], names[other]))
    entities = [Entity(iri, Described("organisation", (name,))) for name, iri in names.items()]
    return Gold(entities, frozenset(told[True]), frozenset(told[False]))


def _in_half(labelled: Mapping[Pair, bool], half: str) -> Iterator[tuple[Pair, bool]]:
    first: dict[str, str] = {}

    def find(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for pair in labelled:
        low, high = sorted(map(find, pair))
        first[high] = low
    for pair, same in labelled.items():
        if half in {"all", _half(find(pair[0]))}:
            yield pair, same


def _code(column: str, identifier: str) -> Code | None:
    if not identifier_of(identifier):
        return None
    register, number = split_identifier(identifier) if column == "ref" else (column, identifier)
    return code_of(register, number)


def _half(key: str) -> str:
    return HALVES[hashlib.blake2b(key.encode(), digest_size=8).digest()[0] % 2]
