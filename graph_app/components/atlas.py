"""Shapes and centres of countries: the Natural Earth borders of world-atlas, which were put beside the bundles."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from babel.core import get_global

from loaders.normalise.countries import country_code
from loaders.vocabulary import prefixes

__all__ = ["centres", "shapes"]

_FOLDER = Path(str(files("graph_app.components").joinpath("front", "dist")))
#: Small enough to send with every map.
_COARSE = "countries-110m.json"
#: Has small countries as well, such as Malta, of which a map shows the centre.
_FINE = "countries-50m.json"
#: The one country here that Natural Earth gives no number.
_NAMED = {"Kosovo": "XK"}

Point = tuple[float, float]


@cache
def shapes() -> Mapping[str, Any] | None:
    """Return the shapes of countries as TopoJSON; those that the EU's table of countries has carry its IRI as ``id``.

    :returns: the topology, or ``None`` where the front was not built.
    """
    topology = _read(_COARSE)
    if topology is None:
        return None
    countries = [
        {key: shape[key] for key in ("type", "arcs")} | {"id": _iri(shape) or ""}
        for shape in topology["objects"]["countries"]["geometries"]
    ]
    collection = {"type": "GeometryCollection", "geometries": countries}
    return {**topology, "objects": {"countries": collection}}


@cache
def centres() -> Mapping[str, Point]:
    """Return a point well within each country, for marks and lines.

    :returns: IRI of the country to longitude and latitude; empty where the front was not built.
    """
    topology = _read(_FINE)
    if topology is None:
        return {}
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    lines = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    found: dict[str, Point] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if iri := _iri(shape):
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            found[iri] = max((_centre(_ring(polygon[0], lines)) for polygon in polygons), key=lambda one: one[0])[1]
    return found


def _read(name: str) -> Mapping[str, Any] | None:
    path = _FOLDER / name
    if not path.is_file():
        return None
    topology: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topology


def _iri(shape: Mapping[str, Any]) -> str:
    alias = get_global("territory_aliases").get(shape.get("id", ""))
    code = alias[0] if alias else _NAMED.get(shape["properties"]["name"], "")
    known = country_code(code) if code else None
    return prefixes()["country"] + known if known else ""


def _ring(arcs: Sequence[int], lines: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    # A number below zero is an arc walked backwards; the end of each arc is the beginning of the next.
    parts = [lines[arc] if arc >= 0 else lines[~arc][::-1] for arc in arcs]
    ring = np.concatenate([part[:-1] for part in parts])
    # Rings that cross the 180th meridian go on beyond it.
    return np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]])


def _centre(ring: np.ndarray[Any, Any]) -> tuple[float, Point]:
    """Return area and centre of gravity of a ring of points, which is good enough at the size of a country."""
    following = np.roll(ring, -1, axis=0)
    cross = ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]
    double = cross.sum()
    if not double:
        return 0.0, (round(float(ring[0, 0]), 3), round(float(ring[0, 1]), 3))
    weighed = ((ring + following) * cross[:, None]).sum(axis=0) / (3 * double)
    return abs(float(double)), (round(float((weighed[0] + 180) % 360 - 180), 3), round(float(weighed[1]), 3))
