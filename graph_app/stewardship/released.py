"""All that is found in a release: by its loading, by the shapes, and by comparing who has which identifier."""

from graph_app.identity.entities import CLASSES
from graph_app.identity.findings import identifier_findings
from graph_app.questions.engine import Engine
from graph_app.settings import Settings
from graph_app.validation.released import check_release
from loaders.findings import Finding

__all__ = ["release_findings"]


def release_findings(engine: Engine, settings: Settings) -> tuple[Finding, ...]:
    """Return the findings over a release; each check is made once a release and kept.

    :param engine: the engine on the release.
    :param settings: where reports are kept, and the base of all instance IRIs.
    :returns: the findings, those of loading first.
    :raises NoRelease: if a part of the release cannot be read.
    :raises QueryError: if the release does not answer.
    """
    checked = check_release(engine.release, settings)
    shared = (found for kind in CLASSES for found in identifier_findings(engine, settings, kind))
    return (*checked, *shared)
