"""The generated graph on disk, in the forms that different ways read, and as a release."""

import os
from dataclasses import dataclass
from pathlib import Path

from loaders.mapping.ontology import ontology_lines
from tests.benchmarks.generator.nquads import DATASET, write_nquads
from tests.benchmarks.generator.plan import Plan, make_plan
from tests.benchmarks.measure import Measure, run_way

__all__ = ["PROJECTS", "ROOT", "Material", "Published", "Texts", "make_material", "make_texts", "publish"]

ROOT = Path(__file__).resolve().parents[2]

#: Number of generated projects. At 100,000 the graph has 6 million statements, and a run takes about an hour.
PROJECTS = int(os.environ.get("INTGRAPH_BENCH_PROJECTS") or 10_000)


@dataclass(frozen=True, slots=True)
class Material:
    """A generated graph on disk.

    :param plan: what it was made from.
    :param content: folder of content files as a release has them: the generated dataset and the ontology.
    """

    plan: Plan
    content: Path


@dataclass(frozen=True, slots=True)
class Texts:
    """A generated graph as texts that other programs read.

    :param quads: all content files as one text.
    :param twice: the same, each statement a second time without its graph: what the store of a release holds.
    :param triples: the statements without graphs.
    :param statements: how many there are.
    """

    quads: Path
    twice: Path
    triples: Path
    statements: int


@dataclass(frozen=True, slots=True)
class Published:
    """A release of the generated graph.

    :param home: folder of the home that it is in.
    :param measure: what it took to make it.
    """

    home: Path
    measure: Measure

    @property
    def release(self) -> Path:
        """Folder of the release."""
        return self.home / "releases/current"


def publish(material: Material, home: Path) -> Published:
    """Make a release.

    :param material: what it is made of.
    :param home: an empty folder.
    """
    return Published(home, run_way("publish", home, material.content / f"{DATASET.key}.nq"))


def make_material(projects: int, folder: Path) -> Material:
    """Write the content files.

    :param projects: number of projects.
    :param folder: an empty folder.
    """
    content = folder / "content"
    content.mkdir()
    plan = make_plan(projects)
    write_nquads(plan, content / f"{DATASET.key}.nq")
    (content / "ontology.nq").write_text("".join(sorted(set(ontology_lines()))), encoding="utf-8")
    return Material(plan, content)


def make_texts(material: Material, folder: Path) -> Texts:
    """Write the texts.

    :param material: the graph.
    :param folder: an empty folder.
    """
    quads, twice, triples = folder / "quads.nq", folder / "twice.nq", folder / "triples.nt"
    count = 0
    with (
        quads.open("w", encoding="utf-8") as first,
        twice.open("w", encoding="utf-8") as second,
        triples.open("w", encoding="utf-8") as third,
    ):
        for path in sorted(material.content.iterdir()):
            with path.open(encoding="utf-8", newline="\n") as lines:
                for line in lines:
                    count += 1
                    triple = f"{line.rpartition(' <')[0]} .\n"
                    first.write(line)
                    second.write(line + triple)
                    third.write(triple)
    return Texts(quads, twice, triples, count)
