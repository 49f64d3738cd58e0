"""A large file is read in a process of its own, and nobody can tell but by the time it takes."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loaders.datasets import Dataset
from loaders.errors import SourceError, SourceFault
from loaders.findings import Location, finding
from loaders.sources.beside import SMALL, read_beside
from loaders.sources.files import read_file
from loaders.sources.watched import watching

DATASET = Dataset("sample", {"en": "Sample"}, "template", "sample")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x\n" * SMALL)
    return path


def pids(path: Path, dataset: Dataset) -> Iterator[int]:
    del path, dataset
    yield os.getpid()


def test_a_large_file_is_read_beside_and_a_small_one_here(large: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text("x", encoding="utf-8")
    assert list(read_beside(pids, large, DATASET)) != [os.getpid()]
    assert list(read_beside(pids, tmp_path, DATASET)) != [os.getpid()]
    assert list(read_beside(pids, small, DATASET)) == [os.getpid()]


def test_a_server_reads_by_itself(large: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: list(read_beside(pids, large, DATASET))).result() == [os.getpid()]


def test_what_is_read_comes_in_order_with_how_far_it_is(large: Path) -> None:
    def lines(path: Path, dataset: Dataset) -> Iterator[tuple[str, int]]:
        with read_file(path).open() as stream:
            for number, line in enumerate(stream):
                if not number % 10_000:
                    yield dataset.key, number
                assert line == b"x\n"

    told: list[int] = []
    with watching(lambda _name, position, _size: told.append(position)):
        found = list(read_beside(lines, large, DATASET))
    assert found == [("sample", number) for number in range(0, SMALL, 10_000)]
    assert told == sorted(told)
    assert told[-1] == large.stat().st_size


def fault(path: Path, dataset: Dataset) -> Iterator[int]:
    yield from pids(path, dataset)
    raise SourceFault(finding("no-records", Location("a.csv")), finding("no-rows", Location("b.csv")))


def bug(path: Path, dataset: Dataset) -> Iterator[int]:
    yield from pids(path, dataset)
    raise KeyError("bug")


def killed(path: Path, dataset: Dataset) -> Iterator[int]:
    yield from pids(path, dataset)
    time.sleep(0.2)
    os._exit(9)


@pytest.mark.parametrize(
    ("read", "error", "part"),
    [
        (fault, SourceFault, "a.csv"),
        (bug, KeyError, "bug"),
        (killed, SourceError, r"Reading large.csv was broken off \(exit code 9\)"),
    ],
)
def test_what_goes_wrong_there_is_raised_here(
    read: Callable[[Path, Dataset], Iterator[int]], error: type[Exception], part: str, large: Path
) -> None:
    reading = read_beside(read, large, DATASET)
    assert next(reading) != os.getpid()
    with pytest.raises(error, match=part) as raised:
        next(reading)
    if isinstance(raised.value, SourceFault):
        assert [found.rule for found in raised.value.findings] == ["no-records", "no-rows"]


def test_who_stops_early_leaves_no_process(large: Path) -> None:
    def forever(path: Path, dataset: Dataset) -> Iterator[int]:
        while True:
            yield from pids(path, dataset)

    reading = read_beside(forever, large, DATASET)
    next(reading)
    assert multiprocessing.active_children()
    del reading
    assert not multiprocessing.active_children()
