"""The fields of a 360Giving grant: their names in JSON, their titles in headings, and how each is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType
from typing import TypeAlias

from ruamel.yaml import YAML

from loaders.normalise.names import lookup_key

__all__ = ["GRANT", "Field", "Kind", "Path", "fields_of", "heading_path"]

#: Names of fields and numbers of list items, from the grant down: ``("recipientOrganization", 0, "name")``.
Path: TypeAlias = tuple[str | int, ...]

#: The object that a file lists.
GRANT = "grant"

_APART = re.compile("[:/]")
#: A higher number in a heading is no place in a list: nobody names a thousand recipients of one grant in columns.
_MOST_ITEMS = 1_000


class Kind(StrEnum):
    """How a field is read."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    UNUSED = "unused"  #: known, and left out on purpose
    PERSONAL = "personal"  #: of a natural person, never read


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object.

    :param title: what headings call it.
    :param kind: how a plain value is read.
    :param of: name of the object that it holds, or empty for a plain value.
    :param list: whether it holds several.
    """

    title: str
    kind: Kind = Kind.TEXT
    of: str = ""
    list: bool = False


def fields_of(entity: str) -> Mapping[str, Field]:
    """Return the fields of an object by their names.

    :param entity: name of the object: a key of ``fields.yaml``.
    """
    return _entities()[entity]


@cache
def heading_path(heading: str) -> Path | None:
    """Return the field that a heading names.

    A heading is a path of names, ``recipientOrganization/0/name``, or of titles, ``Recipient Org:Name``; names and
    titles, case and blanks around the parts make no difference, and a list without number means its first item.

    :param heading: the heading.
    :returns: the path, or ``None`` where the standard has no such field.
    """
    parts = [part.strip() for part in _APART.split(heading)]
    path: list[str | int] = []
    entity = GRANT
    while parts:
        name = _names(entity).get(lookup_key(parts.pop(0)))
        if name is None:
            return None
        path.append(name)
        field = fields_of(entity)[name]
        if field.kind is Kind.UNUSED:  # what is in it does not matter, as nothing of it is read
            return tuple(path)
        if field.list:
            numbered = bool(parts) and parts[0].isascii() and parts[0].isdigit()
            number = int(parts.pop(0)[:9]) if numbered else 0
            if number >= _MOST_ITEMS:
                return None
            path.append(number)
        if not field.of:
            return tuple(path) if not parts else None
        entity = field.of
    return None


@cache
def _names(entity: str) -> Mapping[str, str]:
    """Return what headings may call the fields of an object, to their names."""
    known = fields_of(entity)
    titles = {lookup_key(field.title): name for name, field in known.items()}
    return MappingProxyType(titles | {lookup_key(name): name for name in known})


@cache
def _entities() -> Mapping[str, Mapping[str, Field]]:
    text = files(__package__).joinpath("fields.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            entity: MappingProxyType(
                {name: Field(**{**told, "kind": Kind(told.get("kind", Kind.TEXT))}) for name, told in fields.items()}
            )
            for entity, fields in YAML(typ="safe").load(StringIO(text)).items()
        }
    )
