"""What no column of a table says, since it is the same in all its rows."""

from collections.abc import Mapping

from loaders.sources.mapped.column_map import PROJECT
from loaders.sources.mapped.map_text import MapText

__all__ = ["REST", "rest_of", "state_rest"]

LANGUAGE, COUNTRY, PROGRAMME, FUNDER = "language", "country", "programme", "funder"
#: What can be said of all rows: the language of texts, the country of projects, who paid, and from which programme.
REST = (LANGUAGE, COUNTRY, PROGRAMME, FUNDER)
#: Name of what is stated to the kind of the part that it makes, and what else is said of that part.
_PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    PROGRAMME: ("programme", {}),
    FUNDER: ("organisation", {"role": "funder"}),
}


def rest_of(written: MapText) -> Mapping[str, str]:
    """Return what a map says of all rows.

    :param written: the map.
    """
    country = written.section(PROJECT).get(COUNTRY, "")
    found = {LANGUAGE: written.text(LANGUAGE), COUNTRY: country if isinstance(country, str) else ""}
    for name, (kind, _) in _PARTS.items():
        stated = written.part(kind, _part(written, name)).get("name", "") if _part(written, name) else ""
        found[name] = stated if isinstance(stated, str) else ", ".join(map(str, stated.values()))
    return found


def state_rest(written: MapText, name: str, value: str) -> None:
    """Say something of all rows, or take it back.

    :param written: the map, which is changed.
    :param name: one of :data:`REST`.
    :param value: what is said; empty to take it back.
    """
    if name == LANGUAGE:
        written.set_text(LANGUAGE, value)
    elif name == COUNTRY:
        written.set_in(PROJECT, COUNTRY, value)
    else:
        kind, stated = _PARTS[name]
        part = _part(written, name)
        if part and not value:
            written.remove_part(kind, part)
        elif value:
            written.set_of_part(kind, part or written.add_part(kind, name, stated), "name", value)


def _part(written: MapText, name: str) -> str:
    """Return the part that is the same in all rows, or an empty text: it has its name from the map."""
    kind, stated = _PARTS[name]
    parts = ((part, written.part(kind, part)) for part in written.parts(kind))
    fits = (
        part for part, said in parts if "name" in said and all(said.get(key) == told for key, told in stated.items())
    )
    return next(fits, "")
