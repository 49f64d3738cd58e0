"""A pool of worker processes on one release, each killed at its time limit and replaced at once.

One worker more than may be busy is kept ready, so that nobody waits for the replacement of a killed one.
"""

import json
import logging
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import graph_app
from graph_app.questions.frames import Header, pack, unpack

__all__ = ["NoFreeWorker", "Pool", "WorkerEnded", "WorkerSettings", "WorkerTimeout"]

logger = logging.getLogger(__name__)

#: A worker starts in about a tenth of a second; much more than that means that it cannot start.
_START_SECONDS = 30.0
_ROOT = Path(graph_app.__file__).parent.parent


class WorkerTimeout(Exception):
    """A worker did not answer in time; it was killed."""


class NoFreeWorker(Exception):
    """Every worker was busy for as long as the caller would wait."""


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


class _Worker:
    """One process; used by one thread at a time."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # The environment is left out on purpose: no credential of the server is within reach of a query. Few memory
        # arenas halve the address space that a worker needs to start.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "graph_app.questions.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            bufsize=0,
        )
        self._ready = False
        self.network = ""
        first: Header = {
            "store": str(settings.store.resolve()),
            "prefixes": dict(settings.prefixes),
            "memory_limit": settings.memory_limit,
        }
        self._send(first)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def pid(self) -> int:
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

        :raises WorkerTimeout: if it takes longer than that.
        :raises WorkerEnded: if the worker ends meanwhile.
        """
        self.wait_until_ready()
        deadline = time.monotonic() + seconds
        self._send(header, body)
        return self._receive(deadline)

    def end(self) -> None:
        """Kill the process and free what it holds; harmless when done twice."""
        self._process.kill()
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


class Pool:
    """Workers for one release; safe to use from many threads."""

    def __init__(self, settings: WorkerSettings, size: int) -> None:
        """Start the first worker.

        :param settings: what each worker is told.
        :param size: how many queries may run at once.
        """
        self._settings = settings
        self._size = size
        self._slots = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._closed = threading.Event()
        # Runs when the pool is forgotten and when the program ends, whichever comes first.
        self._finalizer = weakref.finalize(self, _end_all, self._all, self._closed, self._lock)
        self._keep_ready(1)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of all workers that live."""
        with self._lock:
            return tuple(sorted(worker.pid for worker in self._all if worker.alive))

    def network(self) -> str:
        """Say whether workers can reach a network: ``none``, or ``open`` and why."""
        worker = self._take()
        self._give_back(worker)
        return worker.network

    def run(self, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]:
        """Have one query answered.

        :param header: the request for :mod:`graph_app.questions.worker`.
        :param body: the query.
        :param seconds: time limit, for a free worker and again for the answer.
        :returns: header and body of the reply.
        :raises NoFreeWorker: if all are busy for that long.
        :raises WorkerTimeout: if the answer takes longer; the worker is gone then.
        :raises WorkerEnded: if the query ends its worker.
        """
        if not self._slots.acquire(timeout=seconds):
            raise NoFreeWorker
        try:
            worker = self._take()
            try:
                reply = worker.ask(header, body, seconds)
            except BaseException:
                # Whatever happened, what the worker would say next is no answer to the next question.
                self._drop(worker)
                self._keep_ready(1)
                raise
            self._give_back(worker)
            return reply
        finally:
            self._slots.release()

    def close(self) -> None:
        """End all workers; the pool cannot be used afterwards."""
        self._finalizer()

    def _take(self) -> _Worker:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                worker = self._start()
            elif not worker.alive:
                self._drop(worker)
                continue
            try:
                worker.wait_until_ready()
            except BaseException:
                self._drop(worker)
                raise
            self._keep_ready(1)
            return worker

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed.is_set():
                raise WorkerEnded(0, "The engine is closed.")
            worker = _Worker(self._settings)
            self._all.add(worker)
            return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            self._idle.append(worker)

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def _keep_ready(self, count: int) -> None:
        """Start workers without waiting for them, until so many are idle; one more than may be busy at most."""
        while not self._closed.is_set():
            with self._lock:
                if len(self._idle) >= count or len(self._all) > self._size:
                    return
            worker = self._start()
            self._give_back(worker)


def _end_all(workers: set[_Worker], closed: threading.Event, lock: threading.Lock) -> None:
    closed.set()
    with lock:
        ending = list(workers)
        workers.clear()
    for worker in ending:
        worker.end()
