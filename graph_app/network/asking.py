"""How this room reads the graph: views answered as arrays by the question workers."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine

__all__ = ["Ask", "asking", "known"]


class Ask(Protocol):
    """Answers one of the queries of ``queries/views`` on one release."""

    def __call__(self, name: str, values: Mapping[str, Sequence[str]], /) -> Arrays:
        """Answer it whole.

        :param name: name of the query.
        :param values: parameter to values as people write them.
        :raises graph_app.questions.errors.QueryError: if there is no answer.
        """


def asking(engine: Engine, *, client: str = "") -> Ask:
    """Read a release through an engine.

    :param engine: the engine on it.
    :param client: who asks, so that no client holds up another.
    """
    return lambda name, values: engine.arrays(view(name), values, client=client)


def known(name: str, values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the values that a view has parameters for.

    :param name: name of the query.
    :param values: parameter to values.
    """
    names = {parameter.name for parameter in view(name).params}
    return {parameter: list(texts) for parameter, texts in values.items() if parameter in names}
