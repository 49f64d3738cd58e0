"""Conversion as an Apache Spark job: a task a dataset, on this machine or on a cluster that shares its files."""

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException

from graph_app.conversion.convert import Task, convert
from graph_app.conversion.errors import ConversionError
from graph_app.releases.fingerprint import fingerprint
from graph_app.settings import Settings

__all__ = ["Cluster", "spread"]

_LOG = Path(__file__).with_name("log4j2.properties")
_USUAL = {
    "spark.app.name": "Integration Graph: conversion",
    # What Spark says of itself would stand between what this program says.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    # Else workers would run whatever lies where the command was given: a csv.py beside the files, say.
    "spark.executorEnv.PYTHONSAFEPATH": "1",
}
#: On one machine nobody else has to reach it, and whoever tries has to know a secret of this run.
_ALONE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.authenticate": "true"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where tasks run.

    :param master: address of the cluster, or ``local[N]`` for N processes on this machine.
    :param python: Python with the same program on every worker.
    :param settings: settings of Spark, before those of this module.
    """

    master: str
    python: str = sys.executable
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def spread(tasks: Sequence[Task], output: Path, base: str, cluster: Cluster) -> list[dict[str, Any]]:
    """Convert files, as many at once as the cluster has room for; large ones begin first.

    :param tasks: the files, which every worker can read.
    :param output: folder for the results, to which every worker can write.
    :param base: base of all instance IRIs.
    :param cluster: where tasks run.
    :returns: what each came to, as :func:`graph_app.conversion.convert.convert` tells it.
    :raises ConversionError: if Spark does not start, a task fails, or a worker has another version of the program.
    """
    ordered = sorted(tasks, key=lambda task: _size(Path(task.path)), reverse=True)
    with _running(cluster) as context:
        try:
            spread_out = context.parallelize(ordered, len(ordered))
            made = spread_out.map(partial(convert, output=output.absolute(), base=base)).collect()
        except (PySparkException, Py4JError) as error:
            raise ConversionError(
                f"A worker could not go on: {_reason(error)}. Every worker needs this program at {cluster.python}, and "
                f"reads the files and writes to {output} by the same paths. Convert again into an empty folder."
            ) from error
    _refuse_others(made, base)
    return made


def _refuse_others(made: Sequence[Mapping[str, Any]], base: str) -> None:
    """Refuse what another version of the program has made: a build could not take it for what it makes itself."""
    here = fingerprint(Settings(base=base))
    others = [str(entry["load"]["dataset"]["key"]) for entry in made if entry["fingerprint"] != here]
    if others:
        raise ConversionError(
            f"Workers have another version of this program or its packages than this machine; they converted "
            f"{', '.join(others[:5])}{' …' if len(others) > 5 else ''}. Install the same on all, and convert again."
        )


@contextmanager
def _running(cluster: Cluster) -> Iterator[SparkContext]:
    local = cluster.master.startswith("local")
    settings = {**_USUAL, **(_ALONE if local else {}), **cluster.settings, "spark.master": cluster.master}
    try:
        with warnings.catch_warnings():
            # Nothing here goes through pandas, of which Spark knows older versions only.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
            context = SparkContext.getOrCreate(SparkConf().setAll(list(settings.items())))
    except (PySparkException, Py4JError) as error:
        raise ConversionError(
            f"Spark did not start on {cluster.master}. It needs Java 17 or newer (on Debian: apt-get install "
            f"default-jre-headless), and the address of a cluster or local[N]. It says: {_reason(error)}."
        ) from error
    try:
        context.pythonExec = cluster.python
        yield context
    finally:
        context.stop()


def _reason(error: Exception) -> str:
    """Return the line that says what is wrong at the bottom of all: how Python ended, else what caused Java to end."""
    lines = str(error).splitlines() or [type(error).__name__]
    tracebacks = [at for at, line in enumerate(lines) if "Traceback (most recent call last)" in line]
    ended = [line for line in lines[tracebacks[-1] + 1 :] if line.strip() == line != ""] if tracebacks else []
    thrown = [line for line in lines if line.startswith(("Caused by: ", ": "))]
    return (ended[:1] or thrown[-1:] or lines[:1])[0].removeprefix("Caused by: ").removeprefix(": ").rstrip(".")


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())
