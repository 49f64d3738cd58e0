"""A store that was patched is the store that its content gives, whatever the change."""

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.store.canonical import write_canonical
from graph_app.store.difference import changes
from graph_app.store.oxigraph import StoreError, build_store
from graph_app.store.patching import copy_store, patch_store

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Values that a store does not tell apart, and some that it does.
VALUES = [
    f'"1.5"^^<{XSD}decimal>', f'"1.50"^^<{XSD}decimal>', f'"01"^^<{XSD}integer>', f'"1"^^<{XSD}integer>',
    '"a"@cs-cz', '"a"@CS-cz', '"a"', "<urn:a>", f'"2020-01-01"^^<{XSD}date>', f'"+1.5"^^<{XSD}decimal>',
]  # fmt: skip
LINES = st.builds(
    "<urn:{}> <urn:p{}> {} <urn:{}> .\n".format,
    st.sampled_from("st"),
    st.sampled_from(["", "q"]),
    st.sampled_from(VALUES),
    st.sampled_from("gh"),
)


def everything(store: Path) -> tuple[set[str], set[str]]:
    opened = ox.Store.read_only(str(store))
    return {str(quad) for quad in opened}, {str(graph) for graph in opened.named_graphs()}


def store_of(folder: Path, name: str, lines: Collection[str]) -> tuple[Path, Path]:
    content = folder / f"{name}.nq"
    write_canonical(lines, content)
    build_store(folder / name, content)
    return folder / name, content


@pytest.mark.parametrize("examples", [8, pytest.param(60, marks=pytest.mark.soak)])
def test_a_patched_store_is_the_store_of_its_content(examples: int) -> None:
    lines = st.sets(LINES, max_size=25)
    settings(max_examples=examples, deadline=None)(given(old=lines, new=lines, stays=lines)(patched_is_built))()


def patched_is_built(old: set[str], new: set[str], stays: set[str]) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        before, old_content = store_of(folder, "old", old | stays)
        after, new_content = store_of(folder, "new", new | stays)
        found = list(changes(old_content, new_content))
        patched = folder / "patched"
        copy_store(before, patched)
        untouched = everything(before)
        patch_store(
            patched,
            [line for change in found for line in sorted(change.removed)],
            [line for change in found for line in sorted(change.added | change.kept)],
        )
        assert everything(patched) == everything(after)
        assert everything(before) == untouched
        assert {line.decode() for change in found for line in change.added} == (new | stays) - (old | stays)
        assert {line.decode() for change in found for line in change.removed} == (old | stays) - (new | stays)


def test_a_statement_leaves_the_union_with_the_last_graph_that_holds_it(tmp_path: Path) -> None:
    lines = [f"<urn:s> <urn:p> <urn:o> <urn:{graph}> .\n" for graph in "gh"]
    store, _ = store_of(tmp_path, "store", lines)
    union = "<urn:s> <urn:p> <urn:o>"
    patch_store(store, [lines[0].encode()], [])
    assert everything(store) == ({union, f"{union} <urn:h>"}, {"<urn:h>"})
    patch_store(store, [lines[1].encode()], [])
    assert everything(store) == (set(), set())


def test_what_is_added_survives_what_is_removed(tmp_path: Path) -> None:
    line = b"<urn:s> <urn:p> <urn:o> <urn:g> .\n"
    store, _ = store_of(tmp_path, "store", [line.decode()])
    patch_store(store, [line], [line])
    assert len(everything(store)[0]) == 2


def test_a_bad_line_is_said(tmp_path: Path) -> None:
    store, _ = store_of(tmp_path, "store", [])
    with pytest.raises(StoreError, match="cannot be changed"):
        patch_store(store, [], [b"<urn:s> <urn:p> <urn:o o> <urn:g> .\n"])


def test_without_a_store_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be copied"):
        copy_store(tmp_path / "no", tmp_path / "copy")
    store, _ = store_of(tmp_path, "store", [])
    with pytest.raises(StoreError, match="cannot be copied"):
        copy_store(store, tmp_path)


@pytest.mark.parametrize("missing", ["old", "new"])
def test_a_file_that_is_not_there_has_no_lines(missing: str, tmp_path: Path) -> None:
    content = tmp_path / "a.nq"
    content.write_text("<urn:s> <urn:p> <urn:o> <urn:g> .\n", encoding="utf-8")
    (change,) = changes(None, content) if missing == "old" else changes(content, None)
    assert (len(change.added), len(change.removed)) == ((1, 0) if missing == "old" else (0, 1))
