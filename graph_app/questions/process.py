"""One worker process as the pool sees it: started, asked, waited for no longer than allowed, ended."""

import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import graph_app
from graph_app.questions.frames import Header, pack, unpack

__all__ = ["Worker", "WorkerEnded", "WorkerSettings", "WorkerTimeout"]

logger = logging.getLogger(__name__)

#: A worker starts in about a tenth of a second; much more than that means that it cannot start.
_START_SECONDS = 30.0
_ROOT = Path(graph_app.__file__).parent.parent


class WorkerTimeout(Exception):
    """A worker did not answer in time; it was killed."""


class WorkerEnded(Exception):
    """A worker ended before it answered.

    :param code: its return code, negative for a signal.
    :param message: what it said, or empty.
    """

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message or f"the worker ended with code {code}")
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What a worker is told when it starts.

    :param store: folder of the store.
    :param prefixes: prefixes that queries may use without declaring them.
    :param memory_limit: bytes of address space.
    """

    store: Path
    prefixes: Mapping[str, str]
    memory_limit: int


class Worker:
    """One process; used by one thread at a time.

    :param settings: what it is told when it starts.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # The environment is left out on purpose: no credential of the server is within reach of a query. Few memory
        # arenas halve the address space that a worker needs to start.
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "graph_app.questions.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env={"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
                bufsize=0,
            )
        except OSError as error:
            self._errors.close()
            raise WorkerEnded(0, f"A worker cannot start: {error}.") from error
        self._ready = False
        self.network = ""
        first: Header = {
            "store": str(settings.store.resolve()),
            "prefixes": dict(settings.prefixes),
            "memory_limit": settings.memory_limit,
        }
        try:
            self._send(first)
        except WorkerEnded:
            self.end()
            raise

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Id of the process."""
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Wait for the worker's first message.

        :raises WorkerEnded: if it could not start.
        :raises WorkerTimeout: if it does not start.
        """
        if self._ready:
            return
        try:
            header, _ = self._receive(time.monotonic() + _START_SECONDS)
        except WorkerEnded as error:
            raise WorkerEnded(error.code, f"A worker cannot start: {error}. It may need more memory.") from error
        if header["status"] != "ready":
            raise WorkerEnded(self._process.wait(), str(header["message"]))
        self.network = str(header["network"])
        self._ready = True

    def ask(self, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]:
        """Send one query and wait for its answer.

        :param header: the request for :mod:`graph_app.questions.worker`.
        :param body: the query.
        :param seconds: longest wait.
        :returns: header and body of the reply.
        :raises WorkerTimeout: if it takes longer than that.
        :raises WorkerEnded: if the worker ends meanwhile.
        """
        self.wait_until_ready()
        deadline = time.monotonic() + seconds
        self._send(header, body)
        return self._receive(deadline)

    def kill(self) -> None:
        """Kill the process. Any thread may do so; the one that waits for an answer is told that the worker ended."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and free what it holds; harmless when done twice. Nobody may wait for an answer."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                stream.close()

    def _send(self, header: Header, body: bytes = b"") -> None:
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        message = memoryview(pack(header, body))
        try:
            while message:
                message = message[self._process.stdin.write(message) or 0 :]
        except BrokenPipeError as error:
            raise self._ended() from error

    def _receive(self, deadline: float) -> tuple[Header, bytes]:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        descriptor = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)

        def read(size: int) -> bytes:
            data = bytearray()
            while len(data) < size:
                left = deadline - time.monotonic()
                if left <= 0 or not poll.poll(left * 1000):
                    raise WorkerTimeout
                chunk = os.read(descriptor, min(size - len(data), 1 << 20))
                if not chunk:
                    raise self._ended()
                data += chunk
            return bytes(data)

        return unpack(read)

    def _ended(self) -> WorkerEnded:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip()
        logger.warning("Worker %d ended with code %d: %s", self.pid, code, json.dumps(said[-500:]))
        return WorkerEnded(code)
