"""The counting rule in words, and the order in which kinds of amount go before others: ``rule.yaml``."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

__all__ = ["reasons", "rungs", "sentences"]


@cache
def _words() -> Mapping[str, Any]:
    text = files("graph_app.money").joinpath("rule.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = YAML(typ="safe").load(text)
    return found


def sentences() -> Sequence[Mapping[str, str]]:
    """Return the rule in words, each sentence by language."""
    found: Sequence[Mapping[str, str]] = _words()["rule"]
    return found


def reasons() -> Mapping[str, Mapping[str, str]]:
    """Return why amounts are left out, in words by language."""
    found: Mapping[str, Mapping[str, str]] = _words()["reasons"]
    return found


@cache
def rungs() -> Mapping[tuple[str, str], int]:
    """Return the place in the order of each kind of amount, or type of transaction, at each place."""
    return {
        (place, kind): rung
        for place, order in _words()["order"].items()
        for rung, kinds in enumerate(order)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    }
