"""Networks made for tests: organisations of some themes, in projects mostly of their own theme, a few beyond it."""

import numpy as np
from scipy import sparse

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.network import Network

_PROJECTS_A_NODE = 1.5
_MEAN_PARTNERS = 4.7
_BEYOND = 0.25


def made_network(nodes: int, *, seed: int = 1, labels: bool = True) -> Network:
    chance = np.random.default_rng(seed)
    themes = max(3, int(np.sqrt(nodes) / 4))
    theme = chance.integers(0, themes, nodes)
    by_theme = np.argsort(theme, kind="stable")
    start = np.searchsorted(theme[by_theme], np.arange(themes + 1))
    projects = int(nodes * _PROJECTS_A_NODE)
    sizes = np.clip(2 + chance.poisson(_MEAN_PARTNERS - 2, projects), 2, 12)
    project = np.repeat(np.arange(projects), sizes)
    of = chance.integers(0, themes, projects)[project]
    room = start[of + 1] - start[of]
    # A square puts the first of each theme into many projects and the last into few, as it is with organisations.
    within = (chance.random(len(project)) ** 2 * room).astype(np.int64)
    member = by_theme[start[of] + np.minimum(within, np.maximum(room - 1, 0))]
    away = chance.random(len(project)) < _BEYOND / _MEAN_PARTNERS
    member[away] = chance.integers(0, nodes, int(away.sum()))
    memberships = sparse.csr_array((np.ones(len(project)), (member, project)), shape=(nodes, projects)).astype(bool)
    return network_of(memberships.astype(np.float64), theme, labels=labels)


def network_of(memberships: sparse.csr_array, theme: np.ndarray, *, labels: bool = True) -> Network:
    nodes = memberships.shape[0]
    ties = sparse.triu(memberships @ memberships.T, k=1).tocsr().sorted_indices().tocoo()
    return Network(
        projection="organisations",
        filters=Filters(),
        release="1",
        directed=False,
        nodes=tuple(f"https://w3id.org/integration-graph/id/organisation/{number:06}" for number in range(nodes)),
        attributes={
            "label": [
                f"Organisation {number} for work on theme {theme[number]}" if labels else "" for number in range(nodes)
            ],
            "type": [("Public body", "Charity", "University", "Company")[number % 4] for number in theme],
        },
        source=ties.row.astype(np.int32),
        target=ties.col.astype(np.int32),
        weights={"count": ties.data.astype(np.float64)},
        coverage=Coverage(memberships.shape[1]),
        contexts=tuple(
            f"https://w3id.org/integration-graph/id/project/{number:06}" for number in range(memberships.shape[1])
        ),
        outgoing=memberships,
        incoming=memberships,
    )


def degrees(network: Network) -> np.ndarray:
    size = len(network.nodes)
    return np.bincount(network.source, minlength=size) + np.bincount(network.target, minlength=size)
