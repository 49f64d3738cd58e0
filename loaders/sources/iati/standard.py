"""What each version of the IATI standard lets an element hold, compiled from ``grammar/`` for quick checking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ruamel.yaml import YAML

from loaders.sources.iati.lexical import FORMS, Form

__all__ = ["FOREIGN", "ROOTS", "VERSIONS", "Child", "Content", "standard"]

#: Versions whose rules are known, the newest first; each table says what differs from the one before.
VERSIONS = ("2.03", "2.02", "2.01")
#: Root element of a file to the element that it repeats.
ROOTS: Mapping[str, str] = MappingProxyType(
    {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
)
_TOKEN = re.compile(r"(?P<name>[^?*+=]+)(?P<mark>[?*+]?)(?:=(?P<type>\w+))?")


@dataclass(frozen=True, slots=True)
class Child:
    """An element in its parent.

    :param place: its rank among the elements of the parent.
    :param single: whether it may stand there once only.
    :param content: what it may hold itself.
    """

    place: int
    single: bool
    content: "Content"


@dataclass(frozen=True, slots=True)
class Content:
    """What an element may hold.

    :param attributes: name to form of the value, or ``None`` for any text.
    :param required: attributes that it must have.
    :param extensible: whether attributes of other namespaces may be added.
    :param children: name to the child.
    :param least: children that it must have.
    :param foreign: ranks among the children where elements of other namespaces may stand.
    :param textual: whether it holds text in place of children.
    :param text: form of this text, or ``None`` for any text.
    :param anything: whether it may hold whatever it likes, save for attributes that are named.
    """

    attributes: Mapping[str, Form | None] = field(hash=False)
    required: tuple[str, ...]
    extensible: bool
    children: Mapping[str, Child] = field(hash=False)
    least: tuple[str, ...]
    foreign: tuple[int, ...]
    textual: bool
    text: Form | None
    anything: bool

    def allows(self, attribute: str) -> bool:
        """Return whether an attribute that the standard does not name may be added.

        :param attribute: its name.
        """
        return self.anything or (self.extensible and attribute.startswith("{"))

    def foreign_place(self, tag: str, last: int) -> int | None:
        """Return the rank at which an element unknown to the standard stands.

        :param tag: its name.
        :param last: rank of the element before it.
        :returns: the next rank for elements of other namespaces; -1 where they had to stand earlier; ``None`` where it
            is of no namespace.
        """
        if not tag.startswith("{"):
            return None
        return next((place for place in self.foreign if place >= last), -1)


@cache
def standard(version: str) -> Mapping[str, Content]:
    """Return the rules of one version.

    :param version: one of ``VERSIONS``.
    :returns: name of a root element to what it may hold.
    :raises ValueError: if there are no rules for this version.
    """
    table = _table(version)
    return MappingProxyType({root: _compiled(table, (root,)) for root in ROOTS})


def _table(version: str) -> dict[str, dict[str, str]]:
    folder = files("loaders.sources.iati") / "grammar"
    table: dict[str, dict[str, str]] = {}
    for name in VERSIONS[: VERSIONS.index(version) + 1]:
        table |= YAML(typ="safe").load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return table


def _compiled(table: Mapping[str, Mapping[str, str]], path: tuple[str, ...]) -> Content:
    entry = next(table[key] for key in ("/".join(path[start:]) for start in range(len(path))) if key in table)
    attributes = [token.groupdict() for token in map(_TOKEN.fullmatch, entry.get("attributes", "").split()) if token]
    children = [token.groupdict() for token in map(_TOKEN.fullmatch, entry.get("children", "").split()) if token]
    textual = "text" in entry
    foreign = tuple(place for place, child in enumerate(children) if child["name"] == "other")
    return Content(
        attributes={attribute["name"]: FORMS.get(attribute["type"] or "") for attribute in attributes},
        required=tuple(attribute["name"] for attribute in attributes if not attribute["mark"]),
        extensible=bool(entry.get("extensible", True)),
        children={
            child["name"]: Child(place, child["mark"] in {"", "?"}, _compiled(table, (*path, child["name"])))
            for place, child in enumerate(children)
            if child["name"] != "other"
        },
        least=tuple(child["name"] for child in children if child["mark"] in {"", "+"}),
        foreign=() if textual else foreign or (len(children),),
        textual=textual,
        text=FORMS.get(entry.get("text", "")),
        anything=entry.get("text") == "anything",
    )


#: An element of another namespace. Of one attribute the standard says what it holds wherever it stands.
FOREIGN = _compiled({"": {"attributes": "value-date?=date", "text": "anything"}}, ("",))
