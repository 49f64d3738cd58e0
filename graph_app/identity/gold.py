"""Names of which it is known which ones mean one organisation: read to measure how well that is found."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_app.identity.described import Code, Described, code_of
from graph_app.identity.index import Entity
from loaders.errors import SourceError
from loaders.normalise.countries import country_code
from loaders.normalise.folding import words
from loaders.sources.iati.identity import split_identifier

__all__ = ["Gold", "Pair", "halves", "read_gold"]

#: A table of labelled names is small; what is larger is something else.
_MOST_BYTES = 64 * 1024 * 1024
_IDENTIFIERS = ("ref", "pic", "id", "identifier")
_SAME = {"yes", "same", "true", "1"}
_DIFFERENT = {"no", "different", "false", "0"}

Pair = tuple[str, str]


@dataclass(frozen=True)
class Gold:
    """Names, and which pairs of them mean one organisation.

    :param entities: an entity for each name as written; its IRI is the name.
    :param same: the pairs that mean one, in the order of the alphabet.
    :param unknown: pairs of which the table does not tell.
    :param labelled: all pairs that count, or ``None`` where every pair counts that is not unknown.
    """

    entities: Sequence[Entity]
    same: frozenset[Pair]
    unknown: frozenset[Pair] = frozenset()
    labelled: frozenset[Pair] | None = None

    def without_identifiers(self) -> "Gold":
        """Return the same with nothing but names and seats."""
        bare = [
            Entity(entity.iri, Described("organisation", entity.described.texts, seat=entity.described.seat))
            for entity in self.entities
        ]
        return Gold(bare, self.same, self.unknown, self.labelled)


def halves(path: Path) -> tuple[Gold, Gold]:
    """Read a table and split it by identifier: one half to tune on, one to test on.

    An identifier with all its names, and a labelled pair, is in one half alone.

    :param path: as :func:`read_gold`.
    :raises SourceError: if it cannot be read.
    """
    rows = _rows(path)
    parts: tuple[list[dict[str, str]], list[dict[str, str]]] = ([], [])
    key = _identifier_column(rows[0])
    for row in rows:
        said = row[key] if key else "\x1f".join(sorted((row["left"], row["right"])))
        parts[hashlib.blake2b(said.encode(), digest_size=1, person=b"halves").digest()[0] % 2].append(row)
    return _gold(parts[0], key), _gold(parts[1], key)


def read_gold(path: Path) -> Gold:
    """Read a table of names.

    Either a column ``ref``, ``pic``, ``id`` or ``identifier`` beside ``name``, and perhaps ``countries``: names of one
    identifier are one organisation, names of two are two, but where the two share a name, in whatever letters, the
    table does not tell. Or columns ``left``, ``right`` and ``same`` with ``yes`` or ``no``: these pairs alone count.

    :param path: a CSV file in UTF-8.
    :raises SourceError: if it cannot be read, or is no such table.
    """
    rows = _rows(path)
    return _gold(rows, _identifier_column(rows[0]))


def _rows(path: Path) -> list[dict[str, str]]:
    if path.stat().st_size > _MOST_BYTES:
        raise SourceError(f"{path.name} is larger than a table of labelled names: 64 MiB are the most.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [{name: text or "" for name, text in row.items() if name} for row in csv.DictReader(stream)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path.name} is no CSV file in UTF-8: {error}") from error
    if not rows:
        raise SourceError(f"{path.name} has no rows.")
    pairs = {"left", "right", "same"} <= rows[0].keys()
    if not pairs and (not _identifier_column(rows[0]) or "name" not in rows[0]):
        wanted = ", ".join(_IDENTIFIERS)
        raise SourceError(f"{path.name} needs the columns left, right and same, or name beside one of {wanted}.")
    return rows


def _identifier_column(row: Mapping[str, str]) -> str:
    return "" if "left" in row else next((name for name in _IDENTIFIERS if name in row), "")


def _gold(rows: Sequence[Mapping[str, str]], key: str) -> Gold:
    return _of_names(rows, key) if key else _of_pairs(rows)


def _of_names(rows: Sequence[Mapping[str, str]], key: str) -> Gold:
    identifiers: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name, identifier = row["name"].strip(), row[key].strip()
        if name and identifier:
            identifiers[name].add(identifier)
            names[identifier].add(name)
            countries[name].update(filter(None, row.get("countries", "").split("|")))
    entities = [
        Entity(name, Described("organisation", (name,), seat=_seat(countries[name]), codes=_codes(found, key)))
        for name, found in identifiers.items()
    ]
    same = frozenset(pair for having in names.values() for pair in _pairs(having))
    # Identifiers that share a name, in whatever letters, may number one organisation twice.
    spelt: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, having in identifiers.items():
        spelt[words(name)] |= having
    linked = {pair for having in spelt.values() for pair in _pairs(having)}
    unknown = {
        (min(one, other), max(one, other)) for left, right in linked for one in names[left] for other in names[right]
    }
    return Gold(entities, same, frozenset(unknown - same))


def _of_pairs(rows: Sequence[Mapping[str, str]]) -> Gold:
    seats: dict[str, set[str]] = defaultdict(set)
    same, labelled = set(), set()
    for number, row in enumerate(rows, 2):
        left, right, label = (row[name].strip() for name in ("left", "right", "same"))
        for name, column in ((left, "left_country"), (right, "right_country")):
            seats[name].update(filter(None, [row.get(column, "")]))
        if label.casefold() not in _SAME | _DIFFERENT:
            raise SourceError(f"Row {number} says “{label}” under same: write yes or no.")
        pair = (min(left, right), max(left, right))
        labelled.add(pair)
        if label.casefold() in _SAME:
            same.add(pair)
    entities = [Entity(name, Described("organisation", (name,), seat=_seat(found))) for name, found in seats.items()]
    return Gold(entities, frozenset(same), labelled=frozenset(labelled))


def _pairs(having: Iterable[str]) -> Iterable[Pair]:
    ordered = sorted(having)
    return ((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])


def _seat(countries: set[str]) -> str:
    return country_code(next(iter(countries))) or "" if len(countries) == 1 else ""


def _codes(identifiers: Iterable[str], key: str) -> frozenset[Code]:
    told = (split_identifier(text) if key == "ref" else (key.upper(), text) for text in identifiers)
    return frozenset(code for pair in told if (code := code_of(*pair)) is not None)
