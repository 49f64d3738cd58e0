"""The attempts as data: what is tried, with the addresses of the listener and of the trapped files filled in."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.acceptance.outbound.detectors import Listener, Traps

__all__ = ["CHANNELS", "Lure", "attempts", "named", "word_of"]

_HERE = Path(__file__).parent
#: One file of attempts each.
CHANNELS = ("sparql", "http", "load", "shapes", "page")


def attempts(channel: str) -> list[dict[str, Any]]:
    """Return the attempts of a channel."""
    loaded: list[dict[str, Any]] = YAML(typ="safe").load(_HERE / f"{channel}.yaml")
    return loaded


def named(attempt: dict[str, Any]) -> str:
    """Return the name of an attempt, for a test's name."""
    return str(attempt["name"])


def word_of(name: str) -> str:
    """Return the name of an attempt as it stands in the addresses that it uses."""
    return "".join(char if char.isalnum() else "-" for char in name)


@dataclass(frozen=True, slots=True)
class Lure:
    """Where attempts try to lead the system.

    :param listener: the server that must not be called.
    :param traps: the files that must not be opened.
    :param made: names of the attempts that were made.
    """

    listener: Listener
    traps: Traps
    made: set[str] = field(default_factory=set)

    def fill(self, payload: Any, name: str) -> Any:
        """Put real addresses in the place of ``{web}``, ``{host}``, ``{file}``, ``{path}`` and ``{pipe}``."""
        self.made.add(name)
        if isinstance(payload, dict):
            return {self.fill(key, name): self.fill(value, name) for key, value in payload.items()}
        if isinstance(payload, list):
            return [self.fill(item, name) for item in payload]
        if not isinstance(payload, str):
            return payload
        for slot, value in {
            "{web}": f"{self.listener.address}/{word_of(name)}",
            "{host}": self.listener.host,
            "{file}": (self.traps.folder / "secret").as_uri(),
            "{path}": str(self.traps.folder / "secret"),
            "{folder}": str(self.traps.folder),
            "{pipe}": str(self.traps.pipe),
        }.items():
            payload = payload.replace(slot, value)
        return payload

    def touched(self) -> tuple[list[str], list[str]]:
        """Return what the listener heard and which traps were opened, so far."""
        return list(self.listener.heard), list(self.traps.look())
