"""What a deployment sets, read from the environment; no other module reads it."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

__all__ = ["Settings", "SettingsError", "load_settings"]

_Value = TypeVar("_Value", int, float)

_GIB = 1024**3
_DAY = 24 * 60 * 60.0
#: What the system's clocks and limits can hold; a program that needs more has no limit at all.
_LARGEST = 2**62
_BASE = re.compile(r"""https?://[^\x00-\x20/<>"{}|^`\\\x7f]+/([^\x00-\x20<>"{}|^`\\\x7f]*/)?""")


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the text names the variable and the repair."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one deployment.

    :param home: folder for everything that is made: releases now, inbox and journal later (``INTGRAPH_HOME``).
    :param data: folder with ``datasets.yaml`` and the records (``INTGRAPH_DATA``).
    :param base: base of all instance IRIs (``INTGRAPH_BASE``).
    :param time_limit: seconds after which a query is stopped (``INTGRAPH_TIME_LIMIT``).
    :param row_limit: most rows or triples of one answer (``INTGRAPH_ROW_LIMIT``).
    :param byte_limit: most bytes of one answer (``INTGRAPH_BYTE_LIMIT``).
    :param memory_limit: bytes of address space of one worker (``INTGRAPH_MEMORY_LIMIT``).
    :param workers: how many queries run at once (``INTGRAPH_WORKERS``).
    """

    home: Path = Path(".intgraph")
    data: Path = Path("data")
    base: str = "https://w3id.org/integration-graph/id/"
    time_limit: float = 10.0
    row_limit: int = 10_000
    byte_limit: int = 50_000_000
    memory_limit: int = 2 * _GIB
    workers: int = 2


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; what the environment does not say has the default of :class:`Settings`.

    :param environment: variables to read instead of those of the process.
    :returns: the settings.
    :raises SettingsError: if a variable holds something that cannot be used.
    """
    variables = os.environ if environment is None else environment
    defaults = Settings()
    return Settings(
        home=_folder(variables, "INTGRAPH_HOME", defaults.home),
        data=_folder(variables, "INTGRAPH_DATA", defaults.data),
        base=_base(variables.get("INTGRAPH_BASE") or defaults.base),
        time_limit=_positive(
            variables, "INTGRAPH_TIME_LIMIT", defaults.time_limit, float, "a number of seconds", most=_DAY
        ),
        row_limit=_positive(variables, "INTGRAPH_ROW_LIMIT", defaults.row_limit, int, "a whole number of rows"),
        byte_limit=_positive(variables, "INTGRAPH_BYTE_LIMIT", defaults.byte_limit, int, "a whole number of bytes"),
        memory_limit=_positive(
            variables, "INTGRAPH_MEMORY_LIMIT", defaults.memory_limit, int, "a whole number of bytes"
        ),
        workers=_positive(variables, "INTGRAPH_WORKERS", defaults.workers, int, "a whole number of processes"),
    )


def _folder(variables: Mapping[str, str], name: str, default: Path) -> Path:
    try:
        return Path(variables.get(name) or default).expanduser()
    except RuntimeError as error:
        raise SettingsError(f"{name} must be a folder, not {variables[name]!r}: nobody has that name here.") from error


def _positive(
    variables: Mapping[str, str],
    name: str,
    default: _Value,
    read: Callable[[str], _Value],
    what: str,
    *,
    most: float = _LARGEST,
) -> _Value:
    text = variables.get(name, "").strip()
    if not text:
        return default
    try:
        value = read(text)
    except ValueError:
        value = read("0")
    if not 0 < value <= most:
        raise SettingsError(f"{name} must be {what} above 0 and at most {most:,.0f}, not {text!r}.")
    return value


def _base(text: str) -> str:
    if not _BASE.fullmatch(text):
        raise SettingsError(f"INTGRAPH_BASE must be an http or https address that ends with a slash, not {text!r}.")
    return text
