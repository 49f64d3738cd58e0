"""Findings as SARIF 2.1.0, which editors and code hosts show at their lines."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from graph_app.validation.words import word
from loaders.findings import LANGUAGES, Finding, Severity

if TYPE_CHECKING:
    from graph_app.validation.spans import Span

__all__ = ["log_head", "result"]

#: SARIF has levels of its own (OASIS SARIF 2.1.0, section 3.27.10).
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log_head(rules: Sequence[str]) -> tuple[str, str]:
    """Return what stands before the results of a log, and what stands behind them.

    :param rules: the rules of its results.
    """
    driver = {
        "name": "intgraph",
        "version": version("integration-graph"),
        "rules": [{"id": rule} for rule in rules],
    }
    log = json.dumps({"$schema": _SCHEMA, "version": "2.1.0"})[:-1]
    run = json.dumps({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"})[:-1]
    return f'{log}, "runs": [{run}, "results": [', "]}]}"


def result(found: Finding, language: str, span: "Span | None") -> dict[str, Any]:
    """Write a finding as a result; a cell is told in words, a row or line as a region.

    :param found: the finding.
    :param language: language of its message; the message in the other languages is a property.
    :param span: where in its text file its value stands, if that is certain.
    """
    from graph_app.validation.repairs import repaired

    repair = repaired(found)
    others = {f"message_{other}": found.text(other) for other in LANGUAGES if other != language}
    written: dict[str, Any] = {
        "ruleId": found.rule,
        "level": _LEVELS[found.severity],
        "message": {"text": found.text(language)},
        "properties": {"value": found.value, "repaired": repair, "effect": found.effect.value, **others},
    }
    place = found.location
    if place is None:
        return written
    artifact = {"uri": quote(place.file)}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    start = place.line if place.line is not None else place.row
    if start is not None:
        physical["region"] = {"startLine": start}
    logical = [{"fullyQualifiedName": place.text().removeprefix(f"{place.file}, ")}]
    written["locations"] = [{"physicalLocation": physical, "logicalLocations": logical}]
    if repair and span is not None:
        region = {"startLine": span.line, "startColumn": span.start, "endColumn": span.end}
        change = {
            "artifactLocation": artifact,
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": repair}}],
        }
        description = {"text": word("write", language, repaired=repair)}
        written["fixes"] = [{"description": description, "artifactChanges": [change]}]
    return written
