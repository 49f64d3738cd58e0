"""The W3C SPARQL 1.1 Protocol suite over real HTTP: queries as the manifest expects, updates refused in every form."""

import json
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from graph_app.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
ARCHIVE = ROOT.parent / "shared" / "suites" / "sparql11.tar.gz"
FOLDER = "sparql/sparql11/protocol/"

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

#: The manifest has so many tests, and so many of them are about queries.
ALL, QUERIES = 34, 20
_FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


@dataclass(frozen=True)
class Exchange:
    """One request, and what has to come back."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[str]
    boolean: bool | None
    format: str


@dataclass(frozen=True)
class Case:
    name: str
    exchanges: tuple[Exchange, ...]

    @property
    def about_queries(self) -> bool:
        return "update" not in self.name


@dataclass(frozen=True)
class Answer:
    status: int
    media: str
    body: bytes


def _cases() -> list[Case]:
    if not ARCHIVE.exists():
        return []
    graph = Graph().parse(data=_read("manifest.ttl"), format="turtle", publicID="http://suite/manifest.ttl")
    (entries,) = graph.objects(None, MF.entries)
    return [_case(graph, entry) for entry in Collection(graph, entries)]


def _read(name: str) -> str:
    with tarfile.open(ARCHIVE) as archive:
        file = archive.extractfile(FOLDER + name)
        assert file is not None
        return file.read().decode()


def _case(graph: Graph, entry: Node) -> Case:
    requests = graph.value(graph.value(entry, MF.action), HT.requests)
    return Case(str(entry).rpartition("#")[2], tuple(_exchange(graph, one) for one in Collection(graph, requests)))


def _exchange(graph: Graph, request: Node) -> Exchange:
    headers = {}
    if (given := graph.value(request, HT.headers)) is not None:
        for header in Collection(graph, given):
            headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
    body = b""
    if (content := graph.value(request, HT.body)) is not None:
        body = str(graph.value(content, CNT.chars)).encode(str(graph.value(content, CNT.characterEncoding)))
    answer = graph.value(request, HT.resp)
    boolean = graph.value(answer, MF.expectedBoolean)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        target=str(graph.value(request, HT.absolutePath)),
        headers=headers,
        body=body,
        statuses=frozenset(str(status)[-3] for status in graph.objects(answer, MF.expectedStatus)),
        boolean=None if boolean is None else str(boolean) == "true",
        format=str(graph.value(answer, MF.expectedFormat, default="")),
    )


CASES = _cases()
pytestmark = pytest.mark.skipif(not CASES, reason=f"the W3C suite is not at {ARCHIVE}")


@pytest.fixture(scope="module")
def endpoint(serve: Callable[[Settings], str], release_of: Callable[[str], Settings]) -> str:
    """Address of a server whose release holds the named graphs of the suite."""
    lines = []
    for number in (1, 2, 3):
        graph = f"<http://kasei.us/2009/09/sparql/data/data{number}.rdf>"
        triples = (line.strip() for line in _read(f"data{number}.nt").splitlines())
        lines += [f"{triple.removesuffix('.')}{graph} .\n" for triple in triples if triple]
    return serve(release_of("".join(sorted(lines))))


def send(endpoint: str, exchange: Exchange) -> Answer:
    # Byte for byte what the manifest says: a friendlier client would mend the bad requests.
    connection = HTTPConnection(urlsplit(endpoint).netloc, timeout=30)
    connection.putrequest(exchange.method, exchange.target, skip_accept_encoding=True)
    for name, value in exchange.headers.items():
        connection.putheader(name, value)
    if exchange.method in {"POST", "PUT"}:
        connection.putheader("Content-Length", str(len(exchange.body)))
    connection.endheaders(exchange.body or None)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return Answer(answer.status, answer.headers.get_content_type(), body)


def test_the_manifest_is_read_whole() -> None:
    assert len(CASES) == ALL
    assert sum(case.about_queries for case in CASES) == QUERIES


@pytest.mark.parametrize("case", [case for case in CASES if case.about_queries], ids=lambda case: case.name)
def test_queries_are_answered_as_the_standard_says(endpoint: str, case: Case) -> None:
    for exchange in case.exchanges:
        answer = send(endpoint, exchange)
        assert str(answer.status)[0] in exchange.statuses, answer.body
        if exchange.format:
            assert answer.media in _FORMATS[exchange.format]
        if exchange.boolean is not None:
            assert json.loads(answer.body)["boolean"] is exchange.boolean
        if answer.status >= 400:
            assert json.loads(answer.body)["status"] == answer.status


@pytest.mark.parametrize("case", [case for case in CASES if not case.about_queries], ids=lambda case: case.name)
def test_updates_are_refused_in_every_form(endpoint: str, case: Case) -> None:
    updates = [one for one in case.exchanges if "sparql-query" not in one.headers.get("content-type", "")]
    assert updates
    for exchange in updates:
        answer = send(endpoint, exchange)
        assert 400 <= answer.status < 500
        assert json.loads(answer.body)["message"]


def test_updates_say_that_the_graph_is_read_only(endpoint: str) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    direct = {"content-type": "application/sparql-update"}
    blank = Exchange("GET", "/sparql?update=CLEAR%20ALL", {}, b"", frozenset(), None, "")
    forms = [
        blank,
        replace(blank, method="POST", target="/sparql", headers=form, body=b"update=CLEAR+ALL"),
        replace(blank, method="POST", target="/sparql", headers=direct, body=b"CLEAR ALL"),
        replace(blank, method="POST", target="/sparql?using-graph-uri=urn:x", headers=direct, body=b"CLEAR ALL"),
        replace(blank, method="POST", target="/sparql", headers=form, body=b"query=ASK+%7B%7D&update=CLEAR+ALL"),
    ]
    for exchange in forms:
        answer = send(endpoint, exchange)
        assert (answer.status, json.loads(answer.body)["code"]) == (403, "read-only")
