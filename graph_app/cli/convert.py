"""``intgraph convert``: many files to shards of N-Quads at once, for `intgraph load --converted` or a bulk loader."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, plain, told, write
from graph_app.cli.counted import show_counts, show_findings
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from graph_app.cli.described import Stated
    from graph_app.conversion.convert import Task
    from graph_app.conversion.report import Converted
    from graph_app.conversion.spark import Cluster
    from graph_app.settings import Settings
    from loaders.datasets import Dataset

__all__ = ["command"]

#: What keys of datasets do not hold.
_NO_KEY = re.compile(r"[^A-Za-z0-9._-]+")


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="What to convert. Else all that is listed.")
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", metavar="FOLDER", help="Folder for the results; must be new or empty.")
    ],
    dataset: Annotated[
        str, typer.Option("--dataset", help="Dataset that the file becomes; of several files, KEY-name of each.")
    ] = "",
    source: Annotated[str, typer.Option("--source", help="Format of the files; else told by their content.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of new datasets.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published them.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Address of their licence, or words.")] = "",
    language: Annotated[str, typer.Option("--language", help="Code of the language they are written in.")] = "",
    namespace: Annotated[str, typer.Option("--namespace", help="Space of their ids, if they share one.")] = "",
    map_: Annotated[
        str, typer.Option("--map", metavar="NAME|FILE", help="Column map of tables (`intgraph map list`).")
    ] = "",
    terms: Annotated[
        bool | None,
        typer.Option("--terms/--no-terms", help="Search texts for target groups and themes where no field has them."),
    ] = None,
    master: Annotated[
        str, typer.Option("--master", help="Spark cluster, such as spark://host:7077; local[N] is this machine.")
    ] = "local[*]",
    python: Annotated[
        str, typer.Option("--python", metavar="PATH", help="Python of the workers; else the path of this one.")
    ] = "",
    conf: Annotated[
        list[str] | None, typer.Option("--conf", metavar="NAME=VALUE", help="A setting of Spark; may be repeated.")
    ] = None,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Convert files to N-Quads on an Apache Spark cluster, or in several processes on this machine.

    Each file, or folder of a format that is a folder, becomes one dataset and one shard. Prints the paths of shards.
    Nothing is taken into the graph; `intgraph load --converted FOLDER` does that. A file with violations gives findings
    and no shard, and ends with exit code 1.
    """
    with told(messages):
        from graph_app.cli.described import TERMS, Stated
        from graph_app.settings import load_settings

        settings = load_settings()
        stated = Stated(title, publisher, licence, language, namespace, map_, TERMS[terms])
        if files and not dataset:
            fail("Say with --dataset which dataset the files become; a new name makes a new one.")
        if not files and (dataset or source or stated.anything):
            fail("Options describe FILEs. Name them, or convert everything that is listed without options.")
        cluster = _cluster(master, python, conf or [])
        described = _described(files, dataset, source, stated, settings) if files else _listed(settings)
        tasks = _tasks(described)
        if not tasks:
            fail(
                f"The list of datasets {settings.data}/datasets.yaml names no dataset. Name FILEs, or list them there."
            )
        _make_empty(output)
        converted = _convert(tasks, output, settings.base, cluster)
        refused = [one for one in converted if not _show(one, output, messages)]
        err().print(plain(f"`intgraph load --converted {output}` takes it in."))
        raise typer.Exit(Exit.INVALID if refused else Exit.OK)


def _cluster(master: str, python: str, conf: Sequence[str]) -> "Cluster":
    try:
        from graph_app.conversion.spark import Cluster
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pyspark", "py4j"}:
            raise
        fail("Apache Spark is missing. Install it with `pip install 'integration-graph[spark]'`, and Java 17 or newer.")
    settings = {}
    for text in conf:
        name, equals, value = text.partition("=")
        if not (name and equals):
            fail(f"--conf takes NAME=VALUE, such as spark.executor.memory=2g, not {text}.")
        settings[name] = value
    cluster = Cluster(master, settings=settings)
    return replace(cluster, python=python) if python else cluster


def _listed(settings: "Settings") -> "Iterator[tuple[Path, Dataset]]":
    from graph_app.journal.intake import DATASETS
    from loaders.datasets import read_datasets

    return ((settings.data / dataset.file, dataset) for dataset in read_datasets(settings.data / DATASETS))


def _described(
    files: Sequence[Path], key: str, source: str, stated: "Stated", settings: "Settings"
) -> "Iterator[tuple[Path, Dataset]]":
    """Describe each file; several share what the options say, and are told apart by their names."""
    from anyascii import anyascii

    from graph_app.cli.described import Known, describe

    known = Known.of(settings)  # read once for all
    for file in files:
        alone = len(files) == 1
        own = key if alone else f"{key}-{_NO_KEY.sub('-', anyascii(file.stem))}"
        said = stated if alone or not stated.title else replace(stated, title=f"{stated.title}: {file.name}")
        yield file, describe(file, own, source, said, known)


def _tasks(described: "Iterator[tuple[Path, Dataset]]") -> "list[Task]":
    from graph_app.conversion.convert import Task
    from graph_app.journal.usable import refuse_unusable
    from loaders.load import source_of

    tasks: dict[str, Task] = {}
    for file, dataset in described:
        refuse_unusable(dataset)
        source_of(dataset)
        if dataset.key in tasks:
            fail(f"{file} and {tasks[dataset.key].path} both give the dataset {dataset.key}. Rename one of them.")
        tasks[dataset.key] = Task.of(file, dataset)
    return list(tasks.values())


def _make_empty(output: Path) -> None:
    """Refuse a folder with anything in it: a bulk loader would take what an earlier run has left there."""
    output.mkdir(parents=True, exist_ok=True)
    if any(output.iterdir()):
        fail(f"{output} is not empty. Name a new folder, so that nothing of another run is taken for part of this one.")


def _convert(tasks: "Sequence[Task]", output: Path, base: str, cluster: "Cluster") -> "tuple[Converted, ...]":
    from graph_app.conversion.report import write_report
    from graph_app.conversion.spark import spread

    err().print(plain(f"Converting {len(tasks):,} datasets on {cluster.master}"), style="dim")
    return write_report(spread(tasks, output, base, cluster), output)


def _show(one: "Converted", output: Path, language: str) -> bool:
    """Say what became of a file; ``False`` if it was refused."""
    from graph_app.conversion.layout import content_path

    key = one.fresh.dataset.key
    tally = one.tally(one.read_findings(output))
    show_findings(tally, language, output)
    if one.content is None:
        err().print(plain(f"{key} was not converted. Repair what is named and convert it again."), style="red")
        return False
    show_counts(tally, {})
    err().print(plain(f"Converted {key}: {one.content.lines:,} statements."), style="green")
    write(str(content_path(output, key)))
    return True
