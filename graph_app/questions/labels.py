"""How the names of entities are asked for, with a store and without."""

from collections.abc import Iterator, Sequence

from graph_app.questions.catalogue import Question, view

__all__ = ["label_questions"]

#: Terms for which columns have a place each in their statement; it takes longer than several shorter ones where there
#: are many.
_BATCH = 100


def label_questions(iris: Sequence[str], *, complete: bool) -> Iterator[tuple[Question, Sequence[str]]]:
    """Yield what to ask for the names of entities.

    Names of several languages have no order that all engines share, so that columns decline to choose one of them.
    As long as they alone answer, names are compared as plain text.

    :param iris: the entities.
    :param complete: whether the engine has a store.
    :returns: questions, each with the entities to ask it of.
    """
    if complete:
        yield view("labels"), iris
        return
    for start in range(0, len(iris), _BATCH):
        yield view("labels-as-text"), iris[start : start + _BATCH]
