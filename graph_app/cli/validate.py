"""``intgraph validate``: check the current release, or a file of new entries."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, out, plain, told, working
from graph_app.cli.output import binary_output, refuse_output, text_output
from graph_app.cli.questions import Language
from graph_app.validation.words import word
from loaders.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

    from loaders.datasets import Dataset

__all__ = ["command", "dataset_of"]

#: Dataset and identifier space of entries for which no dataset is named. Ids of theirs are their own; what the graph
#: holds already they name by path or IRI, so that no id of a file means an entity of the graph by chance.
_SUBMISSION = "submission"
#: Format of a table that is read through a column map.
_MAPPED = "mapped"


class Format(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    SARIF = "sarif"
    XLSX = "xlsx"


def command(
    file: Annotated[
        Path | None, typer.Argument(help="New entries: a workbook, a CSV or YAML file, or a folder of CSV.")
    ] = None,
    *,
    dataset: Annotated[
        str, typer.Option("--dataset", help="Dataset of datasets.yaml that the file is a part of.")
    ] = "",
    map_: Annotated[str, typer.Option("--map", metavar="NAME|FILE", help="Column map that reads a table.")] = "",
    language: Annotated[Language, typer.Option("--language", help="Language of findings.")] = Language.EN,
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to write the findings; else by the ending of --output, or a table."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --output if it exists.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Say each finding in a table, however many.")] = False,
) -> None:
    """Check the current release, or a file of new entries with all that it refers to. Nothing is taken in.

    Where a repair follows from the value alone, it stands beside the finding. The format xlsx is a copy of the entries
    with the faulty cells coloured and commented. Violations must be repaired and give exit code 1; advice does not.
    """
    with told():
        chosen = form or _by_ending(output)
        files = [] if file is None else _files(file)
        refuse_output(output, files, force=force)
        if chosen is Format.XLSX:
            _refuse_workbook(files, output)
        findings = _check_release() if file is None else _check_file(file, dataset, map_)
        _write(findings, files, chosen, output, language, everything=everything)
        blocking = sum(found.severity is Severity.VIOLATION for found in findings)
        verdict = word(
            "faulty" if blocking else "conforms", language, violations=blocking, advice=len(findings) - blocking
        )
        if output is not None:
            err().print(plain(word("wrote", language, path=output)))
        err().print(plain(verdict), style="red" if blocking else "green")
        raise typer.Exit(Exit.INVALID if blocking else Exit.OK)


def _refuse_workbook(files: Sequence[Path], output: Path | None) -> None:
    """End the command before the check if its outcome could not be written as a workbook."""
    from graph_app.validation.marked_workbook import refuse_large

    if output is None and sys.stdout.isatty():
        fail("A workbook cannot be shown on a terminal. Name a file with --output.")
    refuse_large(files)


def _by_ending(output: Path | None) -> Format:
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return Format(ending) if ending in set(Format) - {Format.TABLE} else Format.TABLE


def _files(file: Path) -> list[Path]:
    """Return the files of an entry, in the order in which they are read; never one that a link leads out to."""
    if not file.is_dir():
        return [file]
    inside = file.resolve()
    files = [path for path in sorted(file.iterdir()) if path.is_file() and not path.name.startswith(".")]
    return [path for path in files if path.resolve().is_relative_to(inside)]


def _check_release() -> Sequence[Finding]:
    from graph_app.questions.engine import Engine
    from graph_app.releases.release import current_release
    from graph_app.settings import load_settings
    from graph_app.stewardship.released import release_findings

    settings = load_settings()
    release = current_release(settings)
    with working() as say, Engine(release, settings) as engine:
        say(f"Checking release {release.version}")
        return release_findings(engine, settings)


def _check_file(file: Path, key: str, map_: str) -> Sequence[Finding]:
    from graph_app.questions.engine import Engine
    from graph_app.questions.neighbourhood import neighbourhood
    from graph_app.releases.release import current_release
    from graph_app.settings import load_settings
    from graph_app.validation.entry import check_entry
    from loaders.errors import SourceError, SourceFault
    from loaders.mapping.quads import data_graph, derived_graph, provenance_graph
    from loaders.sources.files import refuse_links_out

    settings = load_settings()
    if not file.exists():
        raise SourceError(f"There is no file {file}.")
    try:
        refuse_links_out(file)
        described = dataset_of(file, key, settings.data, map_)
    except SourceFault as fault:
        return fault.findings
    base = settings.base
    # What the release holds of this dataset would be replaced, and what it derived would be derived anew.
    replaced = [data_graph(described.key, base), provenance_graph(described.key, base), derived_graph(base)]
    with working() as say, Engine(current_release(settings), settings) as engine:
        say(f"Checking {file.name}")
        report = check_entry(file, described, lambda iris: neighbourhood(engine, iris, leave_out=replaced), base=base)
    return report.findings


def dataset_of(file: Path, key: str, data: Path, map_: str = "") -> "Dataset":
    """Return the dataset that a file of new entries is read as.

    :param file: the file or folder.
    :param key: key of a dataset in ``datasets.yaml``, or empty for entries of their own.
    :param data: folder with ``datasets.yaml``.
    :param map_: name or file of the column map that reads a table; empty for files of a known shape.
    :raises SourceError: if the file is of no known form, or there is no such dataset.
    """
    from dataclasses import replace

    from graph_app.cli.described import column_map
    from loaders.datasets import Dataset, read_datasets
    from loaders.errors import SourceError
    from loaders.sources import detect

    text = column_map(map_) if map_ else ""
    form = _MAPPED if map_ else detect(file).source.name
    if not key:
        return Dataset(_SUBMISSION, {"en": file.name}, form, _SUBMISSION, map=text)
    known = {dataset.key: dataset for dataset in read_datasets(data / "datasets.yaml")}
    if key not in known:
        raise SourceError(f"There is no dataset {key}. Known: {', '.join(known)}.")
    return replace(known[key], format=form, map=text or known[key].map)


def _write(
    findings: Sequence[Finding],
    files: Sequence[Path],
    form: Format,
    output: Path | None,
    language: str,
    *,
    everything: bool,
) -> None:
    if form is Format.TABLE:
        with text_output(output) as stream:
            _show(findings, out(stream), language, release=not files, everything=everything)
    elif form is Format.XLSX:
        from graph_app.validation.marked_workbook import write_marked_workbook

        with binary_output(output) as target:
            write_marked_workbook(files, findings, target, language)
    else:
        from graph_app.cli.report import ReportFormat, reporting
        from graph_app.validation.spans import TextSpans

        with reporting(ReportFormat(form.value), language, TextSpans(files)) as report:
            for found in findings:
                report.listen(found)
            with text_output(output) as stream:
                report.write(stream)


def _show(findings: Sequence[Finding], console: "Console", language: str, *, release: bool, everything: bool) -> None:
    """Say each fault in a line and advice by kind; many faults are counted by rule, with an example each."""
    from graph_app.cli.findings import MOST_LINES, folded, lines, summary

    faults = [found for found in findings if found.severity is Severity.VIOLATION]
    advice = [found for found in findings if found.severity is not Severity.VIOLATION]
    counted = release or len(faults) > MOST_LINES
    if counted and findings:
        console.print(summary(findings, language))
    said = list(findings) if everything else [] if counted else faults
    for line in (*lines(said, language), *([] if everything or counted else folded(advice, language))):
        console.print(line, soft_wrap=True)
    if not everything and (counted or len({(one.severity, one.rule) for one in advice}) < len(advice)):
        err().print(plain(word("many", language)), style="dim")
