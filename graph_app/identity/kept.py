"""Candidates of a release, found once and kept beside it, so that a server that starts anew has them at once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from graph_app.identity.candidates import Candidate, candidates
from graph_app.identity.likeness import Relation
from graph_app.identity.suggestions import Reason
from graph_app.questions.engine import Engine
from graph_app.releases.release import Release
from graph_app.releases.reports import digest_of_files, keep_report, kept_report, report_path
from graph_app.settings import Settings
from loaders import resources
from loaders.normalise import names

__all__ = ["as_candidate", "find_candidates", "kept_candidates", "names_key"]


def find_candidates(engine: Engine, settings: Settings, kind: str) -> Sequence[Candidate]:
    """Return all pairs of entities of a release that may be one: those that are kept, else found now and kept.

    :param engine: the engine on the release.
    :param settings: where they are kept.
    :param kind: ``organisation`` or ``project``.
    :returns: as :func:`~graph_app.identity.candidates.candidates` gives them.
    :raises QueryError: if the release does not answer.
    """
    found = kept_candidates(engine.release, settings, kind)
    if found is None:
        found = candidates(engine, kind)
        text = json.dumps([asdict(candidate) for candidate in found], ensure_ascii=False)
        keep_report(_path(engine.release, settings, kind), names_key(engine.release, settings), text)
    return found


def kept_candidates(release: Release, settings: Settings, kind: str) -> Sequence[Candidate] | None:
    """Return the candidates of a release if they are kept.

    :param release: the release.
    :param settings: where they are kept.
    :param kind: ``organisation`` or ``project``.
    """
    return kept_report(
        _path(release, settings, kind),
        names_key(release, settings),
        lambda told: [as_candidate(entry) for entry in told],
    )


def as_candidate(told: Mapping[str, Any]) -> Candidate:
    """Read a candidate as JSON holds it.

    :param told: the entry.
    :raises KeyError: if it is none; also ``TypeError`` and ``ValueError``.
    """
    reasons = tuple(Reason(**reason) for reason in told["reasons"])
    return Candidate(**{**told, "relation": Relation(told["relation"]), "reasons": reasons})


def names_key(release: Release, settings: Settings) -> str:
    """Return what everything follows from that is found by comparing the names of a release.

    :param release: the release.
    :param settings: which engine holds it, and the base of all instance IRIs.
    """
    return " ".join(filter(None, (release.sha256, _rules(), settings.base, settings.store)))


@cache
def _rules() -> str:
    """Return a hash of all that tells which names are alike: the code of this room, its lists, and what it asks."""
    rooms = (Path(__file__).parent, Path(names.__file__).parent)
    files = [file for room in rooms for pattern in ("*.py", "*.yaml") for file in sorted(room.glob(pattern))]
    return digest_of_files([*files, resources.QUERIES / "views" / "named-entities.rq"])


def _path(release: Release, settings: Settings, kind: str) -> Path:
    return report_path(settings, release.version, f"candidates-{kind}")
