"""Where identifiers lead: the public page that a register has for each of its codes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from ruamel.yaml import YAML

__all__ = ["Register", "register", "registers"]

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Register:
    """A register with a public page for each of its codes.

    :param schemes: names under which sources give its codes.
    :param name: language to its name.
    :param code: what a code looks like; where it has a group, that part stands in the address.
    :param template: address of a page, with ``{code}`` for the code.
    :param drop: signs that people put into codes for reading.
    :param of: the only kind of entity that it numbers, such as ``project``; empty where it numbers any.
    """

    schemes: tuple[str, ...]
    name: Mapping[str, str]
    code: re.Pattern[str]
    template: str
    drop: str = ""
    of: str = ""

    def address(self, code: str) -> str:
        """Return the address of the page for a code.

        :param code: as a source writes it.
        :returns: the address; empty where this is no code of the register.
        """
        plain = code.strip().translate({ord(sign): None for sign in self.drop})
        match = self.code.fullmatch(plain)
        if match is None or len(plain) > _LONGEST:
            return ""
        return self.template.replace("{code}", quote(match[match.lastindex or 0], safe=""))


@cache
def registers() -> tuple[Register, ...]:
    """Return all registers."""
    content = files("graph_app.identity").joinpath("registers.yaml").read_text(encoding="utf-8")
    return tuple(
        Register(
            tuple(entry["schemes"]),
            entry["name"],
            re.compile(entry["code"], re.ASCII),
            entry["address"],
            entry.get("drop", ""),
            entry.get("of", ""),
        )
        for entry in YAML(typ="safe").load(content)
    )


def register(scheme: str, kind: str = "") -> Register | None:
    """Return the register that a scheme of identifiers means.

    :param scheme: as a source names it; case does not matter.
    :param kind: kind of the entity, ``organisation`` or ``project``; some schemes number only one.
    :returns: the register, or ``None`` where none with public pages is known.
    """
    found = _by_scheme().get(scheme.strip().upper())
    return found if found is not None and found.of in {"", kind} else None


@cache
def _by_scheme() -> Mapping[str, Register]:
    return {scheme: one for one in registers() for scheme in one.schemes}
