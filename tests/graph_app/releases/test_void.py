import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, VOID

from graph_app.releases.release import NoRelease, current_release
from graph_app.releases.void import describe
from graph_app.settings import Settings
from graph_app.store.oxigraph import open_store
from loaders.vocabulary import DCAT, DCT, IG

BASE = "https://w3id.org/integration-graph/id/"
WHOLE = URIRef(f"{BASE}dataset/integration-graph")


def test_a_release_describes_what_it_holds(built: Settings) -> None:
    release = current_release(built)
    graph = Graph().parse(data=describe(release, BASE), format="turtle")
    root = "https://w3id.org/integration-graph/"
    assert set(graph.objects(WHOLE, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    assert graph.value(WHOLE, DCAT.version) == Literal(release.version)
    assert graph.value(WHOLE, VOID.sparqlEndpoint) == URIRef(f"{root}sparql")
    assert {str(dump) for dump in graph.objects(WHOLE, VOID.dataDump)} == {
        f"{root}data/{release.version}/{name}" for name in release.files
    }
    assert release.sha256 in describe(release, BASE)
    small = URIRef(f"{BASE}dataset/small")
    assert (WHOLE, VOID.subset, small) in graph
    assert graph.value(small, DCT.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert {title.language for title in graph.objects(small, DCT.title)} == {"en", "cs"}


@pytest.mark.parametrize(("partition", "key", "number"), [
    (VOID.classPartition, VOID["class"], VOID.entities), (VOID.propertyPartition, VOID.property, VOID.triples),
])  # fmt: skip
def test_its_numbers_are_those_of_the_store(partition: URIRef, key: URIRef, number: URIRef, built: Settings) -> None:
    release = current_release(built)
    graph = Graph().parse(data=describe(release, BASE), format="turtle")
    store = open_store(release.store)
    nodes = list(graph.objects(WHOLE, partition))
    assert len(nodes) > 10
    for node in nodes:
        iri, count = graph.value(node, key), graph.value(node, number)
        pattern = f"?s a <{iri}>" if key == VOID["class"] else f"?s <{iri}> ?o"
        assert store.evaluate(f"SELECT * {{ {pattern} }}").count == int(str(count)), iri
    if key == VOID["class"]:
        assert str(IG.Project) in {str(graph.value(node, key)) for node in nodes}


def test_addresses_follow_the_base(built: Settings) -> None:
    text = describe(current_release(built), "http://127.0.0.1:8501/id/")
    assert "<http://127.0.0.1:8501/sparql>" in text
    assert "<http://127.0.0.1:8501/things/sparql>" in describe(current_release(built), "http://127.0.0.1:8501/things/")


def test_words_for_a_licence_are_rights(curated_settings: Settings) -> None:
    graph = Graph().parse(data=describe(current_release(curated_settings), BASE), format="turtle")
    assert graph.value(URIRef(f"{BASE}dataset/consortium-work"), DCT.rights) == Literal("not stated")


@pytest.mark.parametrize("text", [None, "", "[]", '{"classes": {}}'])
def test_counts_that_cannot_be_read_are_said(text: str | None, built: Settings) -> None:
    release = current_release(built)
    path = release.path / "statistics.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(NoRelease, match="cannot be read"):
        describe(release, BASE)
