"""The ontology, its schemes and the shapes, read once a run."""

from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
SHAPES = ROOT / "shapes"


def union(*paths):
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def terms():
    """Classes and properties."""
    return union(ONTOLOGY / "integration.ttl")


@pytest.fixture(scope="session")
def everything():
    """All of ``ontology/``, as a release holds it."""
    return union(*sorted(ONTOLOGY.glob("*.ttl")))


@pytest.fixture(scope="session")
def core():
    """The shapes of what must be."""
    return union(SHAPES / "core.ttl")


@pytest.fixture(scope="session")
def shapes():
    """All shapes."""
    return union(*sorted(SHAPES.glob("*.ttl")))
