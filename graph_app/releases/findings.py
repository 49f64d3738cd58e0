"""What loading found, kept with the release that it led to."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_app.releases.release import Release, unreadable
from loaders.findings import Finding, Location, Severity

__all__ = ["count_by_severity", "findings_from", "findings_text", "read_findings", "write_findings"]

_FILE = "findings.json"


def count_by_severity(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Count findings by severity, zeros included, so that *no finding* can be seen.

    :param findings: the findings.
    :returns: severity to count.
    """
    counted = Counter(found.severity.value for found in findings)
    return {severity.value: counted[severity.value] for severity in Severity}


def write_findings(findings: Iterable[Finding], folder: Path) -> None:
    """Keep the findings of a build.

    :param findings: the findings.
    :param folder: folder of the release in the making.
    """
    (folder / _FILE).write_text(findings_text(findings) + "\n", encoding="utf-8")


def read_findings(release: Release) -> tuple[Finding, ...]:
    """Read what loading found when a release was made.

    :param release: the release.
    :returns: the findings, in the order of loading.
    :raises NoRelease: if they are missing or broken.
    """
    try:
        return findings_from(json.loads((release.path / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(release.path, error) from error


def findings_text(findings: Iterable[Finding]) -> str:
    """Write findings as JSON.

    :param findings: the findings.
    :returns: a JSON list.
    """
    return json.dumps([asdict(found) for found in findings], ensure_ascii=False, indent=1)


def findings_from(entries: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    """Make findings of what :func:`findings_text` wrote.

    :param entries: the JSON list.
    :returns: the findings.
    :raises ValueError: if the entries are no findings; also ``KeyError`` and ``TypeError``.
    """
    return tuple(_finding(entry) for entry in entries)


def _finding(entry: dict[str, Any]) -> Finding:
    place = None if entry["location"] is None else Location(**entry["location"])
    return Finding(**entry | {"severity": Severity(entry["severity"]), "location": place})
