"""What the organisations and projects of an entry may be in the current release."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from graph_app.identity.graph import known_names
from graph_app.identity.mentions import Mention, read_mentions
from graph_app.identity.suggestions import Suggestion
from graph_app.questions.engine import Engine
from loaders.datasets import Dataset
from loaders.vocabulary import BASE

__all__ = ["suggestions_for"]


def suggestions_for(
    engine: Engine,
    paths: Path | Iterable[Path],
    dataset: Dataset,
    *,
    base: str = BASE,
    most: int | None = None,
) -> tuple[Sequence[tuple[Mention, Sequence[Suggestion]]], int]:
    """Look up every organisation and project that an entry describes and the graph does not have under its id.

    :param engine: the engine on the release.
    :param paths: the file or files of the entry.
    :param dataset: the submission that they make up.
    :param base: base of all instance IRIs.
    :param most: how many to look up.
    :returns: those that may be in the graph already, in the order of the files, each with what it may be; and how many
        were not looked up.
    :raises QueryError: if the release does not answer.
    """
    known = known_names(engine)
    new = [
        mention
        for mention in read_mentions(paths, dataset, base=base)
        if mention.described.names and mention.iri not in known.index(engine, mention.described.kind).entities
    ]
    looked_up = islice(new, most)
    told = [(mention, known.suggest(engine, mention.described, mention.neighbours)) for mention in looked_up]
    return [pair for pair in told if pair[1]], len(new) - len(told)
