"""The list of releases and their files, as a page and as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import HTMLResponse

from graph_app.releases.release import DatasetNote, Release
from graph_app.web.markup import escape, link, page, table

__all__ = ["ARCHIVE", "listing_document", "listing_page"]

#: Name under which all files of a release are given as one.
ARCHIVE = "integration-graph.nq.gz"

_INTRODUCTION = (
    "Each release is one state of the whole graph and never changes. Its hash is the SHA-256 of its list of files as "
    "<code>sha256sum *.nq</code> prints it, so that a download can be checked. Each file is sorted N-Quads."
)


def listing_document(current: Release, kept: Sequence[Release]) -> Mapping[str, Any]:
    """Return the list for programs.

    :param current: the current release.
    :param kept: all releases, in the order in which they are shown.
    :returns: what becomes JSON.
    """
    return {"current": current.version, "releases": [_entry(release) for release in kept]}


def listing_page(current: Release, kept: Sequence[Release]) -> HTMLResponse:
    """Return the list for people.

    :param current: the current release.
    :param kept: all releases, in the order in which they are shown.
    :returns: the page.
    """
    sections = "".join(_section(release, current=release.version == current.version) for release in kept)
    return page("Integration Graph: releases", f"<p>{_INTRODUCTION}</p>\n{sections}")


def _entry(release: Release) -> Mapping[str, Any]:
    return {
        "version": release.version,
        "sha256": release.sha256,
        "created": release.created.isoformat(),
        "statements": release.triples,
        "entities": dict(release.entities),
        "datasets": [
            {"key": noted.key, "title": dict(noted.title), "publisher": noted.publisher, "licence": noted.licence}
            for noted in release.datasets
        ],
        "files": [
            {"address": f"/data/{release.version}/{name}", "sha256": sha256} for name, sha256 in release.files.items()
        ],
        "archive": f"/data/{release.version}/{ARCHIVE}",
    }


def _section(release: Release, *, current: bool) -> str:
    address = f"/data/{release.version}"
    counts = ", ".join(f"{escape(name)} {count:,}" for name, count in sorted(release.entities.items()))
    noted = {dataset.key: dataset for dataset in release.datasets}
    rows = [
        (
            link(f"{address}/{name}", name),
            *_about(noted.get(name.removesuffix(".nq"))),
            _code(sha256),
        )
        for name, sha256 in release.files.items()
    ]
    return (
        f"<h2>{escape(release.version)}{' (current)' if current else ''}</h2>\n"
        f"<p>Made {escape(release.created.isoformat(sep=' ', timespec='minutes'))}, {release.triples:,} statements. "
        f"Hash {_code(release.sha256)}</p>\n<p>{counts}</p>\n"
        f"<p>{link(f'{address}/{ARCHIVE}', 'All files as one, compressed')}</p>\n"
        f"{table(('File', 'Holds', 'Publisher', 'Licence', 'SHA-256'), rows)}\n"
    )


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _about(dataset: DatasetNote | None) -> tuple[str, str, str]:
    if dataset is None:
        return ("", "", "")
    title = dataset.title.get("en") or next(iter(dataset.title.values()), "")
    licence = dataset.licence
    shown = link(licence, licence) if licence.startswith(("http://", "https://")) else escape(licence)
    return (escape(title), escape(dataset.publisher), shown)
