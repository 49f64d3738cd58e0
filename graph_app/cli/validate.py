"""``intgraph validate``: check the current release, or a file of new entries."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, out, plain, told, working, write
from graph_app.cli.questions import Language
from loaders.findings import Finding, Severity

if TYPE_CHECKING:
    from loaders.datasets import Dataset

__all__ = ["command"]

#: Dataset and identifier space of entries for which no dataset is named. Ids of theirs are their own; what the graph
#: holds already they name by path or IRI, so that no id of a file means an entity of the graph by chance.
_SUBMISSION = "submission"


class Format(StrEnum):
    """How findings are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def command(
    file: Annotated[
        Path | None, typer.Argument(help="New entries: a workbook, a CSV or YAML file, or a folder of CSV.")
    ] = None,
    *,
    dataset: Annotated[
        str, typer.Option("--dataset", help="Dataset of datasets.yaml that the file is a part of.")
    ] = "",
    language: Annotated[Language, typer.Option("--language", help="Language of messages.")] = Language.EN,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the findings.")] = Format.TABLE,
    everything: Annotated[bool, typer.Option("--all", help="Say each piece of advice, not only how many.")] = False,
) -> None:
    """Check the current release, or a file of new entries with all that it refers to. Nothing is taken in.

    Violations must be repaired and give exit code 1; advice does not.
    """
    with told():
        findings = _check_release() if file is None else _check_file(file, dataset)
        _show(findings, form, language, everything=everything or file is not None)
        blocking = sum(found.severity is Severity.VIOLATION for found in findings)
        advice = len(findings) - blocking
        verdict = f"{blocking} must be repaired, " if blocking else "Conforms: no violation, "
        err().print(plain(f"{verdict}{advice} pieces of advice."), style="red" if blocking else "green")
        raise typer.Exit(Exit.INVALID if blocking else Exit.OK)


def _check_release() -> Sequence[Finding]:
    from graph_app.releases.release import current_release
    from graph_app.settings import load_settings
    from graph_app.validation.released import check_release

    settings = load_settings()
    release = current_release(settings)
    with working() as say:
        say(f"Checking release {release.version}")
        return check_release(release, settings)


def _check_file(file: Path, key: str) -> Sequence[Finding]:
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
        described = _dataset(file, key, settings.data)
    except SourceFault as fault:
        return fault.findings
    base = settings.base
    # What the release holds of this dataset would be replaced, and what it derived would be derived anew.
    replaced = [data_graph(described.key, base), provenance_graph(described.key, base), derived_graph(base)]
    with working() as say, Engine(current_release(settings), settings) as engine:
        say(f"Checking {file.name}")
        report = check_entry(file, described, lambda iris: neighbourhood(engine, iris, leave_out=replaced), base=base)
    return report.findings


def _dataset(file: Path, key: str, data: Path) -> "Dataset":
    from dataclasses import replace

    from loaders.datasets import Dataset, read_datasets
    from loaders.errors import SourceError
    from loaders.sources import detect

    form = detect(file).source.name
    if not key:
        return Dataset(_SUBMISSION, {"en": file.name}, form, _SUBMISSION)
    known = {dataset.key: dataset for dataset in read_datasets(data / "datasets.yaml")}
    if key not in known:
        raise SourceError(f"There is no dataset {key}. Known: {', '.join(known)}.")
    return replace(known[key], format=form)


def _show(findings: Sequence[Finding], form: Format, language: str, *, everything: bool) -> None:
    from graph_app.cli.findings import as_csv, as_json, lines, summary

    if form is Format.JSON:
        write(as_json(findings, language))
    elif form is Format.CSV:
        write(as_csv(findings, language))
    elif everything:
        console = out()
        for line in lines(findings, language):
            console.print(line, soft_wrap=True)
    elif findings:
        out().print(summary(findings, language))
