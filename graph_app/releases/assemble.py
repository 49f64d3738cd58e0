"""From content and store to a release in its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from graph_app.releases.columns import Made
from graph_app.releases.findings import count_by_severity
from graph_app.releases.intact import intact
from graph_app.releases.loading import Loaded
from graph_app.releases.notes import hash_of
from graph_app.releases.patch import count_changes
from graph_app.releases.publish import point_to, settle
from graph_app.releases.release import COLUMNS, Release, read_release, write_release
from graph_app.releases.report import Steps
from graph_app.releases.statistics import count_columns, write_statistics
from loaders.vocabulary import prefixes

__all__ = ["describe_made", "publish_release"]


def describe_made(loaded: Loaded, made: Made, work: Path, steps: Steps, current: Release | None) -> Release:
    """Describe a release in the making whose content and columns are there.

    :param loaded: its content and where it comes from.
    :param made: how its columns were made, and what was derived.
    :param work: its folder.
    :param steps: the steps so far; told of the last one.
    :param current: the release before it, which its report compares it with.
    :returns: the release, with the folder in which it is made.
    """
    steps.begin("Counting")
    parts = tuple(sorted((*loaded.parts, made.derived), key=lambda part: part.name))
    statistics = count_columns(work / COLUMNS)
    write_statistics(statistics, work)
    added, removed = made.patch.counts if made.patch else count_changes(current, parts, work)
    sha256 = hash_of(parts)
    created = datetime.now(UTC).replace(microsecond=0)
    return Release(
        version=f"{created:%Y-%m-%d}-{sha256[:12]}",
        path=work,
        sha256=sha256,
        created=created,
        triples=sum(part.statements for part in parts),
        entities=_entities(statistics.classes),
        datasets=tuple(loaded.datasets),
        findings=count_by_severity(loaded.findings),
        parts=parts,
        as_loaded=tuple(sorted(loaded.as_loaded, key=lambda part: part.name)),
        report=steps.report(made.kind, added, removed),
    )


def publish_release(release: Release, link: Path, good: Callable[[Release], bool] | None = None) -> Release:
    """Put a finished release in its place, and make it the current one.

    The same content may have been current before, today; then that release becomes current again. One of the same name
    that cannot be read, or that another version of the program made, stays as it is, and the new one gets a number.

    :param release: the release, in the folder in which it was made.
    :param link: the link to the current release.
    :param good: says whether a release of the same content may be taken; none means any that can be read.
    :returns: the release that is current now.
    """
    for number in count(1):
        version = release.version if number == 1 else f"{release.version}.{number}"
        target = link.with_name(version)
        if not target.exists():
            write_release(replace(release, version=version), release.path)
            settle(release.path, target)
            break
        known = intact(target)
        if known is not None and known.fingerprint == release.fingerprint and (good is None or good(known)):
            break
    point_to(link, target)
    return read_release(target)


def _entities(classes: Mapping[str, int]) -> dict[str, int]:
    namespace = prefixes()["ig"]
    return {iri.removeprefix(namespace): number for iri, number in classes.items() if iri.startswith(namespace)}
