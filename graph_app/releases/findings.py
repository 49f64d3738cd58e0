"""What loading found, kept with the release that it led to."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_app.releases.release import Release, unreadable
from loaders.findings import Effect, Finding, Location, Severity

__all__ = [
    "count_by_severity",
    "dataset_findings",
    "findings_from",
    "findings_path",
    "findings_text",
    "read_findings",
    "write_findings",
]

_FOLDER = "findings"


def count_by_severity(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Count findings by severity, zeros included, so that *no finding* can be seen.

    :param findings: the findings.
    :returns: severity to count.
    """
    counted = Counter(found.severity.value for found in findings)
    return {severity.value: counted[severity.value] for severity in Severity}


def write_findings(findings: Iterable[Finding], folder: Path, dataset: str) -> None:
    """Keep what loading a dataset found.

    :param findings: the findings.
    :param folder: folder of the release in the making.
    :param dataset: key of the dataset.
    """
    path = findings_path(folder, dataset)
    path.parent.mkdir(exist_ok=True)
    path.write_text(findings_text(findings) + "\n", encoding="utf-8")


def findings_path(folder: Path, dataset: str) -> Path:
    """Return where a release keeps the findings of a dataset.

    :param folder: folder of the release.
    :param dataset: key of the dataset.
    """
    return folder / _FOLDER / f"{dataset}.json"


def read_findings(release: Release) -> tuple[Finding, ...]:
    """Read what loading found when a release was made.

    :param release: the release.
    :returns: the findings, in the order of datasets and of loading.
    :raises NoRelease: if they are missing or broken.
    """
    return tuple(found for dataset in release.datasets for found in dataset_findings(release, dataset.key))


def dataset_findings(release: Release, dataset: str) -> tuple[Finding, ...]:
    """Read what loading found in one dataset.

    :param release: the release.
    :param dataset: key of the dataset.
    :returns: the findings, in the order of loading.
    :raises NoRelease: if they are missing or broken.
    """
    try:
        return findings_from(json.loads(findings_path(release.path, dataset).read_text(encoding="utf-8")))
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
    told = {"severity": Severity(entry["severity"]), "location": place, "effect": Effect(entry["effect"])}
    return Finding(**entry | told)
