"""Lines that are found in sorted text are those that a look at every line finds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from graph_app.store.sorted_lines import beginning_with, mapped, with_object

IRIS = [f"urn:x:{number}" for number in range(40)]
_TERMS = st.sampled_from(IRIS).map(lambda iri: f"<{iri}>")
_LITERALS = st.sampled_from(IRIS).map(lambda iri: f'"says <{iri}> <urn:g> ."')
_LINES = st.builds(
    lambda subject, predicate, value: f"{subject} {predicate} {value} <urn:g> .\n".encode(),
    _TERMS,
    _TERMS,
    st.one_of(_TERMS, _LITERALS),
)
_TEXTS = st.lists(_LINES, max_size=60, unique=True).map(sorted)


@given(_TEXTS, st.sampled_from(IRIS))
def test_lines_of_one_subject(lines: list[bytes], iri: str) -> None:
    key = f"<{iri}> ".encode()
    assert beginning_with(b"".join(lines), key) == [line for line in lines if line.startswith(key)]


@given(_TEXTS, st.sets(st.sampled_from(IRIS)))
def test_lines_with_one_of_some_objects(lines: list[bytes], iris: set[str]) -> None:
    wanted = {iri.encode() for iri in iris}
    expected = [line for line in lines if line.split(b" ", 2)[2].split(b"> ")[0].removeprefix(b"<") in wanted]
    assert sorted(with_object(b"".join(lines), wanted)) == expected


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "empty.nq"
    path.touch()
    with mapped(path) as text:
        assert beginning_with(text, b"<urn:x> ") == []
        assert list(with_object(text, {b"urn:x"})) == []
