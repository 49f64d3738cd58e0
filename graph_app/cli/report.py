"""Findings for other programs: CSV, JSON or SARIF, written as they come."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, TextIO

from graph_app.cli.findings import COLUMNS, cells
from graph_app.cli.sarif import log_head, result
from loaders.findings import Effect, Finding
from loaders.tally import Tally

if TYPE_CHECKING:
    from graph_app.journal.intake import Intake
    from graph_app.validation.spans import Span

__all__ = ["ReportFormat", "ReportWriter", "counts", "load_head", "reporting"]


class ReportFormat(StrEnum):
    """Formats of a report."""

    CSV = "csv"
    JSON = "json"
    SARIF = "sarif"


def counts(tally: Tally) -> dict[str, int]:
    """Return the counts of a load: records read, taken and skipped, values skipped and changed.

    :param tally: what reading came to.
    """
    return {
        "read": tally.read,
        "taken": tally.taken,
        "skipped": tally.effects[Effect.RECORD_SKIPPED],
        "values_skipped": tally.effects[Effect.VALUE_SKIPPED],
        "values_changed": tally.effects[Effect.VALUE_CHANGED],
    }


def load_head(intake: "Intake") -> dict[str, Any]:
    """Return what a report of a load says before its findings.

    :param intake: what became of the file.
    """
    return {
        "event": {"seq": intake.event.seq, "hash": intake.event.hash} if intake.event else None,
        "changed": intake.changed,
        "records": counts(intake.tally),
        "kinds": dict(sorted(intake.tally.records.items())),
        "changes": {kind: asdict(change) for kind, change in intake.changes.items()},
        "rules": dict(sorted(intake.tally.rules.items())),
    }


@contextmanager
def reporting(
    form: ReportFormat, language: str, span: "Callable[[Finding], Span | None]" = lambda _: None
) -> Iterator["ReportWriter"]:
    """Make a report.

    :param form: its format.
    :param language: language of the messages.
    :param span: tells where in its text file the value of a finding stands, for repairs that programs make.
    :returns: a context that gives the writer.
    """
    with TemporaryFile("w+", encoding="utf-8") as kept:
        yield ReportWriter(form, language, kept, span)


class ReportWriter:
    """Keeps findings on disk until the report is written, since there may be more than memory holds.

    :param form: format of the report.
    :param language: language of the messages.
    :param kept: where findings are kept.
    :param span: as for :func:`reporting`.
    """

    def __init__(
        self, form: ReportFormat, language: str, kept: IO[str], span: "Callable[[Finding], Span | None]"
    ) -> None:
        self._form = form
        self._language = language
        self._kept = kept
        self._span = span
        self._rules: set[str] = set()

    def listen(self, found: Finding) -> None:
        """Keep a finding.

        :param found: the finding.
        """
        self._rules.add(found.rule)
        sarif = self._form is ReportFormat.SARIF
        entry = result(found, self._language, self._span(found)) if sarif else cells(found, self._language)
        self._kept.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def write(self, stream: TextIO, head: Mapping[str, Any] | None = None) -> None:
        """Write the report.

        :param stream: where to.
        :param head: what a report in JSON says before its findings; without it, that is a list of findings.
        """
        if self._form is ReportFormat.CSV:
            self._write_csv(stream)
        elif self._form is ReportFormat.SARIF:
            opening, end = log_head(sorted(self._rules))
            self._write_list(stream, opening, end)
        elif head is None:
            self._write_list(stream, "[", "]")
        else:
            self._write_list(stream, f'{json.dumps(head, ensure_ascii=False)[:-1]}, "findings": [', "]}")
        stream.flush()

    def _entries(self) -> Iterator[str]:
        self._kept.seek(0)
        return (line.rstrip("\n") for line in self._kept)

    def _write_csv(self, stream: TextIO) -> None:
        from graph_app.questions.formats import neutralise

        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for entry in self._entries():
            row = json.loads(entry)
            writer.writerow({name: neutralise(cell) if isinstance(cell, str) else cell for name, cell in row.items()})

    def _write_list(self, stream: TextIO, opening: str, end: str) -> None:
        stream.write(opening)
        stream.writelines(f"{',' if number else ''}\n{entry}" for number, entry in enumerate(self._entries()))
        stream.write(f"\n{end}\n")
