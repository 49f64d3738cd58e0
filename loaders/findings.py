"""One thing found wrong or noteworthy, with its place and its repair, in English and Czech."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO

from babel.numbers import format_decimal
from ruamel.yaml import YAML

__all__ = ["LANGUAGES", "SEVERITY_RANK", "Effect", "Finding", "Location", "Severity", "finding"]

#: Languages in which every message exists; the first is the fallback.
LANGUAGES = ("en", "cs")
#: Longer values are cut in a message, which is there to be read; the finding itself holds the whole value.
_LONGEST_SHOWN = 200
#: An entry of ``messages/``: its name at the beginning of a line, and the lines below that are indented.
_ENTRY = re.compile(r"^[a-z0-9-]+:.*\n(?:[ \t].*\n|\n)*", re.MULTILINE)
_WORDS = {"en": ("row", "line"), "cs": ("řádek", "řádka")}


class Severity(StrEnum):
    """How much a finding matters: a violation blocks, a warning advises, an info tells."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


#: What matters most comes first.
SEVERITY_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Effect(StrEnum):
    """What a finding means for what is taken in."""

    RECORD_SKIPPED = "record-skipped"  #: a whole record of the source is left out
    VALUE_SKIPPED = "value-skipped"  #: one value is left out
    VALUE_CHANGED = "value-changed"  #: a value is taken in otherwise than it was written
    NONE = "none"  #: everything is taken in as it is


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file.

    :param file: name of the file.
    :param sheet: sheet of a workbook, or empty.
    :param row: row of a table, counted from 1 with the header.
    :param column: column letter, or key path.
    :param line: line of a text file, counted from 1.
    :param locator: place in the original document, or empty.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    line: int | None = None
    locator: str = ""

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Write the place as people say it: ``entries.xlsx, Projects!F4`` or ``iom.yaml, line 12 (title)``.

        :param language: ``en`` or ``cs``; anything else gives English.
        """
        row, line = _WORDS.get(language, _WORDS[LANGUAGES[0]])
        if self.row is not None:
            cell = f"{self.column}{self.row}" if self.column else f"{row} {self.row}"
            return f"{self.file}, {self.sheet}!{cell}" if self.sheet else f"{self.file}, {cell}"
        place = self.file + (f", {self.sheet}" if self.sheet else "")
        if self.line is not None:
            place += f", {line} {self.line}"
        return place + (f" ({self.column})" if self.column else "")

    def __str__(self) -> str:
        """Write the place in English."""
        return self.text()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, from a loader or from a shape.

    :param rule: stable name of the rule: a key in ``messages/``, or the local name of a shape.
    :param severity: whether it blocks.
    :param message: language to sentence; says what is wrong and how to repair it.
    :param location: where, or ``None`` for the graph as a whole.
    :param value: the offending value as written, or empty.
    :param focus: IRI of the entity concerned, or empty.
    :param path: IRI of the property concerned, or empty.
    :param effect: what it means for what is taken in.
    """

    rule: str
    severity: Severity
    message: Mapping[str, str] = field(hash=False)
    location: Location | None = None
    value: str = ""
    focus: str = ""
    path: str = ""
    effect: Effect = Effect.NONE

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Return the message in one language.

        :param language: ``en`` or ``cs``; anything else gives English.
        """
        return self.message.get(language) or self.message[LANGUAGES[0]]


@cache
def _catalogue() -> dict[str, str]:
    """Return the lines of each rule, unread: a run needs few of them, and YAML takes long to read."""
    catalogue: dict[str, str] = {}
    for file in files("loaders").joinpath("messages").iterdir():
        if file.name.endswith(".yaml"):
            entries = _ENTRY.findall(file.read_text(encoding="utf-8"))
            catalogue |= {entry.partition(":")[0]: entry for entry in entries}
    return catalogue


@cache
def _entry(rule: str) -> dict[str, str]:
    entry: dict[str, str] = YAML(typ="safe").load(StringIO(_catalogue()[rule]))[rule]
    return entry


def finding(
    rule: str,
    location: Location | None = None,
    *,
    value: str = "",
    focus: str = "",
    path: str = "",
    **details: object,
) -> Finding:
    """Make a finding from a rule of ``messages/``.

    :param rule: key of the rule.
    :param location: where it was found.
    :param value: the offending value as written; also fills ``{value}`` in the message.
    :param focus: IRI of the entity concerned.
    :param path: IRI of the property concerned.
    :param details: what else the message names in braces; numbers are written as each language groups their digits.
    :returns: the finding, with its message filled in every language.
    :raises KeyError: if the rule is not in the catalogue.
    """
    entry = _entry(rule)
    shown = value if len(value) <= _LONGEST_SHOWN else value[:_LONGEST_SHOWN] + "…"
    message = {
        language: entry[language].format(
            value=shown, **{name: _worded(detail, language) for name, detail in details.items()}
        )
        for language in LANGUAGES
    }
    severity = Severity(entry["severity"])
    usual = Effect.VALUE_SKIPPED if severity is Severity.VIOLATION else Effect.NONE
    return Finding(rule, severity, message, location, value, focus, path, Effect(entry.get("effect", usual)))


def _worded(detail: object, language: str) -> object:
    return format_decimal(detail, locale=language) if isinstance(detail, int) else detail
