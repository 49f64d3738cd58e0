"""A saved view: one small JSON text that opens the same network again, drawn the same way, with notes."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_app.network.filters import FilterError, Filters
from graph_app.network.projections import PROJECTIONS

__all__ = ["MOST_BYTES", "SavedView", "ViewError"]

#: A view of 100,000 moved nodes is smaller.
MOST_BYTES = 20_000_000
_FORMAT = "integration-graph-network"
_VERSION = 1


class ViewError(ValueError):
    """A text is no saved view; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """What a person has put together on the page of partnerships.

    :param projection: name of the projection.
    :param filters: what it is narrowed to.
    :param release: version of the release that it was made of.
    :param title: what the person calls it.
    :param styling: choices of colour, size and the like, by name.
    :param positions: IRI of each node that was moved to where it is.
    :param notes: IRI, or empty for the whole, to what is noted there.
    """

    projection: str
    filters: Filters = field(default_factory=Filters)
    release: str = ""
    title: str = ""
    styling: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Write it."""
        told = {
            "format": _FORMAT,
            "version": _VERSION,
            "title": self.title,
            "release": self.release,
            "projection": self.projection,
            "filters": self.filters.to_json(),
            "styling": dict(self.styling),
            "positions": {iri: list(place) for iri, place in self.positions.items()},
            "notes": dict(self.notes),
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: bytes | str) -> "SavedView":
        """Read one that somebody hands in.

        :param text: the file.
        :raises ViewError: if it is too large or no saved view.
        """
        if len(text) > MOST_BYTES:
            raise ViewError(f"A saved view has at most {MOST_BYTES:,} bytes, and this file has {len(text):,}.")
        try:
            told = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ViewError(f"This file is no saved view: it is not JSON ({type(error).__name__}).") from error
        if not isinstance(told, dict) or told.get("format") != _FORMAT:
            raise ViewError("This file is no saved view: it was not written by the page of partnerships.")
        if told.get("version") != _VERSION:
            raise ViewError(f"This view is of version {told.get('version')!r}; this program reads {_VERSION}.")
        if told.get("projection") not in PROJECTIONS:
            raise ViewError(f"There is no projection {told.get('projection')!r}. There are {', '.join(PROJECTIONS)}.")
        try:
            filters = Filters.from_json(_mapping(told, "filters"))
        except FilterError as error:
            raise ViewError(f"A filter of this view cannot be read: {error}") from error
        return cls(
            str(told["projection"]),
            filters,
            release=_text(told, "release"),
            title=_text(told, "title"),
            styling=_texts(told, "styling"),
            positions={iri: _place(iri, place) for iri, place in _mapping(told, "positions").items()},
            notes=_texts(told, "notes"),
        )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise ViewError(f"{name} of a view is a text, not {value!r}.")
    return value


def _mapping(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = told.get(name, {})
    if not isinstance(value, dict):
        raise ViewError(f"{name} of a view maps names to values, and is not {value!r}.")
    return value


def _texts(told: Mapping[str, Any], name: str) -> dict[str, str]:
    return {key: _text({key: value}, key) for key, value in _mapping(told, name).items()}


def _place(iri: str, place: object) -> tuple[float, float]:
    match place:
        case [int() | float() as x, int() | float() as y] if math.isfinite(x) and math.isfinite(y):
            return float(x), float(y)
    raise ViewError(f"The position of {iri} is two numbers, not {place!r}.")
