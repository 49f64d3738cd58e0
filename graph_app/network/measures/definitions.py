"""What measures mean, for whoever reads them: titles, definitions, sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

__all__ = ["Definition", "definitions"]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure means.

    :param name: its name.
    :param of: ``nodes``, ``ties`` or ``figures``: what it gives a value for.
    :param title: language to its name for people.
    :param says: language to its definition, a sentence.
    :param source: where the definition is from, empty where it needs no source.
    :param slow: whether it takes long on large networks, so that it is made only where it is asked for.
    """

    name: str
    of: str
    title: Mapping[str, str]
    says: Mapping[str, str]
    source: str
    slow: bool = False


@cache
def definitions() -> Mapping[str, Definition]:
    """Return every measure by its name."""
    told = YAML(typ="safe").load((Path(__file__).parent / "definitions.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: Definition(name, **entry) for name, entry in told.items()})
