"""Ways to convert many files, each run in a process of its own: ``python -m tests.benchmarks.spreading NAME …``.

Each prints what it took as one line of JSON. Imports are done before the clock starts.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from graph_app.cli import look_for_garbage_seldom
from graph_app.conversion.convert import Task, convert
from graph_app.conversion.report import write_report
from graph_app.conversion.spark import Cluster, spread
from graph_app.conversion.taking import take_in_converted
from graph_app.journal.intake import take_in
from graph_app.releases.prepared import Preparing
from graph_app.settings import Settings
from loaders.datasets import Dataset
from loaders.vocabulary import BASE
from tests.benchmarks.generator.nquads import DATASET


def parts(folder: Path) -> list[tuple[Path, Dataset]]:
    """Return the files, each with the dataset that it is."""
    found = sorted(folder.iterdir(), key=lambda part: int(part.name))
    return [(part, replace(DATASET, key=f"{DATASET.key}-{part.name}")) for part in found]


def in_turn(folder: Path, target: Path) -> None:
    """Convert one file after another, in this process alone."""
    target.mkdir()
    write_report([convert(Task.of(*part), target, BASE) for part in parts(folder)], target)


def load(folder: Path, target: Path) -> None:
    """Take one file after another into a journal, as ``intgraph load`` does."""
    settings = Settings(home=target)
    with Preparing(settings) as keeper:
        for path, dataset in parts(folder):
            take_in(path, dataset, settings, keeper=keeper)


def on_spark(folder: Path, target: Path, master: str) -> None:
    """Convert all as a Spark job, its start and end included."""
    target.mkdir()
    write_report(spread([Task.of(*part) for part in parts(folder)], target, BASE, Cluster(master)), target)


def load_converted(folder: Path, target: Path) -> None:
    """Take what was converted into a journal, as ``intgraph load --converted`` does."""
    take_in_converted(folder, Settings(home=target))


WAYS: dict[str, Callable[..., None]] = {way.__name__: way for way in (in_turn, load, on_spark, load_converted)}


def main(name: str, folder: str, target: str, *master: str) -> None:
    """Run a way."""
    look_for_garbage_seldom()  # as the command does
    begun = time.perf_counter()
    WAYS[name](Path(folder), Path(target), *master)
    print(json.dumps({"seconds": time.perf_counter() - begun}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
