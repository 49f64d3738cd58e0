"""Networks made for tests: organisations of some themes, in projects mostly of their own theme, a few beyond it."""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.network import Matrix, Network, Numbers

_BASE = "https://w3id.org/integration-graph/id/"
_PROJECTS_A_NODE = 1.5
_MEAN_PARTNERS = 4.7
_BEYOND = 0.25
_TYPES = ("Public body", "Charity", "University", "Company")


def made_network(nodes: int, *, seed: int = 1) -> Network:
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
    member = by_theme[np.minimum(start[of] + np.minimum(within, np.maximum(room - 1, 0)), nodes - 1)]
    away = chance.random(len(project)) < _BEYOND / _MEAN_PARTNERS
    member[away] = chance.integers(0, nodes, int(away.sum()))
    memberships = sparse.csr_array((np.ones(len(project)), (member, project)), shape=(nodes, projects)).astype(bool)
    return network_of(memberships.astype(np.float64), theme)


def network_of(memberships: Matrix, theme: Numbers) -> Network:
    nodes, projects = memberships.shape
    ties = sparse.triu(memberships @ memberships.T, k=1).tocsr().sorted_indices().tocoo()
    return Network(
        projection="organisations",
        filters=Filters(),
        release="1",
        directed=False,
        nodes=tuple(f"{_BASE}organisation/{number:06}" for number in range(nodes)),
        attributes={
            "label": [f"Organisation {number} for work on theme {theme[number]}" for number in range(nodes)],
            "type": [_TYPES[number % len(_TYPES)] for number in theme],
        },
        source=ties.row.astype(np.int32),
        target=ties.col.astype(np.int32),
        weights={"count": ties.data.astype(np.float64)},
        coverage=Coverage(projects),
        contexts=tuple(f"{_BASE}project/{number:06}" for number in range(projects)),
        outgoing=memberships.tocsr(),
        incoming=memberships.tocsr(),
    )


def tied(nodes: int, pairs: Iterable[tuple[int, int]]) -> Network:
    """Make the network of these ties, a project behind each."""
    ends = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    rows = [node for pair in ends for node in pair]
    columns = [place for place in range(len(ends)) for _ in range(2)]
    memberships = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(nodes, len(ends)))
    return network_of(memberships, np.zeros(nodes, np.int32))


def degrees(network: Network) -> Numbers:
    size = len(network.nodes)
    ends = np.concatenate([network.source, network.target])
    return np.bincount(ends, minlength=size).astype(np.int32)
