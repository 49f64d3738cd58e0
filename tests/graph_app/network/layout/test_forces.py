import numpy as np

from graph_app.network.layout.forces import _Mesh, settle
from graph_app.network.layout.positions import _ties
from tests.graph_app.network.made import tied


def pushed_exactly(place, mass):
    apart = place[:, None] - place[None]
    square = (apart**2).sum(axis=2)
    np.fill_diagonal(square, 1)
    return (mass[None, :, None] * apart / square[..., None]).sum(axis=1)


def test_the_grid_pushes_as_all_pairs_do_that_are_not_in_one_cell() -> None:
    chance = np.random.default_rng(3)
    # On a lattice, so that several cells of the grid lie between any two.
    lattice = np.stack(np.divmod(chance.choice(400, 150, replace=False), 20), axis=1) * 10.0
    place, mass = lattice + chance.normal(0, 0.3, lattice.shape), chance.integers(1, 30, 150).astype(float)
    found, expected = _Mesh.of(150).push(place, mass), pushed_exactly(place, mass)
    error = np.linalg.norm(found - expected, axis=1) / np.linalg.norm(expected, axis=1).mean()
    assert error.max() < 0.03


def test_a_node_alone_does_not_push_itself() -> None:
    place = np.array([[3.3, 1.7], [3.3, 1.7]])
    assert np.abs(_Mesh.of(2).push(place, np.array([5.0, 7.0]))).max() < 1e-6


def test_two_groups_joined_by_one_tie_come_to_lie_apart() -> None:
    groups = [range(8), range(8, 16)]
    pairs = [(one, other) for group in groups for one in group for other in group if one < other] + [(0, 8)]
    network = tied(16, pairs)
    ties = _ties(16, network.source, network.target, network.weights["count"])
    place = settle(np.random.default_rng(1).normal(0, 40, (16, 2)), ties, steps=150)
    middles = [place[list(group)].mean(axis=0) for group in groups]
    widest = max(
        np.linalg.norm(place[list(group)] - middle, axis=1).max() for group, middle in zip(groups, middles, strict=True)
    )
    assert np.linalg.norm(middles[0] - middles[1]) > 2 * widest
