"""What a row's project and organisations are called within the list, never by the number of the row."""

import hashlib

from loaders.mentions import organisation_key
from loaders.normalise.names import lookup_key
from loaders.sources.mapped.column_map import ColumnMap, Part
from loaders.sources.mapped.values import Fields, RowValues

__all__ = ["Numbers", "combined_key", "joined", "mention_key", "place_key", "within_of"]

#: Digits of a hash that tells rows of one list apart: of ten million, two alike are one chance in 300,000.
_DIGITS = 16
#: What a name is unique in where the map says that it is so in the whole list; no key of a project holds a line break.
_LIST = "list\n"


class Numbers:
    """Counts what says the same, so that equal rows can be told apart by their number among each other."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        #: How many rows were numbered.
        self.again = 0

    def numbered(self, key: str) -> str:
        """Return a key, with ``-2`` and so on from its second time."""
        times = self._seen.get(key, 0) + 1
        self._seen[key] = times
        if times == 1:
            return key
        self.again += 1
        return f"{key}-{times}"


def combined_key(column_map: ColumnMap, values: RowValues) -> str:
    """Return the key of a project that has no id: a hash of what the map declares to tell it apart.

    :param column_map: the map.
    :param values: the values of the row.
    :returns: the key, or an empty string where the row has none of these values.
    """
    texts = [lookup_key(" ".join(cell.text for cell in values.cells(part, name))) for part, name in column_map.key]
    if not any(texts):
        return ""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGITS]


def mention_key(part: Part, thing: Fields, values: RowValues, project: str) -> str:
    """Return the key of an organisation that a row mentions.

    Without a declaration of the map, a name says the same only within its project.

    :param part: the part of the map.
    :param thing: the fields of the organisation.
    :param values: the values of the row, of which the map may declare some to be part of its identity.
    :param project: key of the project.
    """
    identifier = "".join(cell.text for cell in thing.get("id", ())[:1])
    name = "".join(cell.text for cell in thing.get("name", ())[:1])
    within = project
    if part.identity:
        further = [path for path in part.identity if path not in ((part.name, "name"), (part.name, "id"))]
        cells = [thing.get(field, ()) if owner == part.name else values.cells(owner, field) for owner, field in further]
        within = _LIST + "\n".join(lookup_key(" ".join(cell.text for cell in each)) for each in cells)
    elif thing.get("name") is part.constants.get("name"):
        within = _LIST  # what the map itself says is the same in every row
    return organisation_key(identifier, name, within)


def within_of(key: str) -> dict[str, str]:
    """Return what tells a mention of an organisation from others of its name, as ``known`` of a map states it.

    :param key: the key of the mention.
    :returns: its identifier as ``id``, or the project that it counts in as ``in``; nothing where neither does.
    """
    parts = [part.replace("%2F", "/").replace("%7E", "~").replace("%25", "%") for part in key.split("~")]
    if parts[0]:
        return {"id": parts[0]}
    within = parts[1] if len(parts) > 1 else ""
    return {} if not within or within.startswith(_LIST) else {"in": within}


def place_key(thing: Fields) -> str:
    """Return the key of a place: its code in its vocabulary, else its name in its country.

    :param thing: the fields of the place.
    """
    named = "code" if thing.get("code") else "name"
    scope = "vocabulary" if named == "code" else "country"
    parts = ["".join(cell.text for cell in thing.get(name, ())[:1]) for name in (scope, named)]
    return joined(*map(lookup_key, parts))


def joined(*parts: str) -> str:
    """Join the parts of a key into one word from which they could be told again.

    :param parts: the parts.
    """
    return "~".join(part.replace("%", "%25").replace("~", "%7E") for part in parts)
