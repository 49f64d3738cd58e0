"""Findings as the command line shows them: one line each, a table, JSON or CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from graph_app.cli.console import plain
from loaders.findings import Finding, Severity

__all__ = ["as_csv", "as_json", "lines", "summary"]

_STYLES = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_COLUMNS = ("severity", "rule", "file", "sheet", "row", "column", "line", "value", "message", "focus", "path")


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


def summary(findings: Sequence[Finding], language: str = "en") -> Table:
    """Count findings by rule, the gravest first, with one message each.

    :param findings: the findings.
    :param language: language of the messages.
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
        table.add_row(Text(severity.value, style), plain(rule), str(len(group)), next(lines(group[:1], language)))
    return table


def as_json(findings: Iterable[Finding], language: str = "en") -> str:
    """Write findings as a JSON list.

    :param findings: the findings.
    :param language: language of the messages.
    """
    return json.dumps([_cells(found, language) for found in findings], ensure_ascii=False, indent=2)


def as_csv(findings: Iterable[Finding], language: str = "en") -> str:
    """Write findings as CSV with a header line; text that a spreadsheet would run gets an apostrophe before it.

    :param findings: the findings.
    :param language: language of the messages.
    """
    from graph_app.questions.formats import neutralise

    stream = io.StringIO()
    writer = csv.DictWriter(stream, _COLUMNS)
    writer.writeheader()
    for found in findings:
        writer.writerow(
            {
                name: neutralise(value) if isinstance(value, str) else value
                for name, value in _cells(found, language).items()
            }
        )
    return stream.getvalue()


def _cells(found: Finding, language: str) -> dict[str, str | int | None]:
    place = found.location
    return {
        "severity": found.severity.value,
        "rule": found.rule,
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
