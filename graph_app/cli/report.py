"""The report of a load for other programs: CSV, JSON or SARIF, written as findings come."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from graph_app.cli.findings import COLUMNS, cells
from loaders.findings import LANGUAGES, Effect, Finding, Severity
from loaders.tally import Tally

if TYPE_CHECKING:
    from graph_app.journal.intake import Intake

__all__ = ["ReportFormat", "ReportWriter", "counts", "reporting"]

#: SARIF has levels of its own (OASIS SARIF 2.1.0, section 3.27.10).
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


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


@contextmanager
def reporting(form: ReportFormat, language: str) -> Iterator["ReportWriter"]:
    """Make a report.

    :param form: its format.
    :param language: language of the messages.
    :returns: a context that gives the writer.
    """
    with TemporaryFile("w+", encoding="utf-8") as kept:
        yield ReportWriter(form, language, kept)


class ReportWriter:
    """Keeps findings on disk until the counts are known, since there may be more than memory holds.

    :param form: format of the report.
    :param language: language of the messages.
    :param kept: where findings are kept.
    """

    def __init__(self, form: ReportFormat, language: str, kept: IO[str]) -> None:
        self._form = form
        self._language = language
        self._kept = kept

    def listen(self, found: Finding) -> None:
        """Keep a finding.

        :param found: the finding.
        """
        entry = _result(found) if self._form is ReportFormat.SARIF else cells(found, self._language)
        self._kept.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def write(self, intake: "Intake") -> None:
        """Write the report to standard output.

        :param intake: what became of the file.
        """
        if self._form is ReportFormat.CSV:
            self._write_csv()
        elif self._form is ReportFormat.JSON:
            self._write_json(_summary(intake), "findings")
        else:
            self._write_sarif()
        sys.stdout.flush()

    def _entries(self) -> Iterator[str]:
        self._kept.seek(0)
        return (line.rstrip("\n") for line in self._kept)

    def _write_csv(self) -> None:
        from graph_app.questions.formats import neutralise

        stream = io.StringIO()
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for entry in self._entries():
            writer.writerow(
                {
                    name: neutralise(value) if isinstance(value, str) else value
                    for name, value in json.loads(entry).items()
                }
            )
            sys.stdout.write(stream.getvalue())
            stream.seek(0)
            stream.truncate()
        sys.stdout.write(stream.getvalue())

    def _write_json(self, head: dict[str, Any], name: str, end: str = "}") -> None:
        opening = json.dumps(head, ensure_ascii=False)[:-1]
        sys.stdout.write(f'{opening}, "{name}": [')
        for number, entry in enumerate(self._entries()):
            sys.stdout.write(f"{',' if number else ''}\n{entry}")
        sys.stdout.write(f"\n]{end}\n")

    def _write_sarif(self) -> None:
        rules = sorted({json.loads(entry)["ruleId"] for entry in self._entries()})
        driver = {
            "name": "intgraph",
            "version": version("integration-graph"),
            "rules": [{"id": rule} for rule in rules],
        }
        head = json.dumps({"$schema": _SARIF, "version": "2.1.0"})[:-1]
        sys.stdout.write(f'{head}, "runs": [')
        self._write_json({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}, "results", "}]}")


def _summary(intake: "Intake") -> dict[str, Any]:
    return {
        "event": {"seq": intake.event.seq, "hash": intake.event.hash} if intake.event else None,
        "changed": intake.changed,
        "records": counts(intake.tally),
        "kinds": dict(sorted(intake.tally.records.items())),
        "changes": {kind: asdict(change) for kind, change in intake.changes.items()},
        "rules": dict(sorted(intake.tally.rules.items())),
    }


def _result(found: Finding) -> dict[str, Any]:
    """Write a finding as a result of SARIF; a cell is told in words, a row or line as a region."""
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "level": _LEVELS[found.severity],
        "message": {"text": found.text(LANGUAGES[0])},
        "properties": {"value": found.value, "effect": found.effect.value, "message_cs": found.text("cs")},
    }
    place = found.location
    if place is None:
        return result
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    start = place.line if place.line is not None else place.row
    if start is not None:
        physical["region"] = {"startLine": start}
    logical = [{"fullyQualifiedName": place.text().removeprefix(f"{place.file}, ")}]
    result["locations"] = [{"physicalLocation": physical, "logicalLocations": logical}]
    return result
