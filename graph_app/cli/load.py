"""``intgraph load``: take data into the journal, a file or everything that is listed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, plain, told, working, write
from graph_app.cli.questions import Language
from loaders.findings import Severity

if TYPE_CHECKING:
    from graph_app.journal.intake import Intake
    from graph_app.settings import Settings

__all__ = ["command"]


def command(
    file: Annotated[
        Path | None, typer.Argument(help="What to take in: a file, or a folder of CSV files. Else all that is listed.")
    ] = None,
    *,
    source: Annotated[str, typer.Option("--source", help="Format of the file; else told by its ending.")] = "",
    dataset: Annotated[str, typer.Option("--dataset", help="Dataset whose content the file becomes.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of a new dataset.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Address of its licence, or words.")] = "",
    language: Annotated[str, typer.Option("--language", help="Code of the language it is written in.")] = "",
    namespace: Annotated[str, typer.Option("--namespace", help="Space of its ids, if it shares them.")] = "",
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Take in a file, or everything that data/datasets.yaml names.

    What is taken in replaces what its dataset held before; `intgraph build` makes a release of it. Prints number and
    hash of each event. Violations keep a dataset out as a whole and end with exit code 1.
    """
    with told():
        from graph_app.cli.described import Stated, describe
        from graph_app.journal.intake import Intake, take_in, take_in_all
        from graph_app.settings import load_settings
        from loaders.errors import SourceFault

        settings = load_settings()
        stated = Stated(title, publisher, licence, language, namespace)
        if file is None:
            if source or dataset or stated.anything:
                fail("Options describe a FILE. Name one, or load everything that is listed without options.")
            with working() as say:
                intakes = take_in_all(settings, say)
            _say_unlisted(settings)
        else:
            if not dataset:
                fail("Say with --dataset which dataset the file becomes; a new name makes a new one.")
            try:
                described = describe(file, dataset, source, stated, settings)
                with working() as say:
                    intakes = (take_in(file, described, settings, say),)
            except SourceFault as fault:  # a kind of file that nothing reads
                intakes = (Intake(None, (fault.finding,), changed=False),)
        refused = [_show(intake, messages) for intake in intakes].count(False)
        if any(intake.changed for intake in intakes):
            err().print("`intgraph build` makes a release of it.")
        raise typer.Exit(Exit.INVALID if refused else Exit.OK)


def _show(intake: "Intake", language: str) -> bool:
    """Say what became of a file; ``False`` if it was refused."""
    from graph_app.cli.findings import lines

    messages = err()
    for line in lines(intake.findings, language):
        messages.print(line)
    if intake.event is None:
        blocking = sum(found.severity is Severity.VIOLATION for found in intake.findings)
        number = "One finding blocks" if blocking == 1 else f"{blocking} findings block"
        messages.print(
            plain(f"Nothing of it was taken in: {number}. Repair what is named and load it again."), style="red"
        )
        return False
    key, seq = intake.event.details["dataset"]["key"], intake.event.seq
    said = f"Published {key} as event {seq}." if intake.changed else f"Nothing has changed: {key} is as in event {seq}."
    messages.print(plain(said), style="green" if intake.changed else "")
    write(f"{seq} {intake.event.hash}")
    return True


def _say_unlisted(settings: "Settings") -> None:
    """Name what an earlier list named and this one does not: it stays until somebody takes it out."""
    from graph_app.journal.deployment import open_journal
    from graph_app.journal.intake import DATASETS
    from graph_app.journal.loads import Load, loads_in_force
    from loaders.datasets import read_datasets

    listed = {dataset.key for dataset in read_datasets(settings.data / DATASETS)}
    gone: Sequence[Load] = [
        load
        for load in loads_in_force(open_journal(settings).events())
        if load.dataset.file and load.dataset.key not in listed
    ]
    for load in gone:
        err().print(
            plain(
                f"{load.dataset.key} is no longer listed and stays in the graph; "
                f"`intgraph journal revert {load.event.seq}` takes it out."
            ),
            style="yellow",
        )
