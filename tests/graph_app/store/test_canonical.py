import hashlib
import os
import random
from pathlib import Path

import pytest

from graph_app.store import canonical
from graph_app.store.canonical import Written, write_canonical

LINES = [f'<urn:s{n}> <urn:p> "{n} \u2028 ž\u0085"@cs <urn:g> .\n' for n in range(50)]


@pytest.mark.parametrize(("size", "block"), [(100, 100), (350, 1), (350, 100), (1000, 200), (100_000, 100)])
def test_order_and_repetition_make_no_difference(
    size: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canonical, "TEXT", size)
    monkeypatch.setattr(canonical, "_BLOCK", block)
    mixed = [*LINES, *LINES[:20]]
    random.Random(7).shuffle(mixed)  # noqa: S311 - a fixed disorder
    path = tmp_path / "content.nq"
    written = write_canonical(mixed, path)
    expected = "".join(sorted(LINES)).encode()
    assert path.read_bytes() == expected
    assert written == Written(hashlib.sha256(expected).hexdigest(), len(expected), len(LINES))
    assert [found.name for found in tmp_path.iterdir()] == ["content.nq"]


def test_values_stay_as_they_are_written(tmp_path: Path) -> None:
    line = '<urn:s> <urn:p> "01.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .\n'
    write_canonical([line], tmp_path / "content.nq")
    assert (tmp_path / "content.nq").read_text(encoding="utf-8") == line


def test_nothing_gives_an_empty_file(tmp_path: Path) -> None:
    assert write_canonical([], tmp_path / "content.nq") == Written(hashlib.sha256(b"").hexdigest(), 0, 0)


def test_a_text_may_hold_several_lines(tmp_path: Path) -> None:
    whole = write_canonical(["".join(LINES)], tmp_path / "whole.nq")
    assert whole == write_canonical(LINES, tmp_path / "single.nq")


@pytest.mark.parametrize("size", [1, 100_000])
def test_a_line_stands_before_one_that_it_begins(size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "TEXT", size)
    write_canonical(["b \t.\n", "b \n", "b  \n", "a\0b\n"], tmp_path / "content.nq")
    assert (tmp_path / "content.nq").read_bytes() == b"a\0b\nb \nb \t.\nb  \n"


def test_what_sorting_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "TEXT", 10)
    (tmp_path / "bin").mkdir()
    sort = tmp_path / "bin/sort"
    sort.write_text("#!/bin/sh\necho no room left >&2\nexit 2\n", encoding="utf-8")
    sort.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    with pytest.raises(OSError, match="no room left"):
        write_canonical(LINES, tmp_path / "content.nq")
