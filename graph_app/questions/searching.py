"""Search over everything: in the index of a release, and by SPARQL where there is none."""

from collections.abc import Iterable, Mapping

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed, QueryRefused
from graph_app.questions.labels import names
from graph_app.questions.results import Table
from graph_app.search.find import Found, Hit, find
from graph_app.search.layout import SearchError
from graph_app.search.phrases import LONGEST

__all__ = ["describe", "search"]

#: Values of a facet that are told to programs.
_MOST_VALUES = 100


def search(
    engine: Engine, text: str, chosen: Mapping[str, Iterable[str]] | None = None, *, first: int = 0, limit: int = 20
) -> Found:
    """Find entities by their names, identifiers and descriptions.

    A remote engine has no index beside it, nor has a release that was just made: there a text is found as it stands,
    and nothing is narrowed or counted.

    :param engine: the engine on the release.
    :param text: what a person typed.
    :param chosen: name of a facet to the values of which an entity must have one.
    :param first: place of the first hit wanted.
    :param limit: most hits to give.
    :raises QueryError: if there is no answer; without index, also where something is to be narrowed.
    """
    if engine.release.search.is_file():
        try:
            return find(engine.release.search, text, chosen, first=first, limit=limit)
        except SearchError as error:
            raise QueryFailed(str(error)) from error
    if any(map(list, (chosen or {}).values())):
        raise QueryRefused("Narrowing needs the search index, which this release does not have, or not yet.")
    if not text.strip():
        return Found(indexed=False)
    answer = engine.answer(view("search"), {"text": [text.strip()[:LONGEST]]})
    if not isinstance(answer, Table):
        raise TypeError("queries/views/search.rq is no SELECT.")
    hits = tuple(Hit(row["entity"].value, row["found"].value) for row in answer)
    return Found(len(hits), len(hits), hits[first : first + limit], indexed=False)


def describe(engine: Engine, found: Found, language: str) -> dict[str, object]:
    """Describe what was found for programs: JSON with names.

    :param engine: the engine on the release.
    :param found: what was found.
    :param language: language of names.
    :raises QueryError: if there is no answer.
    """
    named = names(engine, [hit.iri for hit in found.hits], language)
    return {
        "total": found.total,
        "counted": found.counted,
        "everyWord": found.every,
        "indexed": found.indexed,
        "takenFor": {word: list(taken) for word, taken in found.instead.items()},
        "hits": [{"iri": hit.iri, **named[hit.iri]._asdict(), "snippet": hit.snippet} for hit in found.hits],
        "facets": {
            name: [{"value": value, "count": count} for value, count in values[:_MOST_VALUES]]
            for name, values in found.facets.items()
        },
    }
