"""A file that was revised is the file that would have been written from its lines."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.store.canonical import write_canonical
from graph_app.store.difference import changes
from graph_app.store.revision import revise

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
        revised = revise(before, after, removed, added)
        assert after.read_bytes() == expected.read_bytes()
        assert revised.written == second
        assert revised.before == first.sha256
        assert revised.changes == tuple(changes(before, expected))


def test_a_file_that_is_not_whole_is_revised_to_its_end(tmp_path: Path) -> None:
    broken = b"<urn:s1> <urn:p1> <urn:o> <urn:g> .\n<urn:s2> <urn:p1> <urn:o"
    (tmp_path / "old").write_bytes(broken)
    line = b"<urn:s2> <urn:p1> <urn:a> <urn:g> .\n"
    revised = revise(tmp_path / "old", tmp_path / "new", {b"<urn:s1> <urn:p1> <urn:o> <urn:g> .\n"}, {line})
    assert revised.before == hashlib.sha256(broken).hexdigest()
    assert line in (tmp_path / "new").read_bytes()
