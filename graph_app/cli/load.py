"""``intgraph load``: take data into the journal, a file or everything that is listed."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, plain, told, working, write
from graph_app.cli.counted import show_counts, show_findings
from graph_app.cli.questions import Language
from graph_app.cli.report import ReportFormat, load_head, reporting
from loaders.findings import Finding, Severity

if TYPE_CHECKING:
    from graph_app.cli.described import Stated
    from graph_app.journal.intake import Intake
    from graph_app.settings import Settings
    from graph_app.validation.spans import Span

__all__ = ["command"]


def command(
    file: Annotated[
        Path | None, typer.Argument(help="What to take in: a file, or a folder of CSV files. Else all that is listed.")
    ] = None,
    *,
    source: Annotated[str, typer.Option("--source", help="Format of the file; else told by its content.")] = "",
    dataset: Annotated[str, typer.Option("--dataset", help="Dataset whose content the file becomes.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of a new dataset.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who published it.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Address of its licence, or words.")] = "",
    language: Annotated[str, typer.Option("--language", help="Code of the language it is written in.")] = "",
    namespace: Annotated[str, typer.Option("--namespace", help="Space of its ids, if it shares them.")] = "",
    map_: Annotated[
        str,
        typer.Option("--map", metavar="NAME|FILE", help="Column map of a table (`intgraph map list`)."),
    ] = "",
    terms: Annotated[
        bool | None,
        typer.Option("--terms/--no-terms", help="Search texts for target groups and themes where no field has them."),
    ] = None,
    converted: Annotated[
        Path | None, typer.Option("--converted", metavar="FOLDER", help="Take in what `intgraph convert` has made.")
    ] = None,
    report: Annotated[
        ReportFormat | None, typer.Option("--report", help="Write counts and all findings to standard output.")
    ] = None,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Take in a file, or everything that data/datasets.yaml names.

    What is taken in replaces what its dataset held before; `intgraph build` makes a release of it. Prints number and
    hash of each event, or the report. Violations in entries of our own keep a dataset out as a whole and end with exit
    code 1; of published files the rest is taken in, and what is left out is said.
    """
    with told(messages):
        from graph_app.cli.described import TERMS, Stated
        from graph_app.journal.intake import take_in_all
        from graph_app.releases.prepared import Preparing
        from graph_app.settings import load_settings
        from graph_app.stewardship.actors import current_actor
        from graph_app.stewardship.permissions import Command, require

        settings = load_settings()
        require(current_actor(settings), Command.LOAD, None, settings)
        stated = Stated(title, publisher, licence, language, namespace, map_, TERMS[terms])
        if converted is not None:
            if file or source or dataset or stated.anything or report:
                fail("What was converted is described already. Give --converted alone.")
            whole = _show_all(_take_converted(converted, settings), messages, to_stdout=True, converted=converted)
        elif file is None:
            if source or dataset or stated.anything or report:
                fail("Options describe a FILE. Name one, or load everything that is listed without options.")
            with working() as say, Preparing(settings) as keeper:
                intakes = take_in_all(settings, say, keeper)
            _say_unlisted(settings)
            whole = _show_all(intakes, messages, to_stdout=True)
        else:
            if not dataset:
                fail("Say with --dataset which dataset the file becomes; a new name makes a new one.")
            with reporting(report or ReportFormat.CSV, messages, _spans(file, report)) as writer:
                intakes = (_take(file, dataset, source, stated, settings, writer.listen if report else lambda _: None),)
                whole = _show_all(intakes, messages, to_stdout=report is None)
                if report:
                    writer.write(sys.stdout, load_head(intakes[0]))
        raise typer.Exit(Exit.OK if whole else Exit.INVALID)


def _spans(file: Path, report: ReportFormat | None) -> "Callable[[Finding], Span | None]":
    if report is not ReportFormat.SARIF:
        return lambda _: None
    from graph_app.validation.spans import TextSpans

    return TextSpans(file.iterdir() if file.is_dir() else [file])


def _take(
    file: Path, key: str, source: str, stated: "Stated", settings: "Settings", listen: Callable[[Finding], None]
) -> "Intake":
    from graph_app.cli.described import Known, describe
    from graph_app.journal.intake import Intake, take_in
    from graph_app.releases.prepared import Preparing
    from loaders.errors import SourceFault
    from loaders.sources.watched import watching
    from loaders.tally import Tally

    try:
        described = describe(file, key, source, stated, Known.of(settings))
        with working() as say, watching(say.at), Preparing(settings) as keeper:
            return take_in(file, described, settings, say, listen, keeper)
    except SourceFault as fault:  # a kind of file that nothing reads
        tally = Tally()
        tally.find(*fault.findings)
        for found in fault.findings:
            listen(found)
        return Intake(None, tally, changed=False)


def _take_converted(folder: Path, settings: "Settings") -> "Sequence[Intake]":
    from graph_app.conversion.taking import take_in_converted

    with working() as say:
        return take_in_converted(folder, settings, say)


def _show_all(intakes: "Sequence[Intake]", language: str, *, to_stdout: bool, converted: Path | None = None) -> bool:
    """Say what became of files; ``False`` if any was refused."""
    refused = [_show(intake, language, to_stdout=to_stdout, converted=converted) for intake in intakes].count(False)
    if any(intake.changed for intake in intakes):
        err().print("`intgraph build` makes a release of it.")
    return not refused


def _show(intake: "Intake", language: str, *, to_stdout: bool, converted: Path | None) -> bool:
    """Say what became of a file; ``False`` if it was refused."""
    messages = err()
    show_findings(intake.tally, language, converted)
    if intake.event is None:
        blocking = sum(found.severity is Severity.VIOLATION for found in intake.findings)
        number = "One finding blocks" if blocking == 1 else f"{blocking} findings block"
        messages.print(
            plain(f"Nothing of it was taken in: {number}. Repair what is named and load it again."), style="red"
        )
        return False
    show_counts(intake.tally, intake.changes)
    key, seq = intake.event.details["dataset"]["key"], intake.event.seq
    said = f"Published {key} as event {seq}." if intake.changed else f"Nothing has changed: {key} is as in event {seq}."
    messages.print(plain(said), style="green" if intake.changed else "")
    if to_stdout:
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
