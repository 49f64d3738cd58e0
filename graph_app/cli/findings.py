"""Findings as the command line shows them: one line each, a table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from rich.table import Table
from rich.text import Text

from graph_app.cli.console import plain
from loaders.findings import Finding, Severity

__all__ = ["COLUMNS", "as_csv", "as_json", "cells", "lines", "summary"]

_STYLES = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
#: Columns of a table of findings.
COLUMNS = ("severity", "rule", "effect", "file", "sheet", "row", "column", "line", "value", "message", "focus", "path")


def lines(findings: Iterable[Finding], language: str = "en") -> Iterator[Text]:
    """Say each finding in a line: place, severity, message.

    :param findings: the findings.
    :param language: language of the messages.
    """
    for found in findings:
        place = found.location.text(language) if found.location else found.focus
        yield Text.assemble(
            plain(place), ": ", (found.severity.value, _STYLES[found.severity]), ": ", plain(found.text(language))
        )


def summary(
    findings: Sequence[Finding], language: str = "en", numbers: Mapping[str, int] = MappingProxyType({})
) -> Table:
    """Count findings by rule, the gravest first, with one message each.

    :param findings: the findings, or some of each rule.
    :param language: language of the messages.
    :param numbers: rule to the number of its findings, where not all of them are given.
    """
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.severity, found.rule), []).append(found)
    order = list(Severity)
    table = Table("severity", "rule", "count", "example", show_lines=False)
    table.columns[2].justify = "right"
    table.columns[3].overflow = "fold"
    for (severity, rule), group in sorted(
        groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]), item[0][1])
    ):
        style = _STYLES[severity]
        table.add_row(
            Text(severity.value, style),
            plain(rule),
            f"{max(len(group), numbers.get(rule, 0)):,}",
            next(lines(group[:1], language)),
        )
    return table


def as_json(findings: Iterable[Finding], language: str = "en") -> str:
    """Write findings as a JSON list.

    :param findings: the findings.
    :param language: language of the messages.
    """
    return json.dumps([cells(found, language) for found in findings], ensure_ascii=False, indent=2)


def as_csv(findings: Iterable[Finding], language: str = "en") -> str:
    """Write findings as CSV with a header line; text that a spreadsheet would run gets an apostrophe before it.

    :param findings: the findings.
    :param language: language of the messages.
    """
    from graph_app.questions.formats import neutralise

    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for found in findings:
        writer.writerow(
            {
                name: neutralise(value) if isinstance(value, str) else value
                for name, value in cells(found, language).items()
            }
        )
    return stream.getvalue()


def cells(found: Finding, language: str) -> dict[str, str | int | None]:
    """Return a finding as a row of :data:`COLUMNS`.

    :param found: the finding.
    :param language: language of the message.
    """
    place = found.location
    return {
        "severity": found.severity.value,
        "rule": found.rule,
        "effect": found.effect.value,
        "file": place.file if place else "",
        "sheet": place.sheet if place else "",
        "row": place.row if place else None,
        "column": place.column if place else "",
        "line": place.line if place else None,
        "value": found.value,
        "message": found.text(language),
        "focus": found.focus,
        "path": found.path,
    }
