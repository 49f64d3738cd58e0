import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from graph_app.components.links import PAGE_OF_CLASS
from graph_app.web.entities import PAGES
from loaders.vocabulary import BASE, IG

PROJECT = "project/curated/access"
PERSON = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def test_a_person_gets_the_page_of_the_entity(client: httpx.Client) -> None:
    answer = client.get(f"/id/{PROJECT}", headers=PERSON)
    assert (answer.status_code, answer.headers["vary"]) == (303, "Accept")
    assert answer.headers["location"] == (
        "/project?iri=https%3A%2F%2Fw3id.org%2Fintegration-graph%2Fid%2Fproject%2Fcurated%2Faccess"
    )
    grant = client.get("/sparql", params={"query": "SELECT ?g { ?g a ig:Grant } LIMIT 1"}).json()
    iri = grant["results"]["bindings"][0]["g"]["value"]
    assert client.get("/id/" + iri.removeprefix(BASE), headers=PERSON).headers["location"].startswith("/entity?iri=")


def test_pages_are_those_of_the_app() -> None:
    assert set(PAGE_OF_CLASS.values()) >= PAGES


@pytest.mark.parametrize("media", FORMATS)
def test_a_program_gets_the_description(client: httpx.Client, media: str) -> None:
    answer = client.get(f"/id/{PROJECT}", headers={"Accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    for other in FORMATS:
        assert f'</id/{PROJECT}>; rel="alternate"; type="{other}"' in answer.headers["link"]
    if media != "application/ld+json":  # rdflib warns of its own reader
        assert (URIRef(BASE + PROJECT), RDF.type, IG.Project) in Graph().parse(data=answer.text, format=FORMATS[media])


def test_a_description_goes_both_ways_and_names_the_neighbours(client: httpx.Client) -> None:
    graph = Graph().parse(data=client.get(f"/id/{PROJECT}", headers={"Accept": "text/turtle"}).text, format="turtle")
    project = URIRef(BASE + PROJECT)
    assert list(graph.subjects(IG.project, project))
    told = client.get(
        "/sparql", params={"query": f"SELECT * {{ {{ <{project}> ?p ?o }} UNION {{ ?s ?q <{project}> }} }}"}
    )
    assert len({*graph.triples((project, None, None)), *graph.triples((None, None, project))}) == len(
        told.json()["results"]["bindings"]
    )
    for country in graph.objects(project, IG.country):
        assert (country, RDF.type, IG.Country) in graph


def test_what_is_known_already_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get(f"/id/{PROJECT}", headers={"Accept": "text/turtle"}).headers["etag"]
    same = {"Accept": "text/turtle", "If-None-Match": tag}
    assert client.get(f"/id/{PROJECT}", headers=same).status_code == 304
    assert client.get(f"/id/{PROJECT}", headers=same | {"Accept": "application/n-triples"}).status_code == 200


def test_a_named_graph_opens_too(client: httpx.Client) -> None:
    path = "/id/graph/iom-prague-projects/data"
    assert client.get(path, headers=PERSON).headers["location"] == "/data/"
    graph = Graph().parse(data=client.get(path, headers={"Accept": "application/n-triples"}).text, format="nt")
    asked = {"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}graph/iom-prague-projects/data> {{ ?s ?p ?o }} }}"}
    counted = client.get("/sparql", params=asked).json()["results"]["bindings"][0]["n"]["value"]
    assert len(graph) == int(counted)
    assert client.get("/id/graph/nothing/data").status_code == 404


def test_the_graph_as_a_whole_is_described_too(client: httpx.Client) -> None:
    answer = client.get("/id/dataset/integration-graph", follow_redirects=True)
    assert answer.url.path == "/.well-known/void"
    described = Graph().parse(data=answer.text, format="turtle")
    assert (URIRef(BASE + "dataset/integration-graph"), None, None) in described


def test_nothing_is_known_of_an_unknown_entity(client: httpx.Client) -> None:
    answer = client.get("/id/project/curated/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    page = client.get("/id/project/curated/<script>alert(1)</script>", headers=PERSON)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script" not in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/",
        "/id/project",
        "/id/project/",
        "/id//curated/access",
        "/id/project/%ff",
        "/id/project/%00",
        "/id/a/" + "x" * 3000,
    ],
)
def test_an_address_that_no_entity_can_have_is_said_to_be_none(client: httpx.Client, path: str) -> None:
    for headers in ({}, PERSON):
        assert client.get(path, headers=headers).status_code == 400


def test_an_address_reaches_its_entity_however_it_is_encoded(client: httpx.Client) -> None:
    assert client.get("/id/project/curated/%61ccess").status_code == 200
    query = "SELECT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), '" + BASE + "') && CONTAINS(STR(?s), '%')) } LIMIT 1"
    found = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    for binding in found:
        assert client.get("/id/" + binding["s"]["value"].removeprefix(BASE)).status_code == 200


def test_what_the_client_does_not_take_is_not_sent(client: httpx.Client) -> None:
    assert client.get(f"/id/{PROJECT}", headers={"Accept": "image/png"}).status_code == 406
    assert client.post(f"/id/{PROJECT}").status_code == 405
