"""Where the nodes of one connected network come to rest under forces: ties pull, nodes push each other away.

The forces are those of ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian, PLoS ONE 2014): a tie pulls with its
length, nodes push with the inverse of theirs and with their degrees, and every node moves as fast as it does not swing.
All pushes together are one convolution over a grid of masses (the particle-mesh method), so that a step takes time by
the number of nodes and ties, not by that of pairs.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import fft

from graph_app.network.network import Floats, Matrix

__all__ = ["settle"]

_PUSH, _GRAVITY, _TOLERANCE = 2.0, 0.02, 1.0
#: The fastest that the speed of all may grow from one step to the next.
_RISE = 1.5
#: Cells a side of the grid, up to how many nodes.
_SIDES = ((2_000, 128), (30_000, 256), (np.inf, 512))


def settle(start: Floats, ties: Matrix, *, steps: int) -> Floats:
    """Move nodes from where they start to where the forces nearly cancel out.

    :param start: position of every node, one row each.
    :param ties: symmetric matrix of how strongly a tie pulls.
    :param steps: how often all nodes are moved.
    :returns: their positions, around the origin.
    """
    place = start - start.mean(axis=0)
    reach = np.asarray(ties.sum(axis=1)).ravel()
    mass = 1.0 + np.diff(ties.indptr)
    mesh = _Mesh.of(len(place))
    before = np.zeros_like(place)
    speed = 1.0
    for _ in range(steps):
        pull = ties @ place - reach[:, None] * place
        force = pull + _PUSH * mass[:, None] * mesh.push(place, mass) - _GRAVITY * mass[:, None] * place
        swing = np.linalg.norm(force - before, axis=1)
        traction = np.linalg.norm(force + before, axis=1) / 2
        wanted = _TOLERANCE * float(mass @ traction) / max(float(mass @ swing), 1e-12)
        speed = min(wanted, speed * _RISE)
        place = place + force * (speed / (mass * (1 + np.sqrt(speed * swing / mass))))[:, None]
        before = force
    rested: Floats = place - place.mean(axis=0)
    return rested


@dataclass(frozen=True, slots=True)
class _Mesh:
    """A grid on which each cell pushes every other one by the inverse of their distance."""

    side: int
    kernel: tuple[npt.NDArray[np.complex128], ...]

    @classmethod
    def of(cls, nodes: int) -> "_Mesh":
        side = next(int(side) for most, side in _SIDES if nodes <= most)
        # Twice the side, so that what leaves the grid on one edge does not come back on the other.
        away = fft.fftfreq(2 * side, 1 / (2 * side))
        across, down = np.meshgrid(away, away, indexing="ij")
        square = across**2 + down**2
        square[0, 0] = 1.0
        return cls(side, (fft.rfft2(across / square), fft.rfft2(down / square)))

    def push(self, place: Floats, mass: Floats) -> Floats:
        low, high = place.min(axis=0), place.max(axis=0)
        cell = max(float((high - low).max()), 1e-9) / (self.side - 2)
        grid = (place - low) / cell
        corner = grid.astype(np.int64)
        part = grid - corner
        # Each node lies on four cells, on each by how near it is.
        shares = [(i, j, np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1])) for i in (0, 1) for j in (0, 1)]
        where = [(corner[:, 0] + i) * self.side + corner[:, 1] + j for i, j, _ in shares]
        flat = np.bincount(
            np.concatenate(where),
            weights=np.concatenate([share * mass for _, _, share in shares]),
            minlength=self.side**2,
        )
        spread = fft.rfft2(flat.reshape(self.side, self.side), s=(2 * self.side, 2 * self.side))
        pushed = np.empty_like(place)
        for axis, kernel in enumerate(self.kernel):
            field = fft.irfft2(spread * kernel)[: self.side, : self.side].ravel()
            pushed[:, axis] = sum(share * field[cells] for (_, _, share), cells in zip(shares, where, strict=True))
        return pushed / cell
