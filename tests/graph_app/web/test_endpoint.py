"""``/sparql`` as clients use it; the protocol itself is tested by the suite of the W3C in tests/acceptance/protocol."""

import csv
import gzip
import io
import json
import socket
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, Namespace
from SPARQLWrapper import CSV, JSON, N3, POST, SPARQLWrapper

from graph_app.settings import Settings
from graph_app.web.bodies import BODY_LIMIT

NAMES = "SELECT ?project ?title { ?project a ig:Project ; dct:title ?title } ORDER BY ?project ?title"
PROJECT = "https://w3id.org/integration-graph/id/project/curated/access"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"}


def ask(client: httpx.Client, query: str, **headers: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("query", "media"),
    [
        (NAMES, "application/sparql-results+json"),
        (NAMES, "application/sparql-results+xml"),
        (NAMES, "text/csv; charset=utf-8"),
        (NAMES, "text/tab-separated-values; charset=utf-8"),
        (NAMES, "application/json"),
        ("ASK {}", "application/sparql-results+xml"),
        (f"DESCRIBE <{PROJECT}>", "text/turtle; charset=utf-8"),
        (f"DESCRIBE <{PROJECT}>", "application/n-triples"),
        (f"DESCRIBE <{PROJECT}>", "application/ld+json"),
        (f"DESCRIBE <{PROJECT}>", "application/rdf+xml"),
    ],
)
def test_every_format_can_be_had(client: httpx.Client, query: str, media: str) -> None:
    answer = ask(client, query, Accept=media.partition(";")[0])
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.content
    assert "Accept" in answer.headers["vary"]


def test_an_answer_says_who_gave_it(client: httpx.Client) -> None:
    answer = ask(client, "ASK { GRAPH ?g { ?s ?p ?o } }")
    assert answer.headers["integration-graph-engine"] == "oxigraph"
    assert answer.headers["integration-graph-reason"] in {"columns decline GRAPH", "a small graph"}
    assert answer.headers["server-timing"].startswith("oxigraph;dur=")


def test_formats_say_the_same(client: httpx.Client) -> None:
    bindings = ask(client, NAMES).json()["results"]["bindings"]
    rows = list(csv.DictReader(io.StringIO(ask(client, NAMES, Accept="text/csv").text)))
    assert [row["project"] for row in rows] == [binding["project"]["value"] for binding in bindings]
    assert len(rows) > 30
    turtle = Graph().parse(data=ask(client, f"DESCRIBE <{PROJECT}>").text, format="turtle")
    xml = Graph().parse(data=ask(client, f"DESCRIBE <{PROJECT}>", Accept="application/rdf+xml").text, format="xml")
    assert set(turtle) == set(xml)
    assert (URIRef(PROJECT), None, None) in turtle


def test_csv_is_that_of_the_standard_not_of_spreadsheets(client: httpx.Client) -> None:
    assert ask(client, 'SELECT ("=1+1" AS ?x) {}', Accept="text/csv").text == "x\r\n=1+1\r\n"


def test_an_answer_is_not_sent_twice_as_long_as_the_release_is_the_same(client: httpx.Client) -> None:
    first = ask(client, NAMES)
    again = ask(client, NAMES, If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == "Accept"
    others = {ask(client, NAMES, Accept="text/csv").headers["etag"], ask(client, NAMES + " ").headers["etag"]}
    assert first.headers["etag"] not in others
    assert ask(client, NAMES, If_None_Match='W/"other"').status_code == 200


def test_an_answer_that_changes_is_never_kept(client: httpx.Client) -> None:
    answer = ask(client, "SELECT (NOW() AS ?now) {}")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_a_head_request_gives_the_headers_alone(client: httpx.Client) -> None:
    whole = ask(client, NAMES)
    head = client.head("/sparql", params={"query": NAMES})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_answers_are_compressed_where_that_is_taken(client: httpx.Client) -> None:
    request = client.build_request("GET", "/sparql", params={"query": NAMES}, headers={"Accept-Encoding": "gzip"})
    answer = client.send(request, stream=True)
    packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))
    assert gzip.decompress(packed) == ask(client, NAMES).content


def test_any_page_may_read_but_not_as_somebody(client: httpx.Client) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    for answer in (preflight, ask(client, NAMES, Origin="https://other.example"), ask(client, "SELEC")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    assert "ETag" in answer.headers["access-control-expose-headers"]


def test_a_cut_answer_says_so(
    serve: Callable[[Settings], str], curated_settings: Settings, client: httpx.Client
) -> None:
    few = serve(replace(curated_settings, endpoint_row_limit=5))
    answer = httpx.get(f"{few}/sparql", params={"query": NAMES})
    assert answer.headers["integration-graph-truncated"] == "rows"
    assert "LIMIT" in answer.headers["integration-graph-notice"]
    assert len(answer.json()["results"]["bindings"]) == 5
    assert "etag" not in answer.headers
    assert "integration-graph-truncated" not in ask(client, NAMES).headers


def test_every_answer_names_its_release(client: httpx.Client) -> None:
    version = client.get("/health").json()["release"]
    assert ask(client, NAMES).headers["integration-graph-release"] == version


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("SELECT * { ?s ?p", 400, "syntax"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "refused"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403, "refused"),
        ("SELECT * " + "{" * 100 + "}" * 100, 400, "refused"),
        ("ASK {} #" + "x" * 100_000, 413, "refused"),
        (" ", 400, "no-query"),
    ],
)
def test_errors_are_json(client: httpx.Client, query: str, status: int, code: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert (answer.status_code, answer.json()["status"], answer.json()["code"]) == (status, status, code)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["message"].endswith(".")


def test_a_fault_is_placed_where_the_client_wrote_it(client: httpx.Client) -> None:
    assert ask(client, "SELECT * { ?x unknown:name ?y }").json()["column"] == 15
    answer = ask(client, "SELECT ?x\n{ ?x a ig:Project .\n  ?x unknown:name ?y }").json()
    assert (answer["line"], answer["column"]) == (3, 6)
    assert answer["message"].startswith("Line 3, column 6:")


def test_relative_iris_are_those_of_the_deployment(client: httpx.Client) -> None:
    assert ask(client, "ASK { <project/curated/access> a ig:Project }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"content": b"query=%FF", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
        ({"content": b"ASK {}", "headers": {"Content-Type": "application/sparql-query;charset=latin1"}}, 415),
        ({"content": b"ASK {}", "headers": {"Content-Type": "application/sparql-query;charset=UTF-8"}}, 200),
        ({"content": b"x", "headers": {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}}, 415),
        ({"data": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
        ({"data": {"other": "1"}}, 400),
        ({"data": {"query": "ASK {}", "format": "anything"}}, 200),
    ],
)
def test_requests_are_read_strictly(client: httpx.Client, given: dict[str, object], status: int) -> None:
    assert client.post("/sparql", **given).status_code == status  # type: ignore[arg-type]


def test_a_large_body_is_refused_before_it_is_read(address: str) -> None:
    with socket.create_connection(_place(address), timeout=10) as sending:
        sending.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000000000\r\n\r\nASK"
        )
        answer = b"".join(iter(lambda: sending.recv(65536), b""))  # the server closes: nothing more is read
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "too-large"


def test_a_large_body_in_pieces_is_refused_as_well(client: httpx.Client) -> None:
    pieces = (b"#" * 1024 for _ in range(BODY_LIMIT // 1024 + 10))
    answer = client.post("/sparql", content=pieces, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code == 413


def test_nothing_of_a_request_gets_into_a_header(client: httpx.Client) -> None:
    injected = "x\r\nSet-Cookie: a=b"
    answer = ask(client, f"SELECT * {{ ?s ?p '{injected}' }}", Accept="text/csv")
    assert "set-cookie" not in answer.headers
    for path in ("/id/organisation/x%0d%0aSet-Cookie:%20a=b", "/data/current/x%0d%0aSet-Cookie:%20a=b"):
        answer = client.get(path)
        assert (answer.status_code in {400, 404}, "set-cookie" in answer.headers) == (True, False)


def test_a_host_header_that_is_none_does_not_reach_the_description(address: str) -> None:
    with socket.create_connection(_place(address), timeout=10) as sending:
        sending.sendall(b'GET /sparql HTTP/1.1\r\nHost: x"> <evil\r\nConnection: close\r\n\r\n')
        answer = b"".join(iter(lambda: sending.recv(65536), b""))
    assert b"evil" not in answer


def test_without_a_query_the_service_describes_itself(client: httpx.Client, address: str) -> None:
    linked = client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert any(str(SD.Service) in node.get("@type", ()) for node in linked.json())
    for media, name in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        answer = client.get("/sparql", headers={"Accept": media})
        described = Graph().parse(data=answer.text, format=name)
        service = described.value(None, RDF.type, SD.Service)
        assert described.value(service, SD.endpoint) == URIRef(f"{address}/sparql")
        assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
        assert len(set(described.objects(service, SD.resultFormat))) == 8
    again = client.get("/sparql", headers={"If-None-Match": answer.headers["etag"], "Accept": "application/rdf+xml"})
    assert again.status_code == 304
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_the_named_graphs_of_the_description_exist(client: httpx.Client) -> None:
    described = Graph().parse(data=client.get("/sparql").text, format="turtle")
    told = {str(name) for name in described.objects(None, SD.name)}
    found = ask(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"]
    assert told == {binding["g"]["value"] for binding in found}


def test_a_browser_is_led_to_the_page_where_people_ask(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ask")
    assert client.get("/sparql", params={"query": NAMES}, headers=BROWSER).status_code == 200


def test_sparqlwrapper_works(address: str) -> None:
    wrapper = SPARQLWrapper(f"{address}/sparql")
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("PREFIX ig: <https://w3id.org/integration-graph/ontology#> " + NAMES.replace("dct:title", "?p"))
    assert wrapper.queryAndConvert()["results"]["bindings"]
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(CSV)
    wrapper.setQuery(f"SELECT ?p {{ <{PROJECT}> ?p ?o }}")
    assert wrapper.queryAndConvert().decode().startswith("p\r\n")
    wrapper.setReturnFormat(N3)
    wrapper.setQuery(f"CONSTRUCT {{ <{PROJECT}> ?p ?o }} WHERE {{ <{PROJECT}> ?p ?o }}")
    assert (URIRef(PROJECT), None, None) in Graph().parse(data=wrapper.queryAndConvert(), format="turtle")


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port
