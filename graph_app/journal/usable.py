"""Whether the description of a dataset can be used, asked before anything of it is kept: what is published stays."""

import re

from graph_app.journal.errors import JournalError
from graph_app.journal.events import canonical
from graph_app.journal.loads import published_details
from loaders.datasets import Dataset
from loaders.errors import ValueFault
from loaders.normalise.languages import language_code

__all__ = ["refuse_unusable"]

#: Keys are parts of IRIs and names of files; those of what every release holds beside its datasets are taken.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TAKEN = frozenset(("derived", "identity", "integration-graph", "ontology"))


def refuse_unusable(dataset: Dataset) -> None:
    """Refuse a description that would stop every release from being built.

    :param dataset: the description.
    :raises JournalError: if its key, its language or the characters of a text cannot be used.
    """
    if not _KEY.fullmatch(dataset.key) or dataset.key in _TAKEN:
        raise JournalError(
            "{key!r} cannot be the key of a dataset. Use letters without accents, digits, dots, hyphens and "
            "underscores, and none of {taken}.",
            key=dataset.key,
            taken=", ".join(sorted(_TAKEN)),
        )
    if dataset.language and not _is_code(dataset.language):
        raise JournalError(
            "{language!r} is no code of a language. Write one such as en, cs or pt-BR, or leave it out.",
            language=dataset.language,
        )
    try:
        canonical(published_details(dataset, (), folder=False, name=""))
    except UnicodeEncodeError as error:
        raise JournalError(
            "What is said of the dataset {key} holds a character that cannot be kept. Type it again in UTF-8.",
            key=dataset.key,
        ) from error


def _is_code(text: str) -> bool:
    try:
        return language_code(text) == text
    except ValueFault:
        return False
