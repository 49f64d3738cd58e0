"""What colour and size say on a map of a network: groups in Okabe and Ito's colours, numbers from dark to light."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_app.network.palette import NONE, OKABE_ITO, OTHER

__all__ = ["Colouring", "Entry", "by_group", "by_value", "radii"]

_SHADES = 64
#: The ends of the scale of numbers, left out where it would be lost on a dark or on a white ground.
_DARKEST, _LIGHTEST = 0.14, 0.97
_LEAST, _MOST = 4.0, 17.0
#: Up to this many nodes are drawn in full size; more of them are drawn smaller.
_ROOMY = 150


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a legend.

    :param label: what it stands for.
    :param colour: its colour.
    :param count: number of nodes.
    """

    label: str
    colour: str
    count: int


@dataclass(frozen=True, eq=False, slots=True)
class Colouring:
    """The colour of every node, and what it says.

    :param title: what colour tells, such as "Type of organisation".
    :param palette: colours.
    :param places: place of each node's colour among them.
    :param entries: legend by place in the palette, for groups; with numbers, only what has none.
    :param scale: lowest, middle and highest number, for a scale; empty for groups.
    """

    title: str
    palette: tuple[str, ...]
    places: npt.NDArray[np.uint8]
    entries: tuple[Entry, ...] = ()
    scale: tuple[float, ...] = ()


def by_group(title: str, groups: Sequence[str], *, others: str, not_stated: str) -> Colouring:
    """Colour nodes by the group they belong to.

    :param title: what the groups are.
    :param groups: name of the group of every node, empty where it has none.
    :param others: name of those groups together for which no colour is left.
    :param not_stated: name of those without a group.
    :returns: the largest groups in a colour each, equal ones by name.
    """
    counted = Counter(group for group in groups if group)
    ordered = sorted(counted, key=lambda group: (-counted[group], group))
    # A single group too many has the colour of the others for itself.
    own = min(len(ordered), len(OKABE_ITO))
    entries = [Entry(group, OKABE_ITO[place], counted[group]) for place, group in enumerate(ordered[:own])]
    place_of = {group: min(place, own) for place, group in enumerate(ordered)}
    if rest := ordered[own:]:
        entries.append(Entry(others, OTHER, sum(counted[group] for group in rest)))
    if without := len(groups) - counted.total():
        place_of[""] = len(entries)
        entries.append(Entry(not_stated, NONE, without))
    places = np.fromiter((place_of[group] for group in groups), np.uint8, len(groups))
    return Colouring(title, tuple(entry.colour for entry in entries), places, tuple(entries))


def by_value(title: str, values: npt.ArrayLike, *, not_stated: str) -> Colouring:
    """Colour nodes by a number. Few nodes have most of what measures tell, so colours follow its square root.

    :param title: what the number is.
    :param values: the number of every node, NaN where it has none.
    :param not_stated: name of those without a number.
    :returns: colours from dark to light.
    """
    numbers = np.asarray(values, dtype=np.float64)
    stated = np.isfinite(numbers)
    low, high = (float(numbers[stated].min()), float(numbers[stated].max())) if stated.any() else (0.0, 0.0)
    share = np.sqrt(np.clip((np.where(stated, numbers, low) - low) / ((high - low) or 1.0), 0, 1))
    places = np.where(stated, np.round(share * (_SHADES - 1)), _SHADES).astype(np.uint8)
    without = int(len(numbers) - stated.sum())
    entries = (Entry(not_stated, NONE, without),) if without else ()
    return Colouring(title, (*_cividis(), NONE), places, entries, (low, low + (high - low) / 4, high))


def radii(values: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """Return how large nodes are drawn: their areas follow a number, and the more nodes, the smaller.

    :param values: the number of every node, not negative; NaN counts as nothing.
    :returns: radii in pixels.
    """
    numbers = np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0)
    most = float(numbers.max(initial=0.0)) or 1.0
    room = min(1.0, (_ROOMY / max(len(numbers), 1)) ** 0.36)
    found: npt.NDArray[np.float32] = (
        (_LEAST + (_MOST - _LEAST) * np.sqrt(np.clip(numbers / most, 0, 1))) * room
    ).astype(np.float32)
    return found


def _cividis() -> tuple[str, ...]:
    """Return shades of cividis (Nuñez, Anderton and Renslow, PLoS ONE 2018), near enough for the eye."""
    t = np.linspace(_DARKEST, _LIGHTEST, _SHADES)
    curves = (
        (-4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57),
        (32.49, 170.73, 52.82, -131.46, 176.58, -67.37),
        (81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67),
    )
    red, green, blue = (np.clip(np.polynomial.polynomial.polyval(t, curve), 0, 255).astype(int) for curve in curves)
    return tuple(f"#{r:02X}{g:02X}{b:02X}" for r, g, b in zip(red, green, blue, strict=True))
