import json
from pathlib import Path

import pytest

from graph_app.store.oxigraph import StoreError, build_store, extend_store, open_store

GOOD = '<urn:s> <urn:p> "a"@en <urn:g> .\n<urn:s> <urn:p> "a"@en <urn:h> .\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "in.nq"
    path.write_text(text, encoding="utf-8")
    return path


def rows(store: Path, query: str) -> int:
    return len(json.loads(open_store(store).evaluate(query).body)["results"]["bindings"])


def test_graphs_are_read_as_one_without_repetition(tmp_path: Path) -> None:
    build_store(tmp_path / "store", write(tmp_path, GOOD))
    assert rows(tmp_path / "store", "SELECT * { ?s ?p ?o }") == 1
    assert rows(tmp_path / "store", "SELECT * { GRAPH ?g { ?s ?p ?o } }") == 2
    assert rows(tmp_path / "store", "SELECT * FROM <urn:g> { ?s ?p ?o }") == 1
    assert rows(tmp_path / "store", "SELECT * FROM <urn:other> { ?s ?p ?o }") == 0


def test_a_store_can_be_extended_until_it_is_published(tmp_path: Path) -> None:
    build_store(tmp_path / "store", write(tmp_path, GOOD))
    extend_store(tmp_path / "store", write(tmp_path, '<urn:t> <urn:p> "a <b> <c> ." <urn:g> .\n'))
    assert rows(tmp_path / "store", "SELECT * { ?s ?p ?o }") == 2


@pytest.mark.parametrize(
    "line",
    [
        "<urn:s t> <urn:p> <urn:o> <urn:g> .",
        "<relative> <urn:p> <urn:o> <urn:g> .",
        "<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .",
        '<urn:s> <urn:p> "a"@not_a_tag <urn:g> .',
        '<urn:s> "p" <urn:o> <urn:g> .',
    ],
)
def test_a_bad_line_is_named(line: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"in\.nq, line 3: "):
        build_store(tmp_path / "store", write(tmp_path, f"{GOOD}{line}\n"))


def test_a_bad_line_of_a_later_file_is_named(tmp_path: Path) -> None:
    first, second = tmp_path / "first.nq", tmp_path / "second.nq"
    first.write_text(GOOD * 3000, encoding="utf-8")
    second.write_text(f"{GOOD}\n{GOOD}<urn:s> <urn:p> <urn:g> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"second\.nq, line 6: "):
        build_store(tmp_path / "store", first, second)


def test_parts_at_once_give_the_store_of_one_and_name_a_bad_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_app.store.union.PART", 500)
    lines = [f"<urn:s{n % 70}> <urn:p> <urn:o{n % 90}> <urn:g{n % 3}> .\n" for n in range(2000)]
    good = write(tmp_path, "".join(lines))
    build_store(tmp_path / "store", good)
    assert rows(tmp_path / "store", "SELECT * { GRAPH ?g { ?s ?p ?o } }") == len(set(lines))
    assert rows(tmp_path / "store", "SELECT * { ?s ?p ?o }") == len({line.rpartition(" <")[0] for line in lines})
    lines[1234] = "<urn:s> <urn:p> .\n"
    with pytest.raises(StoreError, match=r"in\.nq, line 1235: "):
        build_store(tmp_path / "bad", write(tmp_path, "".join(lines)))


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.nq" for number in range(3)]
    for path in paths:
        path.write_text(GOOD + f"<urn:{path.stem}> <urn:p> <urn:o> <urn:{path.stem}> .\n", encoding="utf-8")
    paths[1].write_bytes(b"")
    build_store(tmp_path / "store", *paths)
    assert rows(tmp_path / "store", "SELECT * { ?s ?p ?o }") == 3
    assert rows(tmp_path / "store", "SELECT * { GRAPH ?g { ?s ?p ?o } }") == 4


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(StoreError, match="something is there already"):
        build_store(tmp_path / "store", write(tmp_path, GOOD))


@pytest.mark.parametrize("made", [False, True])
def test_no_store_is_no_store(made: bool, tmp_path: Path) -> None:
    if made:
        (tmp_path / "store").mkdir()
    with pytest.raises(StoreError):
        open_store(tmp_path / "store")


@pytest.mark.parametrize("pattern", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_store_is_said_to_be_so(pattern: str, tmp_path: Path) -> None:
    build_store(tmp_path / "store", write(tmp_path, GOOD))
    damaged = list((tmp_path / "store").glob(pattern))
    assert damaged
    for path in damaged:
        path.write_bytes(b"no such thing")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "store")


def test_reading_leaves_the_folder_as_it_is(tmp_path: Path) -> None:
    build_store(tmp_path / "store", write(tmp_path, GOOD))

    def state() -> dict[str, tuple[int, int]]:
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in (tmp_path / "store").iterdir()}

    before = state()
    open_store(tmp_path / "store").evaluate("SELECT * { ?s ?p ?o }")
    assert state() == before
