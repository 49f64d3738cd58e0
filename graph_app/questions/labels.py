"""How the names of entities are asked for, with a store and without."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph_app.questions.catalogue import Question, view
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table

__all__ = ["Label", "labels_question", "names"]


class Label(NamedTuple):
    """What an entity is called.

    :param name: its name, or empty.
    :param type: IRI of its class, or empty.
    """

    name: str
    type: str


def labels_question(*, complete: bool) -> Question:
    """Return the question for the names of entities.

    Names of several languages have no order that all engines share, so that columns decline to choose one of them.
    As long as they alone answer, names are compared as plain text.

    :param complete: whether the engine has a store.
    """
    return view("labels" if complete else "labels-as-text")


def names(engine: Engine, iris: Iterable[str], language: str) -> Mapping[str, Label]:
    """Name entities.

    :param engine: the engine on the release.
    :param iris: their IRIs.
    :param language: the language of names, where there are names in it.
    :returns: IRI to what it is called, for every IRI that the graph knows.
    :raises QueryError: if there is no answer.
    """
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    found = engine.answer(labels_question(complete=engine.complete), {"iri": wanted, "lang": [language]})
    if not isinstance(found, Table):
        raise TypeError("The question for names is no SELECT.")
    rows = ({name: term.value for name, term in row.items()} for row in found)
    return {row["iri"]: Label(row.get("label", ""), row.get("type", "")) for row in rows}
