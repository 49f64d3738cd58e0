"""The server as a client reaches it, in a system that lets no worker leave the network: here the guard stands alone."""

import http.client
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from graph_app.settings import Settings
from tests.acceptance.outbound.attempts import Lure, attempts, named
from tests.acceptance.outbound.detectors import HIDDEN
from tests.acceptance.outbound.forbid_unshare import NUMBERS
from tests.acceptance.outbound.serving import Server, serving

ATTEMPTS = attempts("http")
QUERIES = attempts("sparql")
FORBID = Path(__file__).with_name("forbid_unshare.py")
#: Enough for every attempt of this file within its minute.
_REQUESTS = "100000"
_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


@pytest.fixture(scope="module")
def server(curated_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if platform.machine() not in NUMBERS:
        pytest.skip(f"the number of unshare on {platform.machine()} is not known here")
    environment = {"INTGRAPH_HOME": str(curated_settings.home), "INTGRAPH_RATE_LIMIT": _REQUESTS}
    with serving(environment, tmp_path_factory.mktemp("server"), sys.executable, str(FORBID)) as server:
        yield server


def ask(server: Server, method: str, target: str, headers: dict[str, str], body: str = "") -> Answer:
    """Send a request as it is written: no client tidies its address."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=_SECONDS)
    try:
        encoded = quote(target, safe="/:?#[]@!$&'()*+,;=%~-._\\")
        connection.putrequest(method, encoded, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body or method not in {"GET", "CONNECT"}:
            connection.putheader("Content-Length", str(len(body.encode())))
        connection.endheaders(body.encode() or None)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode("utf-8", errors="replace"))
    finally:
        connection.close()


def leads_to(answer: Answer) -> str:
    return urlsplit(answer.headers.get("Location", "")).netloc


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=named)
def test_nothing_is_reached_by_a_request(attempt: dict[str, Any], lure: Lure, server: Server) -> None:
    sent = lure.fill(attempt, attempt["name"])
    answer = ask(server, sent.get("method", "GET"), sent["target"], sent.get("headers", {}), sent.get("body", ""))
    assert HIDDEN not in answer.body
    assert HIDDEN not in str(answer.headers)
    assert answer.status < 500, answer.body
    assert leads_to(answer) in {"", f"{server.host}:{server.port}"}, "the visitor is sent elsewhere"


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("attempt", QUERIES, ids=named)
def test_nothing_is_reached_by_a_query_however_it_is_sent(attempt: dict[str, Any], lure: Lure, server: Server) -> None:
    query = lure.fill(attempt["query"], attempt["name"])
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        ask(server, "GET", f"/sparql?{urlencode({'query': query})}", {}),
        ask(server, "POST", "/sparql", form, urlencode({"query": query})),
        ask(server, "POST", "/sparql", {"Content-Type": "application/sparql-query"}, query),
    ]
    if attempt.get("update"):
        answers += [
            ask(server, "GET", f"/sparql?{urlencode({'update': query})}", {}),
            ask(server, "POST", "/sparql", form, urlencode({"update": query})),
            ask(server, "POST", "/sparql", {"Content-Type": "application/sparql-update"}, query),
        ]
    for answer in answers:
        assert HIDDEN not in answer.body
        assert answer.status < 500, answer.body
        if attempt.get("guard") or attempt.get("update"):
            assert 400 <= answer.status < 500, answer.body


def test_the_workers_of_this_server_do_have_its_network(server: Server) -> None:
    assert ask(server, "GET", f"/sparql?{urlencode({'query': 'ASK {}'})}", {}).status == 200
    workers = [
        process for process in Path("/proc").iterdir() if process.name.isdecimal() and parent_of(process) == server.pid
    ]
    assert workers
    own = Path("/proc/self/ns/net").readlink()
    assert {(worker / "ns" / "net").readlink() for worker in workers} == {own}


def parent_of(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None  # it has ended meanwhile
