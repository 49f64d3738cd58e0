"""What remote engines may answer, from a server that answers as told: faults that a good engine does not show."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from graph_app.store.address import StoreAddress, open_address
from graph_app.store.oxigraph import StoreError
from graph_app.store.remote import RemoteStore
from graph_app.store.remote_graphs import GraphStore
from graph_app.store.remote_http import RemoteError, RemoteTimeout

JSON, NTRIPLES = "application/sparql-results+json", "application/n-triples"
TABLE = (
    b'{"head":{"vars":["a"]},"results":{"bindings":'
    b'[{"a":{"type":"literal","value":"1"}},{"a":{"type":"uri","value":"urn:x"}}]}}'
)
ASK, SELECT, CONSTRUCT = "ASK {}", "SELECT ?a { ?s ?p ?a }", "CONSTRUCT WHERE { ?s ?p ?o }"
PASSWORD = "hid" + "den"
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def send(handler: BaseHTTPRequestHandler, body: bytes, media: str = JSON, status: int = 200, **headers: str) -> None:
    length = headers.pop("length", str(len(body)))
    handler.send_response_only(status)
    for name, value in {"Content-Type": media, "Content-Length": length, **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def engine(answer: Answer, server: str = "Something/1") -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """Run an engine that says yes to the greeting, and answers everything else as told."""
    asked: list[dict[str, list[str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            form = parse_qs(body.decode())
            if form.get("query") == [ASK]:
                send(self, b'{"head":{},"boolean":true}', Server=server)
                return
            asked.append(form)
            answer(self, body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
            pass

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.reply)
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/sparql", asked
    finally:
        http.shutdown()
        http.server_close()


def store(address: str, seconds: float = 5, **more: str) -> RemoteStore:
    opened = open_address(StoreAddress(query=address, **more), seconds)
    assert isinstance(opened, RemoteStore)
    return opened


def test_rows_and_limits() -> None:
    with engine(lambda handler, _: send(handler, TABLE)) as (address, _):
        whole = store(address).evaluate(SELECT)
        assert (whole.kind, whole.columns, whole.count, whole.limit) == ("table", ("a",), 2, "")
        cut = store(address).evaluate(SELECT, row_limit=1)
        assert (cut.count, cut.limit) == (1, "rows")
        short = store(address).evaluate(SELECT, byte_limit=10)
        assert (short.count, short.limit) == (0, "bytes")
        assert store(address).evaluate(SELECT, media="text/csv").body == b"a\r\n1\r\nurn:x\r\n"


@pytest.mark.parametrize("end", [30, 60, 90, len(TABLE) - 1])
def test_a_body_that_breaks_off_is_a_time_out_and_never_a_result(end: int) -> None:
    with (
        engine(lambda handler, _: send(handler, TABLE[:end])) as (address, _),
        pytest.raises(RemoteTimeout, match="broke off its answer"),
    ):
        store(address).evaluate(SELECT)
    announced = partial(send, body=TABLE[:end], length="500")
    with engine(lambda handler, _: announced(handler)) as (address, _), pytest.raises(RemoteTimeout, match="broke off"):
        store(address).evaluate(SELECT)


def test_triples_that_break_off_are_a_time_out() -> None:
    line = b"<urn:a> <urn:b> <urn:c> .\n"
    announced = partial(send, body=line, media=NTRIPLES, length="500")
    with engine(lambda handler, _: announced(handler)) as (address, _), pytest.raises(RemoteTimeout, match="broke off"):
        store(address).evaluate(CONSTRUCT)
    with engine(lambda handler, _: send(handler, line, NTRIPLES)) as (address, _):
        assert store(address).evaluate(CONSTRUCT).body == line


@pytest.mark.parametrize(
    ("status", "media", "body", "error", "said"),
    [
        (401, "text/html", b"", RemoteError, "wants to know who asks"),
        (404, "text/plain", b"", RemoteError, "There is nothing at"),
        (503, "text/plain", b"too busy", RemoteTimeout, "time limit"),
        (400, "text/plain", b"Virtuoso 42000 Error SP031: odd", RuntimeError, "SP031: odd"),
        (500, "text/html", b"<html>secret trace</html>", RemoteError, r"could not do this \(HTTP 500\)"),
        (200, "text/html", b"<html>", RemoteError, "a page for browsers"),
        (200, JSON, b'{"nothing": 1}', RemoteError, "no result|broke off"),
    ],
)
def test_what_is_no_result_is_said(status: int, media: str, body: bytes, error: type[Exception], said: str) -> None:
    with engine(lambda handler, _: send(handler, body, media, status)) as (address, _):
        with pytest.raises(error, match=said) as told:
            store(address).evaluate(SELECT)
        assert address in str(told.value)
        assert "secret trace" not in str(told.value)


def test_a_redirection_is_not_followed() -> None:
    with engine(lambda handler, _: send(handler, TABLE)) as (elsewhere, asked_there):

        def away(handler: BaseHTTPRequestHandler, _: bytes) -> None:
            send(handler, b"", status=302, Location=elsewhere)

        with engine(away) as (address, _), pytest.raises(RemoteError, match="sends on to") as told:
            store(address, user="me", password=PASSWORD).evaluate(SELECT)
        assert asked_there == []
        assert PASSWORD not in str(told.value)


def test_a_silent_engine_is_a_time_out() -> None:
    gone = threading.Event()
    with engine(lambda *_: gone.wait(10) and None) as (address, _):
        with pytest.raises(RemoteTimeout, match=r"no answer within 0\.2 seconds"):
            store(address, 0.2).evaluate(SELECT)
        gone.set()


def test_virtuoso_is_told_its_time_and_its_part_of_the_truth_is_refused() -> None:
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'
        b"<results></results></sparql>"
    )
    media = "application/sparql-results+xml"
    with engine(lambda handler, _: send(handler, xml, media), "Virtuoso/07.20") as (address, asked):
        assert store(address, 7).evaluate(SELECT).count == 0
        assert asked[0]["timeout"] == ["7000"]
    stopped = partial(send, body=xml, media=media, X_SQL_State="S1TAT")
    with (
        engine(lambda handler, _: stopped(handler), "Virtuoso/07.20") as (address, _),
        pytest.raises(RemoteTimeout, match="stopped at its time limit"),
    ):
        store(address).evaluate(SELECT)
    row = b"<result><binding name='a'><literal>1</literal></binding></result></results>"
    cut = xml.replace(b"</results>", row)
    with engine(lambda handler, _: send(handler, cut, media, X_SPARQL_MaxRows="1"), "Virtuoso/07.20") as (address, _):
        assert store(address).evaluate(SELECT).limit == "rows"


def test_syntax_is_checked_before_anything_is_sent() -> None:
    with engine(lambda handler, _: send(handler, TABLE)) as (address, asked):
        for text in ("SELECT * {", "INSERT DATA { <urn:a> <urn:b> 1 }", "bif:nonsense()"):
            with pytest.raises(SyntaxError):
                store(address).evaluate(text)
        assert asked == []


def test_prefixes_keep_the_lines_and_the_dataset_of_the_query_stands() -> None:
    with engine(lambda handler, _: send(handler, TABLE)) as (address, asked):
        opened = store(address, union="urn:union")
        text = "SELECT ?a\n{ ?s ex:p ?a } # FROM here"
        opened.evaluate(text, prefixes={"ex": "urn:ex:", "no": "urn:no:"})
        assert asked[-1]["query"] == [f" PREFIX ex: <urn:ex:> {text}"]
        opened.evaluate(f"# first\nbase <urn:b:> {text}", prefixes={"ex": "urn:ex:"})
        assert asked[-1]["query"] == [f"# first\nbase <urn:b:> PREFIX ex: <urn:ex:>  {text}"]
        assert asked[-1]["default-graph-uri"] == ["urn:union"]
        opened.evaluate("SELECT ?a FROM <urn:g> { ?s ?p ?a }")
        assert "default-graph-uri" not in asked[-1]
        opened.evaluate(SELECT, default_graphs=["urn:one", "urn:two"], named_graphs=["urn:three"])
        assert asked[-1]["default-graph-uri"] == ["urn:one", "urn:two"]
        assert asked[-1]["named-graph-uri"] == ["urn:three"]
        with pytest.raises(ValueError, match="IRI"):
            opened.evaluate(SELECT, default_graphs=["no iri"])


def test_a_password_is_given_where_it_is_asked_for_and_never_in_an_address() -> None:
    given: list[str | None] = []

    def ask(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        given.append(handler.headers.get("Authorization"))
        if given[-1] is None:
            send(handler, b"", status=401, WWW_Authenticate='Basic realm="here"')
        else:
            send(handler, TABLE)

    with engine(ask) as (address, _):
        assert store(address, user="me", password=PASSWORD).evaluate(SELECT).count == 2
        assert given == [None, "Basic bWU6aGlkZGVu"]
    with pytest.raises(RemoteError, match="INTGRAPH_STORE_PASSWORD") as told:
        store("http://me:hidden@127.0.0.1/sparql")
    assert PASSWORD not in str(told.value)
    assert PASSWORD not in repr(StoreAddress(query="http://x/", password=PASSWORD))


def test_a_graph_is_sent_in_pieces_and_an_empty_one_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    from graph_app.store import remote_graphs

    monkeypatch.setattr(remote_graphs, "_PIECE", 60)
    sent: list[tuple[str, str, bytes]] = []

    def take(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        sent.append((handler.command, handler.path, body))
        send(handler, b"", status=404 if handler.command == "DELETE" else 204)

    lines = [f"<urn:a> <urn:b> <urn:{number}> .\n" for number in range(5)]
    with engine(take) as (address, _):
        graphs = GraphStore(address, "", "", 5)
        graphs.replace("urn:g", lines)
        graphs.replace("", ())
    assert [(method, path) for method, path, _ in sent] == [
        ("PUT", "/sparql?graph=urn%3Ag"), ("POST", "/sparql?graph=urn%3Ag"), ("POST", "/sparql?graph=urn%3Ag"),
        ("DELETE", "/sparql?default"),
    ]  # fmt: skip
    assert b"".join(body for *_, body in sent).decode() == "".join(lines)


def test_an_address_is_needed() -> None:
    with pytest.raises(StoreError, match="folder or an address"):
        open_address(StoreAddress(), 1)
