"""``intgraph inspect``: what a file is, what would be taken of it, and what would not."""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, fail, out, plain, told, working
from graph_app.cli.counted import counted_lines
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from loaders.batches import Batch
    from loaders.records import Record
    from loaders.sources import Detection

__all__ = ["command"]

#: Kinds of entity and those of their fields that a preview shows.
_SHOWN = {
    "project": ("title", "start", "end", "country"),
    "organisation": ("name", "type", "seat"),
}
_KEY_LENGTH, _TEXT_LENGTH = 40, 60


def command(
    file: Annotated[Path, typer.Argument(help="A file, or a folder of files that belong together.")],
    *,
    source: Annotated[str, typer.Option("--source", help="Format of the file; else told by its content.")] = "",
    map_: Annotated[str, typer.Option("--map", metavar="NAME|FILE", help="Column map of a table.")] = "",
    preview: Annotated[int, typer.Option("--preview", min=0, help="How many projects and organisations to show.")] = 5,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Say what a file is and why, how it is encoded, how many records it has, and what would be skipped.

    Nothing is taken in. Ends with exit code 1 where nothing could be.
    """
    with told():
        from graph_app.cli.described import column_map
        from graph_app.cli.findings import summary
        from loaders.datasets import Dataset
        from loaders.errors import SourceFault
        from loaders.findings import Finding, Severity
        from loaders.load import load_lines
        from loaders.records import Record
        from loaders.sources.watched import watching
        from loaders.tally import Tally

        if not file.exists():
            fail(f"There is no file {file}.")
        tally = Tally()
        shown: dict[str, list[Record]] = {kind: [] for kind in _SHOWN}

        def look(taken: "Record | Batch") -> None:
            tally.take(taken)
            if taken.kind in shown:
                records = (taken,) if isinstance(taken, Record) else taken.records()
                shown[taken.kind] += islice(records, preview - len(shown[taken.kind]))

        console = out()
        try:
            found = _detected(file, source, map_)
            console.print(plain(f"{file.name}: {found.source.title['en']} [{found.source.name}]. {found.reason}"))
            _print_files(file)
            dataset = Dataset(
                "inspected", {"en": file.name}, found.source.name, "inspected", map=column_map(map_) if map_ else ""
            )
            with working() as say, watching(say.at):
                say(f"Reading {file.name}")
                for item in load_lines(file, dataset, look=look):
                    if isinstance(item, Finding):
                        tally.find(item)
        except SourceFault as fault:
            tally.find(*fault.findings)
        for line in counted_lines(tally):
            console.print(plain(line))
        for kind, records in shown.items():
            _print_preview(kind, records)
        if tally.examples:
            console.print(summary(tally.examples, messages, tally.rules))
        refused = any(item.severity is Severity.VIOLATION for item in tally.examples)
        raise typer.Exit(Exit.INVALID if refused else Exit.OK)


def _detected(file: Path, source: str, map_: str) -> "Detection":
    from loaders.sources import SOURCES, Detection, detect

    if map_ and not source:
        source = "mapped"
    if not source:
        return detect(file)
    if source not in SOURCES:
        fail(f"There is no format {source}. Known: {', '.join(SOURCES)}.")
    return Detection(SOURCES[source], "You said so.")


def _print_files(file: Path) -> None:
    """Name size and hash of every file, by which people and the journal know it."""
    import hashlib

    # A pipe or device may have no end; its reader refuses it.
    entries = sorted(file.iterdir()) if file.is_dir() else [file]
    for entry in filter(Path.is_file, entries):
        with entry.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        out().print(plain(f"  {entry.name}: {entry.stat().st_size:,} bytes, SHA-256 {digest}"))


def _print_preview(kind: str, records: "list[Record]") -> None:
    from rich.table import Table

    if not records:
        return
    table = Table(kind, *_SHOWN[kind], title=f"The first of kind {kind}", title_justify="left")
    for record in records:
        values = ("; ".join(cell.text.strip() for cell in record.fields.get(name, ())) for name in _SHOWN[kind])
        cells = ("~".join(record.key)[:_KEY_LENGTH], *(value[:_TEXT_LENGTH] for value in values))
        table.add_row(*(plain(" ".join(cell.split())) for cell in cells))
    out().print(table)
