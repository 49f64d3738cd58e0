"""Real engines, started in folders of their own on free ports: ``oxigraph serve`` and Virtuoso 7."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from loaders.identifiers import mint

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt")
USER, PASSWORD = "intgraph", "not-a-secret-1"
_STARTUP_SECONDS = 60

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 7000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Server:
    """A running engine: its kind, the settings that lead to it as a deployment writes them, and a way to revive it."""

    kind: str
    settings: Mapping[str, str]
    #: Starts the engine again on what it has stored, if it has ended; says whether it had.
    revive: Callable[[], bool]

    @property
    def query(self) -> str:
        return self.settings["INTGRAPH_STORE"]


def missing(kind: str) -> str:
    """Say why an engine cannot be started here, or nothing."""
    if kind == "oxigraph":
        return "" if OXIGRAPH.is_file() else "the oxigraph server is not installed"
    return "" if VIRTUOSO and ISQL else "Virtuoso (virtuoso-opensource-7) is not installed"


@contextmanager
def running(kind: str, folder: Path, **options: int) -> Iterator[Server]:
    """Start an engine with an empty store; it ends with the block."""
    start = {"oxigraph": _oxigraph, "virtuoso": _virtuoso}[kind]
    with start(folder, **options) as server:
        yield server


@contextmanager
def _oxigraph(folder: Path, seconds: int = 60) -> Iterator[Server]:
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", "db", "--bind", f"127.0.0.1:{port}", "--timeout-s", str(seconds)]
    address = f"http://127.0.0.1:{port}"
    with _process(command, folder, f"{address}/query?query=ASK%7B%7D") as revive:
        yield Server(
            "oxigraph",
            {
                "INTGRAPH_STORE": f"{address}/query",
                "INTGRAPH_STORE_UPDATE": f"{address}/update",
                "INTGRAPH_STORE_GRAPHS": f"{address}/store",
            },
            revive,
        )


@contextmanager
def _virtuoso(folder: Path, rows: int = 1_000_000) -> Iterator[Server]:
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http, rows=rows))
    address = f"http://127.0.0.1:{http}"
    command = [str(VIRTUOSO), "+foreground", "+configfile", "virtuoso.ini"]
    with _process(command, folder, f"{address}/sparql") as revive:
        rights = f"USER_CREATE('{USER}', '{PASSWORD}');\nGRANT SPARQL_UPDATE TO \"{USER}\";\n"
        subprocess.run(
            [str(ISQL), f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT"],
            input=rights, text=True, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        yield Server(
            "virtuoso",
            {
                "INTGRAPH_STORE": f"{address}/sparql",
                "INTGRAPH_STORE_UPDATE": f"{address}/sparql-auth",
                "INTGRAPH_STORE_GRAPHS": f"{address}/sparql-graph-crud-auth",
                "INTGRAPH_STORE_UNION": mint("graph", "integration-graph", "union"),
                "INTGRAPH_STORE_USER": USER,
                "INTGRAPH_STORE_PASSWORD": PASSWORD,
            },
            revive,
        )


@contextmanager
def _process(command: list[str], folder: Path, address: str) -> Iterator[Callable[[], bool]]:
    processes: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with (folder / "engine.log").open("ab") as log:
            processes.append(subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT))
        _await(address, processes[-1], folder)

    def revive() -> bool:
        ended = processes[-1].poll() is not None
        if ended:
            start()
        return ended

    try:
        start()
        yield revive
    finally:
        for process in processes:
            process.send_signal(signal.SIGKILL)  # the folder is thrown away
            process.wait(timeout=30)


def _await(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(_STARTUP_SECONDS * 4):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except HTTPError as error:
            error.close()
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.25)
    raise AssertionError(f"The engine did not start:\n{(folder / 'engine.log').read_text(errors='replace')}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def environment(server: Server, home: Path, data: Path) -> dict[str, str]:
    """The environment of a command that uses an engine."""
    return {**os.environ, **server.settings, "INTGRAPH_HOME": str(home), "INTGRAPH_DATA": str(data), "COLUMNS": "200"}
