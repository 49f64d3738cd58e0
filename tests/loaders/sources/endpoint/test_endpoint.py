"""What a CONSTRUCT query gives comes page by page from a real server, and is read as records."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.plugins.serializers.nt import _nt_row
from typer.testing import CliRunner

from graph_app.cli import application
from loaders.datasets import Dataset
from loaders.errors import SourceError, SourceFault
from loaders.findings import Finding
from loaders.load import load
from loaders.records import Record
from loaders.sources import detect
from loaders.sources.endpoint.fetch import Fetched, Manners, fetch
from loaders.sources.endpoint.ntriples import parse_line
from loaders.sources.endpoint.reader import read

DATASET = Dataset("remote", {"en": "Remote"}, "endpoint", "remote")
IG = "https://w3id.org/integration-graph/ontology#"
QUERY = f"PREFIX ig: <{IG}>\nCONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}\nORDER BY ?s ?p ?o"
QUICK = Manners(page=2, pause=0, timeout=5, attempts=3)
PROJECT = "https://example.org/project/1"
LINES = (
    f"<{PROJECT}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{IG}Project> .\n"
    f'<{PROJECT}> <http://purl.org/dc/terms/title> "Integrace \\"A\\"\\u010d"@cs .\n'
    f'<{PROJECT}> <{IG}startDate> "2020-02-31"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
    f"<{PROJECT}> <https://example.org/other> <https://example.org/x> .\n"
    f"<https://example.org/grant/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{IG}Grant> .\n"
    f"<https://example.org/grant/1> <{IG}amount> <https://example.org/amount/1> .\n"
    f"<https://example.org/grant/1> <{IG}project> _:somebody .\n"
    f"<https://example.org/odd> <{IG}project> <{PROJECT}> .\n"
)
Answer = Callable[[BaseHTTPRequestHandler, str], None]


def send(handler: BaseHTTPRequestHandler, body: str, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Content-Type": "application/n-triples", **named}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body.encode())))
    handler.end_headers()
    handler.wfile.write(body.encode())


@contextmanager
def endpoint(answer: Answer) -> Iterator[tuple[str, list[BaseHTTPRequestHandler]]]:
    """Run an endpoint that answers as told, and remember who asked what."""
    asked: list[BaseHTTPRequestHandler] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self)
            answer(self, parse_qs(urlsplit(self.path).query)["query"][0])

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def paged(lines: list[str]) -> Answer:
    """Answer with the lines that LIMIT and OFFSET ask for."""

    def answer(handler: BaseHTTPRequestHandler, query: str) -> None:
        words = query.split()
        limit, offset = int(words[-3]), int(words[-1])
        send(handler, "# nothing else\n" + "".join(lines[offset : offset + limit]))

    return answer


def test_pages_become_one_sorted_file(tmp_path: Path) -> None:
    lines = LINES.splitlines(keepends=True)
    waited: list[float] = []
    target = tmp_path / "new" / "all.nt"
    with endpoint(paged([*lines, lines[0]])) as (address, asked):
        fetched = fetch(address, QUERY, target, QUICK, sleep=waited.append)
    assert fetched == Fetched(pages=5, statements=len(lines))
    assert target.read_text(encoding="utf-8") == "".join(sorted(lines))
    assert len(asked) == 6
    assert all("integration-graph" in request.headers["User-Agent"] for request in asked)
    assert asked[0].headers["Accept"].startswith("application/n-triples")
    assert len(waited) == 5
    assert [path.name for path in target.parent.iterdir()] == ["all.nt"]


def test_the_command_writes_a_file_that_can_be_loaded(tmp_path: Path) -> None:
    query, target = tmp_path / "q.rq", tmp_path / "all.nt"
    query.write_text(QUERY, encoding="utf-8")
    environment = {"INTGRAPH_HOME": str(tmp_path / "home"), "INTGRAPH_DATA": str(tmp_path)}
    with endpoint(paged(LINES.splitlines(keepends=True))) as (address, _):
        arguments = ["fetch", address, "--construct", str(query), "--output", str(target), "--pause", "0"]
        fetched = CliRunner().invoke(application, arguments)
    assert (fetched.exit_code, fetched.stdout) == (0, f"{target}\n"), fetched.stderr
    loaded = CliRunner().invoke(application, ["load", str(target), "--dataset", "remote"], env=environment)
    assert loaded.exit_code == 0, loaded.stderr
    assert "Read as endpoint" in loaded.stderr
    assert "1 skipped" in loaded.stderr


def test_an_endpoint_that_is_busy_is_asked_again_when_it_says(tmp_path: Path) -> None:
    waited: list[float] = []
    states = iter(((503, {"Retry_After": "7"}), (500, {})))

    def answer(handler: BaseHTTPRequestHandler, query: str) -> None:
        status, headers = next(states, (200, {}))
        if status == 200:
            paged(LINES.splitlines(keepends=True)[:1])(handler, query)
        else:
            send(handler, "busy", status, **headers)

    with endpoint(answer) as (address, _):
        assert fetch(address, QUERY, tmp_path / "a.nt", QUICK, sleep=waited.append).statements == 1
    assert waited[:2] == [7, 14]


@pytest.mark.parametrize(
    ("status", "headers", "said", "requests"),
    [
        (503, {}, "503", 3),
        (500, {}, "does not answer", 3),
        (400, {}, "refuses the query", 1),
        (403, {}, "403", 1),
        (200, {"Content_Type": "text/html"}, "text/html", 1),
        (200, {"X_SPARQL_MaxRows": "10"}, "no more than 10 rows", 1),
        (200, {}, "does not heed OFFSET", 2),
    ],
)
def test_what_an_endpoint_may_say(
    tmp_path: Path, status: int, headers: dict[str, str], said: str, requests: int
) -> None:
    target = tmp_path / "a.nt"
    answering = endpoint(lambda handler, _: send(handler, LINES, status, **headers))
    with answering as (address, asked), pytest.raises(SourceError, match=said):
        fetch(address, QUERY, target, QUICK, sleep=lambda _: None)
    assert len(asked) == requests
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", "no CONSTRUCT"),
        ("what is known of IOM", "no CONSTRUCT"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "no ORDER BY"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } # ORDER BY ?s", "no ORDER BY"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 5", "LIMIT"),
    ],
)
def test_queries_that_cannot_be_paged(tmp_path: Path, query: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        fetch("http://127.0.0.1:9/sparql", query, tmp_path / "a.nt", QUICK)


def test_an_endpoint_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    told: list[str] = []
    with pytest.raises(SourceError, match=r"does not answer: Connection refused\. Check the address"):
        fetch("http://127.0.0.1:9/sparql", QUERY, tmp_path / "a.nt", QUICK, told.append, lambda _: None)
    assert [step for step in told if "asking again in" in step] == told[1:]


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "not in UTF-8"), (b"", "is empty"), (None, "No such file")]
)
def test_a_query_that_cannot_be_read_is_a_sentence(tmp_path: Path, content: bytes | None, said: str) -> None:
    query = tmp_path / "q.rq"
    if content is not None:
        query.write_bytes(content)
    arguments = ["fetch", "http://127.0.0.1:9/", "--construct", str(query), "--output", str(tmp_path / "a.nt")]
    result = CliRunner().invoke(application, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/", "http://me@example.org/sparql"])
def test_addresses_that_are_not_asked(tmp_path: Path, address: str) -> None:
    with pytest.raises(SourceError, match="cannot be asked"):
        fetch(address, QUERY, tmp_path / "a.nt", QUICK)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fetched.nt"
    path.write_text("".join(sorted(LINES.splitlines(keepends=True))), encoding="utf-8")
    return path


def test_statements_become_records_with_their_lines(file: Path) -> None:
    items = list(read(file, DATASET))
    records = {(item.kind, item.key[0]): item for item in items if isinstance(item, Record)}
    assert set(records) == {
        ("project", PROJECT),
        ("grant", "https://example.org/grant/1"),
        ("amount", "https://example.org/amount/1"),
    }
    (title,) = records["project", PROJECT].fields["title"]
    assert (title.text, title.language) == ('Integrace "A"č', "cs")
    assert file.read_text(encoding="utf-8").splitlines()[title.line - 1].startswith(f"<{PROJECT}> <http://purl.org")
    assert records["amount", "https://example.org/amount/1"].fields["grant"][0].text == "https://example.org/grant/1"
    told = sorted((item.rule, item.value) for item in items if isinstance(item, Finding))
    assert told == [
        ("rdf-blank-node", f"{IG}project"),
        ("rdf-unknown-term", "https://example.org/other"),
        ("rdf-without-class", "https://example.org/odd"),
    ]


def test_entities_keep_their_iris_and_faults_do_not_keep_the_rest_out(file: Path) -> None:
    assert detect(file).source.name == "endpoint"
    items = list(load(file, DATASET))
    faults = [item.rule for item in items if isinstance(item, Finding)]
    assert "date-impossible" in faults
    assert not [item for item in items if isinstance(item, Finding) and item.severity == "violation"]
    quads = [item for item in items if not isinstance(item, Finding)]
    assert any(str(quad.subject) == PROJECT and str(quad.object) == 'Integrace "A"č' for quad in quads)


@pytest.mark.parametrize(
    "text",
    [
        "<a> <b> .\n",
        '{"error": 1}\n',
        "<html>\n",
        '<http://a> <http://b> "\\q" .\n',
        '<http://a> <http://b> "\\uD83D" .\n',
        '<http://a> <http://b> "\\UFFFFFFFF" .\n',
        "\x00\n",
    ],
)
def test_lines_that_are_no_statement(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.nt"
    path.write_text(LINES + text, encoding="utf-8")
    with pytest.raises(SourceFault) as caught:
        list(read(path, DATASET))
    assert (caught.value.finding.rule, caught.value.finding.location.line) == ("rdf-not-ntriples", 9)


@pytest.mark.parametrize(
    ("literal", "rule", "kept"),
    [
        (r'"A\u0000B"@cs', "control-character", []),
        ('"A"@abcdefghijklmnop', "rdf-language", [("A", "und")]),
        ('"A"@en-12', "rdf-language", [("A", "und")]),
        ('"A"@EN-GB', "", [("A", "en-GB")]),
    ],
)
def test_texts_that_a_graph_cannot_keep(tmp_path: Path, literal: str, rule: str, kept: list[tuple[str, str]]) -> None:
    path = tmp_path / "texts.nt"
    title = f"<{PROJECT}> <http://purl.org/dc/terms/title> {literal} ."
    path.write_text(f"<{PROJECT}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{IG}Project> .\n{title}\n")
    items = list(read(path, DATASET))
    (record,) = (item for item in items if isinstance(item, Record))
    assert [(cell.text, cell.language) for cell in record.fields.get("title", ())] == kept
    assert [item.rule for item in items if isinstance(item, Finding)] == ([rule] if rule else [])


def test_a_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "long.nt"
    path.write_text('<http://a> <http://b> "' + "x" * 2_000_000, encoding="utf-8")
    with pytest.raises(SourceFault, match="longer than"):
        list(read(path, DATASET))


_texts = st.text(st.characters(exclude_categories=("Cs",)))


@given(_texts, st.sampled_from(["", "en", "cs-CZ"]))
def test_every_literal_is_read_as_it_was_written(text: str, language: str) -> None:
    subject, predicate = URIRef("http://a/š"), URIRef("http://b")
    line = _nt_row((subject, predicate, Literal(text, lang=language or None)))
    found = parse_line(line)
    assert found is not None
    assert (found.subject, found.predicate, found.text, found.language) == (
        str(subject),
        str(predicate),
        text,
        language,
    )


@given(st.text())
def test_no_line_crashes(text: str) -> None:
    with suppress(ValueError):
        parse_line(text)
