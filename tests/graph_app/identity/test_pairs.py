"""The labelled pairs of names: what is suggested, and what comes first, among all names of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_app.identity.described import Described
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.organisations import judge_organisation
from graph_app.identity.suggestions import SHOWN, Suggestion

HERE = Path(__file__).parent
PAIRS: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load((HERE / "pairs.yaml").read_text(encoding="utf-8"))
#: Measured figures, of which a change may better any and worsen none.
EXPECTED: dict[str, dict[str, float]] = YAML(typ="safe").load((HERE / "expected.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Pair:
    one: Described
    other: Entity
    label: str


def described(name: str, seat: str) -> Described:
    return Described("organisation", (name,), seat="" if seat == "-" else seat)


def half(name: str) -> list[Pair]:
    found = []
    halves = {"tuning": slice(0, None, 2), "report": slice(1, None, 2), "fresh": slice(None)}
    for kind, rows in PAIRS.items():
        for row in rows[halves[name]] if (kind == "fresh") is (name == "fresh") else ():
            seats = row.get("seats", ["-", "-"])
            other = Entity(f"https://example.org/{len(found)}", described(row["other"], seats[1]))
            found.append(Pair(described(row["one"], seats[0]), other, row["is"]))
    return found


def suggest(index: Index, wanted: Described) -> list[Suggestion]:
    judged = (judge_organisation(wanted, entity, index) for entity in index.near(wanted))
    shown = [suggestion for suggestion in judged if suggestion is not None and suggestion.score >= SHOWN]
    return sorted(shown, key=lambda found: (found.relation is not Relation.SAME, -found.score))


def share(part: Sequence[bool]) -> float:
    return round(sum(part) / len(part), 3)


def clusters() -> dict[str, str]:
    """Return for every name of the list one name that stands for all that are labelled the same."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        while head.setdefault(name, name) != name:
            name = head[name]
        return name

    for rows in PAIRS.values():
        for row in rows:
            one, other = find(row["one"]), find(row["other"])
            if row["is"] == "same":
                head[one] = other
    return {name: find(name) for name in list(head)}


def measure(pairs: list[Pair]) -> dict[str, float]:
    """Measure what is suggested, with all other names of the half around: names that no label joins are two."""
    index = Index(pair.other for pair in pairs)
    head = clusters()
    labels = {(pair.one.texts, pair.other.iri): pair.label for pair in pairs}
    unsure = {frozenset((row["one"], row["other"])) for rows in PAIRS.values() for row in rows if row["is"] == "unsure"}
    told = [(pair, suggest(index, pair.one)) for pair in pairs]

    def right(pair: Pair, found: Suggestion) -> bool:
        label = labels.get((pair.one.texts, found.iri))
        return label == "same" if label else head[pair.one.texts[0]] == head[found.name]

    same = [
        (pair, found)
        for pair, all_ in told
        for found in all_
        if found.relation is Relation.SAME and frozenset((*pair.one.texts, found.name)) not in unsure
    ]
    alike = [(pair, all_) for pair, all_ in told if pair.label == "same"]
    kin = [(pair, all_) for pair, all_ in told if pair.label == "part"]
    return {
        "precision": share([right(pair, found) for pair, found in same]),
        "recall": share([(pair.other.iri, "same") in {(x.iri, x.relation) for x in all_} for pair, all_ in alike]),
        "first": share([bool(all_) and right(pair, all_[0]) for pair, all_ in alike]),
        "parts": share([(pair.other.iri, "part") in {(x.iri, x.relation) for x in all_} for pair, all_ in kin]),
    }


@pytest.mark.parametrize("name", ["tuning", "report", "fresh"])
def test_what_is_suggested_is_right_as_often_as_before(name: str) -> None:
    assert measure(half(name)) == EXPECTED[name]


def test_no_pair_that_is_known_to_differ_is_called_probably_the_same() -> None:
    for name in ("tuning", "report"):
        pairs = half(name)
        index = Index(pair.other for pair in pairs)
        for pair in pairs:
            if pair.label in {"different", "part"}:
                found = judge_organisation(pair.one, pair.other, index)
                wrong = found is not None and found.relation is Relation.SAME and found.score >= 0.9
                assert not wrong, (pair.one.texts, pair.other.described.texts, found)


def test_the_list_holds_every_kind_of_pair_in_both_halves() -> None:
    for name in ("tuning", "report"):
        assert {pair.label for pair in half(name)} == {"same", "different", "part", "unsure"}
    assert sum(map(len, PAIRS.values())) >= 120
