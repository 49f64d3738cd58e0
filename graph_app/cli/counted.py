"""What reading a file came to, as people read it: counts, changes, and findings in a bearable number."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.table import Table

from graph_app.cli.console import err, plain
from graph_app.cli.findings import MOST_LINES, lines, summary
from graph_app.cli.report import counts
from graph_app.validation.words import word
from loaders.changes import Changes
from loaders.tally import Tally

__all__ = ["counted_lines", "show_counts", "show_findings"]


def show_findings(tally: Tally, language: str, converted: Path | None = None) -> None:
    """Print the findings to standard error: each in a line, or where there are many a line a rule.

    :param tally: what reading came to.
    :param language: language of the messages.
    :param converted: folder of the conversion that has them all, where they come from one.
    """
    messages = err()
    if tally.rules.total() <= MOST_LINES:
        for line in lines(tally.examples, language):
            messages.print(line)
        return
    messages.print(summary(tally.examples, language, tally.rules))
    all_in = word("many_converted", language, folder=converted) if converted else word("many_loaded", language)
    messages.print(plain(all_in), style="dim")


def counted_lines(tally: Tally) -> Iterator[str]:
    """Say the counts in two sentences, or nothing where nothing was read.

    :param tally: what reading came to.
    """
    if not tally.read:
        return
    found = counts(tally)
    yield (
        f"{found['read']:,} records read, {found['taken']:,} taken, {found['skipped']:,} skipped; "
        f"{found['values_skipped']:,} values skipped, {found['values_changed']:,} changed."
    )
    kinds = (f"{number:,} {kind.replace('_', ' ')}" for kind, number in sorted(tally.records.items()))
    yield f"Records by kind: {', '.join(kinds)}."


def show_counts(tally: Tally, changes: Mapping[str, Changes]) -> None:
    """Print the counts to standard error.

    :param tally: what reading came to.
    :param changes: what differs from the file in whose place it comes.
    """
    messages = err()
    for line in counted_lines(tally):
        messages.print(plain(line))
    if changes:
        table = Table("kind", "new", "replaced", "kept", "retired", title="Against the file before")
        for column in table.columns[1:]:
            column.justify = "right"
        for kind, change in changes.items():
            numbers = (change.new, change.replaced, change.kept, change.retired)
            table.add_row(kind.replace("_", " "), *(f"{number:,}" for number in numbers))
        messages.print(table)
