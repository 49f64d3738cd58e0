"""The queries of ``bombs.yaml``, which tests send through the engine and through the server."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("bombs.yaml")


def bombs() -> dict[str, str]:
    """Return name to query."""
    return {name: _whole(query) for name, query in YAML(typ="safe").load(FILE).items()}


def _whole(query: str | list[str | Mapping[str, str]]) -> str:
    parts = [query] if isinstance(query, str) else query
    return "".join(part if isinstance(part, str) else _repeated(int(part["times"]), part["of"]) for part in parts)


def _repeated(times: int, text: str) -> str:
    return "".join(text.replace("{n}", str(number)).replace("{m}", str(number + 1)) for number in range(times))
