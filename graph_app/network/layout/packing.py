"""Parts of a network set beside each other: the largest in the middle, the others in rings around it by size."""

from collections.abc import Sequence

import numpy as np

from graph_app.network.network import Floats

__all__ = ["pack"]

_GAP = 0.6


def pack(radii: Sequence[float]) -> Floats:
    """Find where circles stand without touching each other.

    :param radii: radius of every circle, the largest first.
    :returns: the centre of every circle, one row each.
    """
    centres = np.zeros((len(radii), 2))
    inner = radii[0] + _GAP if len(radii) else 0.0
    place = 1
    while place < len(radii):
        angles: list[float] = []
        turned = 0.0
        while place + len(angles) < len(radii):
            radius = radii[place + len(angles)]
            angle = 2 * np.arcsin(min(1.0, (radius + _GAP / 2) / (inner + radius)))
            if angles and turned + angle > 2 * np.pi:
                break
            angles.append(angle)
            turned += angle
        # What is left of the last turn is shared out, so that a ring closes. It begins on the right, where screens
        # have room.
        middles = (np.cumsum(angles) - np.asarray(angles) / 2 - angles[0] / 2) * 2 * np.pi / turned
        ring = np.asarray(radii[place : place + len(angles)])
        centres[place : place + len(angles)] = (inner + ring)[:, None] * np.stack(
            [np.cos(middles), np.sin(middles)], axis=1
        )
        inner += 2 * float(ring.max()) + _GAP
        place += len(angles)
    return centres
