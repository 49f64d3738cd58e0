"""What is said of an organisation or project, by an entry or by the graph, as far as it tells who it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from graph_app.identity.names import Name, read_name
from loaders.mentions import identifier_of
from loaders.normalise.countries import country_code
from loaders.normalise.folding import fold

__all__ = ["Code", "Described", "code_of"]

#: The country of a national register, as org-ids begin: ``GB-CHC``, ``CZ-ICO``, ``TR-GOV``.
_COUNTRY = re.compile(r"([A-Z]{2})-[A-Z0-9]")
_SIGNS = re.compile(r"[^a-z0-9]+")
#: Numbers of fewer digits are given by many registers.
_SHORTEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """An identifier in a form in which two can be compared.

    :param register: the register, folded, or empty where it is not known.
    :param number: letters and digits alone, without leading zeros, which spreadsheets lose.
    :param country: code of the country whose register it is; empty for registers of the world.
    """

    register: str
    number: str
    country: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What two forms of one identifier have in common: the register counts where the number is a short one."""
        return self.number if len(self.number) >= _SHORTEST else f"{self.register} {self.number}"


@dataclass(frozen=True)
class Described:
    """What is said of an organisation or project.

    :param kind: ``organisation`` or ``project``.
    :param texts: its names or titles as written, also in other languages.
    :param acronyms: acronyms of a project.
    :param seat: code of the country of its seat, or empty.
    :param codes: its identifiers.
    :param start: when it began, as written: a year, month or day; or empty.
    :param end: when it ended, likewise.
    :param part_of: IRIs of what it is stated to be a part of or, a project, to continue.
    """

    kind: str
    texts: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    seat: str = ""
    codes: frozenset[Code] = frozenset()
    start: str = ""
    end: str = ""
    part_of: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names taken apart, each once."""
        return _named(self.texts)

    @cached_property
    def short_names(self) -> tuple[Name, ...]:
        """Its acronyms taken apart, each once."""
        return _named(self.acronyms)


def code_of(register: str, number: str) -> Code | None:
    """Return an identifier in a form in which two can be compared.

    ``CZ-ICO`` with ``00123456``, with ``CZ-ICO-123456`` and with ``123 456`` have the same key.

    :param register: the register, such as ``CZ-ICO``, or empty.
    :param number: the identifier as written.
    :returns: the identifier; nothing for what is none, such as ``n/a``.
    """
    if not identifier_of(number):
        return None
    national = _COUNTRY.match(register.strip()) or _COUNTRY.match(number.strip())
    country = country_code(national[1]) or "" if national is not None else ""
    register, number = (_SIGNS.sub("", fold(text)) for text in (register, number))
    bare = (number.removeprefix(register) or number).lstrip("0")
    return Code(register, bare, country) if bare else None


def _named(texts: Iterable[str]) -> tuple[Name, ...]:
    read = {text: read_name(text) for text in texts}
    return tuple(name for name in read.values() if name.core or name.towns or name.countries)
