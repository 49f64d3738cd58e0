"""How the names of entities are asked for, with a store and without."""

from graph_app.questions.catalogue import Question, view

__all__ = ["labels_question"]


def labels_question(*, complete: bool) -> Question:
    """Return the question for the names of entities.

    Names of several languages have no order that all engines share, so that columns decline to choose one of them.
    As long as they alone answer, names are compared as plain text.

    :param complete: whether the engine has a store.
    """
    return view("labels" if complete else "labels-as-text")
