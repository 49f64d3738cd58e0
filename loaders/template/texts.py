"""The words of the template that no shape holds, from ``texts.yaml``."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

__all__ = ["examples", "rules", "text"]


def text(*keys: str) -> Mapping[str, str]:
    """Return one text.

    :param keys: path to it in ``texts.yaml``.
    :returns: language to text.
    :raises KeyError: if there is none.
    """
    found: Any = _texts()
    for key in keys:
        found = found[key]
    return dict(found)


def examples() -> list[dict[str, Any]]:
    """Return the rows shown as examples: ``sheet`` and ``cells``, a mapping of language to cells by field."""
    return list(_texts()["examples"])


def rules() -> list[dict[str, str]]:
    """Return the rules for filling in, each by language."""
    return list(_texts()["rules"])


@cache
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(files("loaders.template").joinpath("texts.yaml").read_text("utf-8"))
    return loaded
