"""A greater graph gets more memory, within bounds that issue and machine set."""

from pathlib import Path

import pytest

from graph_app.columns.database import FILE
from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.memory import memory_for_columns, memory_for_text

MIB, GIB = 1 << 20, 1 << 30


def _sized(path: Path, size: int) -> Path:
    """A file that takes no room on disk, whatever its size."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((), 640 * MIB),
        ((3 * GIB // 2,), 640 * MIB),
        ((4 * GIB, 4 * GIB), GIB),
        ((20 * GIB, 4), 2 * GIB),
    ],
)
def test_text(tmp_path: Path, sizes: tuple[int, ...], expected: int) -> None:
    contents = [_sized(tmp_path / f"{place}.nq", size) for place, size in enumerate(sizes)]
    assert memory_for_text(contents) == expected


@pytest.mark.parametrize(("size", "expected"), [(30 * MIB, 640 * MIB), (200 * MIB, 1200 * MIB), (GIB, 2 * GIB)])
def test_columns(tmp_path: Path, size: int, expected: int) -> None:
    _sized(tmp_path / FILE, size)
    assert memory_for_columns(tmp_path) == expected


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ColumnsError, match=r"none\.nq cannot be read"):
        memory_for_text([tmp_path / "none.nq"])
    with pytest.raises(ColumnsError, match="cannot be opened"):
        memory_for_columns(tmp_path / "none")
