"""What a newer file changes is counted by entity, whatever the order of its records and wherever they stand."""

import random

from hypothesis import given
from hypothesis import strategies as st

from loaders.changes import Changes, Contents, compare
from loaders.records import Cell, Record, SourceRef


def contents(*said: tuple[str, str], seed: int = 0) -> Contents:
    """Projects with titles, in an order of their own, each in a place of its own."""
    found = Contents()
    shuffled = random.Random(seed).sample(said, len(said))  # noqa: S311 - an order, no secret
    for row, (key, title) in enumerate(shuffled):
        place = SourceRef("data", "file.csv", "0" * 64, row=row)
        found.take(Record("project", (key,), place, {"title": (Cell(title, "A", row),)}))
    return found


def test_every_entity_is_counted_once() -> None:
    old = contents(("a", "One"), ("b", "Two"), ("c", "Three"))
    new = contents(("b", "Two"), ("c", "Third"), ("d", "Four"), ("e", "Five"), seed=1)
    assert compare(old, new) == {"project": Changes(new=2, replaced=1, kept=1, retired=1)}


def test_several_records_of_one_entity_are_one_entity() -> None:
    old = contents(("a", "One"), ("a", "Eins"), ("a", "One"))
    assert compare(old, contents(("a", "Eins"), ("a", "One"))) == {"project": Changes(0, 0, 1, 0)}
    assert compare(old, contents(("a", "One"))) == {"project": Changes(0, 1, 0, 0)}


def test_the_same_keys_in_another_space_are_other_entities() -> None:
    old, new = contents(("a", "One"), ("b", "Two")), contents(("a", "One"), ("b", "Two"))
    new.space = "elsewhere"
    assert compare(old, new) == {"project": Changes(new=2, replaced=0, kept=0, retired=2)}


def test_a_kind_that_one_file_lacks() -> None:
    assert compare(Contents(), contents(("a", "One"))) == {"project": Changes(1, 0, 0, 0)}
    assert compare(contents(("a", "One")), Contents()) == {"project": Changes(0, 0, 0, 1)}
    assert compare(Contents(), Contents()) == {}


_files = st.dictionaries(st.text(max_size=3), st.text(max_size=2), max_size=30)


@given(_files, _files, st.integers(0, 9))
def test_counts_are_those_of_sets(old: dict[str, str], new: dict[str, str], seed: int) -> None:
    both = old.keys() & new.keys()
    kept = sum(old[key] == new[key] for key in both)
    expected = Changes(len(new.keys() - both), len(both) - kept, kept, len(old.keys() - both))
    found = compare(contents(*old.items()), contents(*new.items(), seed=seed))
    assert found.get("project", Changes(0, 0, 0, 0)) == expected
