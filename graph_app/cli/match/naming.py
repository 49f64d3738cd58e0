"""What organisations and projects are called, by the address under which they were loaded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_app.settings import Settings

__all__ = ["names_of"]

#: Addresses that are asked for at a time.
_AT_ONCE = 1_000


def names_of(iris: Sequence[str], settings: "Settings") -> dict[str, str]:
    """Return the names of those that the current release knows, as entities or as mentions of others.

    :param iris: IRIs, without the base of all instances where they begin with it.
    :param settings: where the release is.
    :returns: IRI, as it was given, to name.
    :raises QueryError: if there is no answer.
    :raises NoRelease: if there is no release.
    """
    from graph_app.questions.catalogue import view
    from graph_app.questions.engine import Engine
    from graph_app.questions.results import Table
    from graph_app.releases.release import current_release

    wanted = {(iri if "://" in iri else settings.base + iri): iri for iri in iris}
    found: dict[str, str] = {}
    if not wanted:
        return found
    with Engine(current_release(settings), settings) as engine:
        whole = list(wanted)
        for start in range(0, len(whole), _AT_ONCE):
            answer = engine.answer(view("mention-names"), {"iri": whole[start : start + _AT_ONCE]})
            if isinstance(answer, Table):
                found |= {wanted[row["iri"].value]: row["name"].value for row in answer if "name" in row}
    return found
