"""Columns and compiled shapes find what pySHACL finds: on every case, and on faults sown into data that was right."""

import random
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD

from graph_app.validation.engine import CheckedGraph, run_shapes
from graph_app.validation.results import read_results
from graph_app.validation.shacl.compiled import check_compiled
from graph_app.validation.shapes import concepts_for, only_targets, shapes_graph
from loaders.vocabulary import DCT, IG, PROV, SKOS
from tests.benchmarks.generator.nquads import write_nquads
from tests.benchmarks.generator.plan import make_plan
from tests.graph_app.validation.shacl.beside import check, counted

CASES = Path(__file__).parents[3] / "shapes" / "cases"
WORLD = Path(__file__).parents[3] / "shapes" / "world.ttl"
EX = "https://example.org/"
FAULTS = 150
MORE = [IG.startDate, IG.endDate, SKOS.prefLabel, DCT.title, IG.country, IG.donor, PROV.wasDerivedFrom]


def all_alike(data: CheckedGraph, folder: Path) -> None:
    shapes = shapes_graph()
    expected = counted(read_results(run_shapes(data), shapes))
    assert expected
    for found in (check(data, shapes, folder), check_compiled(data.serialize(format="nt"), shapes)):
        left = read_results(run_shapes(data, only_targets(shapes, found.uncovered)), shapes)
        results = counted(found.results) + counted(left)
        assert (sorted(expected - results), sorted(results - expected)) == ([], [])


@pytest.mark.parametrize("folder", sorted(path.name for path in CASES.iterdir()))
def test_the_cases_of_all_shapes_give_the_same_results(folder: str, tmp_path: Path) -> None:
    data = CheckedGraph().parse(WORLD)
    for path in sorted((CASES / folder).glob("*.ttl")):
        data.parse(path)
    data += concepts_for(data)
    all_alike(data, tmp_path / "checked")


def sow(data: Graph, seed: int) -> None:
    """Spoil some entities of a graph, each in one of many ways."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    kinds = [IG.Project, IG.Organisation, IG.Participation, IG.Grant, IG.Amount, IG.Programme]
    nodes = [node for kind in kinds for node in sorted(data.subjects(RDF.type, kind))]
    texts = [
        Literal("", lang="en"),
        Literal("text"),
        Literal(" ", lang="cs"),
        Literal("2024-02-29", datatype=XSD.date),
        Literal("2024-1", datatype=XSD.gYearMonth),
        Literal("1.5", datatype=XSD.decimal),
        Literal("-1", datatype=XSD.integer),
        Literal("soon", datatype=XSD.date),
        Literal("true", datatype=XSD.boolean),
        URIRef(EX + "nobody"),
        URIRef("mailto:a@b.cz"),
        IG.Project,
    ]
    for node in chance.sample(nodes, min(FAULTS, len(nodes))):
        said = sorted(data.predicate_objects(node))
        predicate, value = chance.choice(said)
        match chance.randrange(5):
            case 0:
                data.remove((node, predicate, value))
            case 1:
                data.add((node, predicate, chance.choice(texts)))
            case 2:
                data.set((node, predicate, chance.choice(texts)))
            case 3:
                other = chance.choice(nodes)
                data.add((node, predicate, other if isinstance(value, URIRef) else chance.choice(texts)))
            case 4:
                several = [
                    IG.startDate,
                    IG.endDate,
                    SKOS.prefLabel,
                    DCT.title,
                    IG.country,
                    IG.donor,
                    PROV.wasDerivedFrom,
                ]
                data.add((node, chance.choice(several), chance.choice(texts)))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))])
def test_faults_sown_into_generated_data_are_found_alike(seed: int, tmp_path: Path) -> None:
    write_nquads(make_plan(40, seed), tmp_path / "content.nq")
    data = CheckedGraph()
    whole = Graph()
    for line in (tmp_path / "content.nq").read_text(encoding="utf-8").splitlines():
        whole.parse(data=f"{line.rsplit(' <', 1)[0]} .", format="nt")
    data += whole
    sow(data, seed)
    data += concepts_for(data)
    all_alike(data, tmp_path / "checked")
