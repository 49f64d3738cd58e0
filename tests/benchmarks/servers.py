"""SPARQL servers on one graph, and a client that measures what they answer."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import httpx

from tests.benchmarks.material import ROOT
from tests.benchmarks.measure import Failed, peak_memory
from tests.benchmarks.virtuoso import free_port, virtuoso

__all__ = [
    "TIME_LIMIT",
    "Asked",
    "Rows",
    "Server",
    "ask",
    "difference",
    "ours",
    "oxigraph",
    "repeated",
    "rows_of",
    "virtuoso_union",
]

#: Seconds after which each server stops a query.
TIME_LIMIT = 20
_START_LIMIT = 60
_UNION = "urn:graph:union"
#: Times that a query is asked, by how long it took the first time; the first of several is not counted.
_TURNS = ((0.5, 6), (3.0, 4), (10.0, 2))

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    :param endpoint: address of its SPARQL endpoint.
    :param graph: graph to name as default graph, or empty where its own holds everything.
    :param process: number of its process.
    """

    endpoint: str
    graph: str
    process: int

    def peak(self) -> int:
        """Return the most memory in bytes that its processes have held, each by itself."""
        found = [self.process]
        for process in found:
            for task in Path(f"/proc/{process}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        return sum(map(peak_memory, found))


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a query.

    :param seconds: median time to the last byte of the answer; of a query without answer, until it was given up.
    :param rows: its rows, sorted, numbers in one form; ``None`` without an answer.
    :param failure: why there is none, in a few words.
    """

    seconds: float
    rows: Rows | None
    failure: str = ""

    @property
    def time(self) -> str:
        """Milliseconds as a table shows them."""
        if self.rows is None:
            return f"> {TIME_LIMIT:,} s" if self.failure in {"stopped", "no answer"} else "fails"
        return f"{self.seconds * 1000:,.1f}"


def difference(answers: Mapping[str, Rows]) -> str:
    """Say how answers to one question differ: how many rows each has, and the first that not all have.

    :param answers: name of who answered, to the answer.
    :returns: a sentence's part, or nothing where they agree.
    """
    if len({tuple(rows) for rows in answers.values()}) < 2:
        return ""
    shared = set.intersection(*map(set, answers.values()))
    own = {name: next((" ".join(row) for row in rows if row not in shared), "") for name, rows in answers.items()}
    return "; ".join(f"{name}: {len(answers[name]):,} rows, {row or 'no row of its own'}" for name, row in own.items())


@contextmanager
def ours(home: Path) -> Iterator[Server]:
    """Start the app on the current release of a home."""
    port = free_port()
    environment = {
        "INTGRAPH_HOME": str(home),
        "INTGRAPH_TIME_LIMIT": str(TIME_LIMIT),
        "INTGRAPH_RATE_LIMIT": "1000000",
        "INTGRAPH_ENDPOINT_ROW_LIMIT": "1000000",
    }
    command = [str(Path(sys.executable).with_name("intgraph")), "app", "--port", str(port)]
    with _running(command, environment, f"http://127.0.0.1:{port}/sparql") as server:
        yield server


@contextmanager
def oxigraph(store: Path) -> Iterator[Server]:
    """Start Oxigraph's own server on a store that nobody writes."""
    port = free_port()
    command = [str(ROOT / ".venv/bin/oxigraph"), "serve-read-only", "--location", str(store)]
    command += ["--bind", f"127.0.0.1:{port}", "--timeout-s", str(TIME_LIMIT)]
    with _running(command, {}, f"http://127.0.0.1:{port}/query") as server:
        yield server


@contextmanager
def virtuoso_union(content: Path, folder: Path) -> Iterator[Server]:
    """Start Virtuoso on the statements of a release, all in one graph.

    :param content: folder of the release's content.
    :param folder: an empty folder.
    """
    text = folder / "union.nt"
    with text.open("w", encoding="utf-8") as stream:
        for path in sorted(content.glob("*.nq")):
            with path.open(encoding="utf-8", newline="\n") as lines:
                stream.writelines(f"{line.rpartition(' <')[0]} .\n" for line in lines)
    with virtuoso(folder / "database", folder, text=text.stat().st_size, limit=TIME_LIMIT) as server:
        server.load(text, _UNION)
        yield Server(server.endpoint, _UNION, server.process)


@contextmanager
def _running(command: list[str], environment: dict[str, str], endpoint: str) -> Iterator[Server]:
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        server = Server(endpoint, "", process.pid)
        try:
            deadline = time.monotonic() + _START_LIMIT
            while ask(server, "ASK {}").rows is None:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Failed(f"{command[0]} did not start within {_START_LIMIT} s.")
                time.sleep(0.2)
            yield server
        finally:
            process.terminate()


def ask(server: Server, query: str) -> Asked:
    """Ask a query, several times where it is quick.

    :param server: whom.
    :param query: the query.
    :returns: the median, and the answer.
    """
    with httpx.Client(timeout=TIME_LIMIT + 10, headers={"Accept-Encoding": "identity"}) as client:
        return repeated(lambda: _once(client, server, query))


def repeated(once: Callable[[], Asked]) -> Asked:
    """Ask several times what is answered quickly.

    :param once: asks.
    :returns: the median, and the answer.
    """
    first = once()
    if first.rows is None:
        return first
    turns = next((turns for most, turns in _TURNS if first.seconds < most), 1)
    times = [once().seconds for _ in range(turns - 1)]
    return Asked(statistics.median(times or [first.seconds]), first.rows)


def _once(client: httpx.Client, server: Server, query: str) -> Asked:
    form = {"query": query} | ({"default-graph-uri": server.graph} if server.graph else {})
    start = time.perf_counter()
    try:
        reply = client.post(server.endpoint, data=form, headers={"Accept": "application/sparql-results+json"})
    except httpx.TimeoutException:
        return Asked(time.perf_counter() - start, None, "no answer")
    except httpx.TransportError as error:
        return Asked(time.perf_counter() - start, None, type(error).__name__)
    seconds = time.perf_counter() - start
    if reply.status_code != 200:
        late = seconds > TIME_LIMIT - 1
        return Asked(seconds, None, "stopped" if late else f"status {reply.status_code}: {reply.text[:200]}")
    if reply.headers.get("X-SQL-State", "") == "S1TAT":  # Virtuoso gives what it has found so far
        return Asked(seconds, None, "stopped")
    try:
        return Asked(seconds, rows_of(reply.json()))
    except json.JSONDecodeError:  # Oxigraph's server breaks an answer off in the middle when it stops a query
        return Asked(seconds, None, "stopped")


def rows_of(document: dict) -> Rows:
    """Return the rows of SPARQL results JSON, sorted, numbers in one form.

    :param document: the results.
    """
    if "boolean" in document:
        return [(str(document["boolean"]),)]
    columns = document["head"]["vars"]
    rows = [
        tuple(_plain(binding[column]) if column in binding else "" for column in columns)
        for binding in document["results"]["bindings"]
    ]
    return sorted(rows)


def _plain(term: dict[str, str]) -> str:
    """Return a term as text that does not depend on how a server writes numbers."""
    if "decimal" not in term.get("datatype", "") and "integer" not in term.get("datatype", ""):
        return term["value"]
    try:
        return format(Decimal(term["value"]).quantize(Decimal("0.01")), "f")
    except InvalidOperation:
        return term["value"]
