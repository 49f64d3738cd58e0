"""Whoever watches is told how far a file is read, up to its end, and nobody else is."""

from pathlib import Path

from loaders.sources.files import read_file
from loaders.sources.watched import watching


def test_reading_is_told_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(b"x" * 1_000_000)
    file = read_file(path)
    told: list[tuple[str, int, int]] = []
    with watching(lambda *where: told.append(where)), file.open() as stream:
        assert stream.read() == path.read_bytes()
    positions = [position for _, position, _ in told]
    assert positions == sorted(positions)
    assert told[-1] == ("big.csv", 1_000_000, 1_000_000)
    before = len(told)
    with file.open() as stream:
        assert len(stream.read()) == 1_000_000
    assert len(told) == before
