"""Sentences that are made for people: each is said in English, and in Czech where somebody reads Czech."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import ClassVar

from ruamel.yaml import YAML

from loaders.errors import SourceFault
from loaders.findings import LANGUAGES

__all__ = ["ForPeople", "Sentence", "said"]


class Sentence:
    """A sentence, or several.

    :param room: the package whose ``refusals.yaml`` leads from the English sentence to the same in Czech.
    :param template: the sentence in English, with names in braces where values stand.
    :param values: the values; one that is a word or sentence of that file is told in the language as well, and several
        words stand in a tuple.
    """

    def __init__(self, room: str, template: str, /, **values: object) -> None:
        self._room, self._template, self._values = room, template, values

    def __str__(self) -> str:
        """Say it in English."""
        return _filled(self._template, self._values, {})

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Say it in a language; in English where it is not known in that one.

        :param language: ``en`` or ``cs``.
        """
        if language == LANGUAGES[0]:
            return str(self)
        known = _sentences(self._room)
        return _filled(known.get(self._template, self._template), self._values, known)


class ForPeople(Exception):
    """An error whose text is a sentence for people.

    :param template: as of a :class:`Sentence`.
    :param values: as of a :class:`Sentence`.
    """

    #: The package whose ``refusals.yaml`` has its sentences.
    room: ClassVar[str] = "graph_app.journal"

    def __init__(self, template: str, /, **values: object) -> None:
        self.sentence = Sentence(self.room, template, **values)
        super().__init__(str(self.sentence))

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Say it in a language, see :meth:`Sentence.text`.

        :param language: ``en`` or ``cs``.
        """
        return self.sentence.text(language)


def said(what: object, language: str) -> str:
    """Return what an error or sentence says, in a language if it knows it.

    :param what: an error, a sentence, or a text that stands for itself.
    :param language: ``en`` or ``cs``.
    """
    match what:
        case ForPeople() | Sentence():
            return what.text(language)
        case SourceFault(finding=found):
            place = f"{found.location.text(language)}: " if found.location else ""
            return place + found.text(language)
    return str(what)


def _filled(template: str, values: Mapping[str, object], known: Mapping[str, str]) -> str:
    def word(value: object) -> object:
        if isinstance(value, tuple):
            return ", ".join(known.get(str(one), str(one)) for one in value)
        return known.get(value, value) if isinstance(value, str) else value

    return template.format(**{name: word(value) for name, value in values.items()}) if values else template


@cache
def _sentences(room: str) -> Mapping[str, str]:
    content = files(room).joinpath("refusals.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = YAML(typ="safe").load(content)
    return found
