"""What an organisation or project of an entry may be, with a score and reasons in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from graph_app.identity.likeness import Relation
from loaders.findings import LANGUAGES

__all__ = ["LIKELY", "SHOWN", "Reason", "Suggestion", "sentence"]

#: What scores less is not shown.
SHOWN = 0.75
#: From here on, the same thing is probably meant.
LIKELY = 0.9


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for or against two being one.

    :param rule: key of its sentence in ``reasons.yaml``.
    :param values: what the sentence names in braces.
    :param against: whether it speaks against.
    """

    rule: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    against: bool = False

    def text(self, language: str) -> str:
        """Return the sentence.

        :param language: ``en`` or ``cs``; anything else gives English.
        """
        return sentence(self.rule, language, **self.values)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an organisation or project may be.

    :param iri: the entity of the graph.
    :param name: the name of it that comes nearest, as written.
    :param score: from 0 to 1: how likely the relation holds.
    :param relation: what the two are to each other.
    :param reasons: why, what counts most first.
    """

    iri: str
    name: str
    score: float
    relation: Relation
    reasons: tuple[Reason, ...]

    def verdict(self, language: str) -> str:
        """Return the suggestion as a sentence without its name: ``This is probably`` or ``This may be a part of``.

        :param language: ``en`` or ``cs``; anything else gives English.
        """
        strength = "likely" if self.score >= LIKELY else "possible"
        return sentence(f"{self.relation}.{strength}", language)


def sentence(key: str, language: str, **values: str) -> str:
    """Return a sentence of this room.

    :param key: key in ``reasons.yaml``.
    :param language: ``en`` or ``cs``; anything else gives English.
    :param values: what the sentence names in braces.
    :raises KeyError: if there is no such sentence.
    """
    texts = _sentences()[key]
    return (texts.get(language) or texts[LANGUAGES[0]]).format(**values)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    content = files("graph_app.identity").joinpath("reasons.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(content)
    return found
