"""A file that was revised is the file that would have been written from its lines."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.store import revision
from graph_app.store.canonical import write_canonical
from graph_app.store.difference import changes
from graph_app.store.revision import Revision

LINES = st.builds(
    lambda subject, predicate, value: f'<urn:s{subject}> <urn:p{predicate}> "{value}" <urn:g> .\n'.encode(),
    st.integers(0, 12),
    st.integers(0, 2),
    st.sampled_from(["", " ", "a", "á <urn:s1> <urn:p1> ", "b" * 50]),
)
SETS = st.sets(LINES, max_size=40)


@settings(max_examples=200, deadline=None)
@given(old=SETS, removed=SETS, added=SETS)
def test_revised_is_written_anew(old: set[bytes], removed: set[bytes], added: set[bytes]) -> None:
    with TemporaryDirectory() as temporary:
        before, after, expected = (Path(temporary) / name for name in ("before", "after", "expected"))
        first = write_canonical((line.decode() for line in old), before)
        second = write_canonical((line.decode() for line in (old - removed) | added), expected)
        revised = Revision(before, first, removed, added)
        assert revised.write(after) == second
        assert after.read_bytes() == expected.read_bytes()
        assert revised.changes == tuple(changes(before, expected))


@pytest.mark.parametrize(
    "broken", [b"<urn:s1> <urn:p1> <urn:o> <urn:g> .\n<urn:s2> <urn:p1> <urn:o", b"\n\n", b"", b"<a"]
)
def test_a_file_that_is_not_as_it_was_written_is_refused(broken: bytes, tmp_path: Path) -> None:
    line = "<urn:s2> <urn:p1> <urn:a> <urn:g> .\n"
    known = write_canonical([line], tmp_path / "old")
    (tmp_path / "old").write_bytes(broken)
    revised = Revision(tmp_path / "old", known, {line.encode()}, {line.encode(), b"a b c"})
    assert revised.write(tmp_path / "new") is None


def test_a_system_that_does_not_copy_by_itself_is_helped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision.sys, "platform", "other")
    monkeypatch.setattr(revision, "_BLOCK", 7)
    lines = [f"<urn:s{n}> <urn:p> <urn:o> <urn:g> .\n" for n in range(9)]
    known = write_canonical(lines, tmp_path / "old")
    written = Revision(tmp_path / "old", known, {lines[4].encode()}, ()).write(tmp_path / "new")
    assert written == write_canonical(lines[:4] + lines[5:], tmp_path / "expected")
    assert (tmp_path / "new").read_bytes() == (tmp_path / "expected").read_bytes()
