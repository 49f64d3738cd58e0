"""Findings as the command line shows them: a line each, or counted by rule."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rich.table import Table
from rich.text import Text

from graph_app.cli.console import plain
from graph_app.validation.kinds import kinds_of
from graph_app.validation.words import number, severity_word, word
from loaders.findings import LANGUAGES, Finding, Severity

__all__ = ["COLUMNS", "MOST_LINES", "cells", "folded", "lines", "summary"]

_STYLES = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
#: More findings than these are counted by rule, with an example each.
MOST_LINES = 50
#: Columns of a table of findings.
COLUMNS = (
    *("severity", "rule", "effect", "file", "sheet", "row", "column", "line", "value", "repaired"),
    *("message", "focus", "path"),
)


def lines(findings: Iterable[Finding], language: str = LANGUAGES[0]) -> Iterator[Text]:
    """Say each finding in a line: place, severity, message, and the repaired value where there is one.

    :param findings: the findings.
    :param language: language of the lines.
    """
    from graph_app.validation.repairs import repaired

    for found in findings:
        place = found.location.text(language) if found.location else found.focus
        severity = (severity_word(found.severity, language), _STYLES[found.severity])
        repair = repaired(found)
        end = Text.assemble(" → ", plain(repair)) if repair else ""
        yield Text.assemble(plain(place), ": ", severity, ": ", plain(found.text(language)), end)


def folded(findings: Iterable[Finding], language: str = LANGUAGES[0]) -> Iterator[Text]:
    """Say each kind of findings in a line, with how many there are and where.

    :param findings: the findings.
    :param language: language of the lines.
    """
    for kind in kinds_of(findings):
        if len(kind.findings) == 1:
            yield from lines(kind.findings, language)
            continue
        severity = (severity_word(kind.severity, language), _STYLES[kind.severity])
        message = word("repeated", language, count=len(kind.findings), message=kind.text(language))
        yield Text.assemble(plain(kind.places(language)), ": ", severity, ": ", plain(message))


def summary(
    findings: Iterable[Finding], language: str = LANGUAGES[0], numbers: Mapping[str, int] = MappingProxyType({})
) -> Table:
    """Count findings by rule, the gravest first, with one of them each.

    :param findings: the findings, or some of each rule.
    :param language: language of the table.
    :param numbers: rule to the number of its findings, where not all of them are given.
    """
    counts: dict[tuple[Severity, str], int] = {}
    examples: dict[tuple[Severity, str], Finding] = {}
    for found in findings:
        group = (found.severity, found.rule)
        counts[group] = counts.get(group, 0) + 1
        examples.setdefault(group, found)
    order = list(Severity)
    heads = (word(f"head.{name}", language) for name in ("severity", "rule", "count", "example"))
    table = Table(*heads, show_lines=False)
    table.columns[2].justify = "right"
    table.columns[3].overflow = "fold"
    for group in sorted(counts, key=lambda group: (order.index(group[0]), -counts[group], group[1])):
        severity, rule = group
        table.add_row(
            Text(severity_word(severity, language), _STYLES[severity]),
            plain(rule),
            number(max(counts[group], numbers.get(rule, 0)), language),
            next(lines([examples[group]], language)),
        )
    return table


def cells(found: Finding, language: str) -> dict[str, str | int | None]:
    """Return a finding as a row of :data:`COLUMNS`.

    :param found: the finding.
    :param language: language of the message.
    """
    from graph_app.validation.repairs import repaired

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
        "repaired": repaired(found),
        "message": found.text(language),
        "focus": found.focus,
        "path": found.path,
    }
