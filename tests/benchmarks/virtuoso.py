"""A Virtuoso of one's own in a temporary folder: its bulk loader and its SPARQL over HTTP."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measure import Failed, folder_size, peak_memory

__all__ = ["Virtuoso", "free_port", "installed", "virtuoso"]

#: Pages of 8 KiB kept in memory, all of them taken at the start: as many as hold a database several times the text.
_FEWEST_BUFFERS = 170_000
_TEXT_A_BUFFER = 6_000
_START_LIMIT = 60

_CONFIGURATION = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 200000
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {allowed}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 0
MaxQueryMem = 4G
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = {limit}
"""


def installed() -> bool:
    """Tell whether this machine has Virtuoso and its SQL client."""
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Virtuoso:
    """A running server.

    :param process: its process.
    :param folder: folder of its database.
    :param sql: port of its SQL protocol.
    :param http: port of its web server.
    """

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, sql: int, http: int) -> None:
        self.process = process.pid
        self._folder = folder
        self._sql = sql
        self.endpoint = f"http://127.0.0.1:{http}/sparql"

    def run(self, *statements: str) -> str:
        """Run SQL statements.

        :raises Failed: if one fails.
        """
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"],
            input="".join(f"{statement};\n" for statement in statements),
            capture_output=True,
            text=True,
            check=False,
        )
        output = done.stdout + done.stderr
        if done.returncode or "*** Error" in output:
            raise Failed(output[-2000:])
        return output

    def load(self, file: Path, graph: str) -> float:
        """Load a file with the bulk loader, up to the checkpoint that makes it last.

        :param file: N-Triples or N-Quads, in a folder given to :func:`virtuoso`.
        :param graph: where triples go; quads name their own.
        :returns: seconds.
        """
        start = time.perf_counter()
        self.run(f"ld_dir('{file.parent}', '{file.name}', '{graph}')", "rdf_loader_run()", "checkpoint")
        seconds = time.perf_counter() - start
        faults = self.run("select ll_error from DB.DBA.load_list where ll_error is not null").strip()
        if faults:
            raise Failed(faults)
        return seconds

    def peak(self) -> int:
        """Return the most memory in bytes that it has held."""
        return peak_memory(self.process)

    def disk(self) -> int:
        """Return the bytes of its database."""
        return folder_size(self._folder)


@contextmanager
def virtuoso(folder: Path, *allowed: Path, text: int, limit: int = 0) -> Iterator[Virtuoso]:
    """Start a server on an empty database, and stop it in the end.

    :param folder: folder of its database; made.
    :param allowed: folders from which it may load.
    :param text: bytes of the text that it will hold.
    :param limit: seconds after which it stops a query, or 0 for none.
    """
    folder.mkdir()
    sql, http = free_port(), free_port()
    buffers = max(_FEWEST_BUFFERS, text // _TEXT_A_BUFFER)
    configuration = folder / "virtuoso.ini"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            allowed=", ".join(map(str, allowed)),
            buffers=buffers,
            dirty=buffers * 3 // 4,
            limit=limit,
            sql=sql,
            http=http,
        ),
        encoding="utf-8",
    )
    with subprocess.Popen(
        ["virtuoso-t", "+foreground", "+configfile", str(configuration)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        server = Virtuoso(process, folder, sql, http)
        try:
            _wait(process, server, http)
            yield server
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], server: Virtuoso, http: int) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while True:
        try:
            with socket.create_connection(("127.0.0.1", http), timeout=1):
                pass
            server.run("status()")
        except (OSError, Failed) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"Virtuoso did not start within {_START_LIMIT} s.") from error
            time.sleep(0.2)
        else:
            return
