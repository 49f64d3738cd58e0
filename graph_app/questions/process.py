"""One worker process as the pool sees it: started, asked, waited for no longer than allowed, ended."""

import contextlib
import json
import logging
import math
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import graph_app
from graph_app.questions.frames import Header, pack, unpack
from graph_app.store.address import StoreAddress

__all__ = ["START_SECONDS", "OnSlow", "Worker", "WorkerEnded", "WorkerSettings", "WorkerTimeout"]

logger = logging.getLogger(__name__)

#: A worker starts in about a tenth of a second; much more than that means that it cannot start.
START_SECONDS = 30.0
#: Number of the clock that counts a process's processor time, in the way that Linux puts it together with the process.
_PROCESSOR_TIME = 2
#: A query takes long after so many times its patience, however little processor time it has had.
_LONGEST = 4
#: Seconds between looks at how much processor time a query has had, at least.
_LEAST_LOOK = 0.02
#: The last rank that a system without a class for idle time has.
_LEAST = 19
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

    :param address: where the store is; ``None`` as long as it is being made, when columns alone answer.
    :param seconds: how long a remote engine may take for one query.
    :param prefixes: prefixes that queries may use without declaring them.
    :param memory_limit: bytes of address space.
    :param columns: folder of the columns, or empty where there are none.
    :param statements: how many the graph has.
    """

    address: StoreAddress | None
    seconds: float
    prefixes: Mapping[str, str]
    memory_limit: int
    columns: str = ""
    statements: int = 0


class OnSlow(Protocol):
    """What is told that a query is slow."""

    def __call__(self, *, known: bool) -> bool:
        """Do what is to be done then.

        :param known: whether the query is known to be slow, or only takes long.
        :returns: whether that is settled; else it is told again.
        """


class Worker:
    """One process; used by one thread at a time.

    :param settings: what it is told when it starts.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        # The worker may be killed at any moment, so what it writes is removed by who kills it.
        self._scratch = tempfile.TemporaryDirectory(prefix="intgraph-worker-", ignore_cleanup_errors=True)
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
            self._scratch.cleanup()
            raise WorkerEnded(0, f"A worker cannot start: {error}.") from error
        self._ready = False
        self._stands_back = False
        self._remote = settings.address is not None and bool(settings.address.query)
        self.network = ""
        first: Header = {
            "address": asdict(settings.address) if settings.address is not None else None,
            "seconds": settings.seconds,
            "prefixes": dict(settings.prefixes),
            "memory_limit": settings.memory_limit,
            "columns": settings.columns,
            "statements": settings.statements,
            "scratch": self._scratch.name,
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

    def stand_back(self) -> None:
        """Give the process only the processor time that others leave, if it works itself. Any thread may do so."""
        if self._remote:
            return
        self._stands_back = True
        try:
            if sys.platform == "linux":
                self._schedule(os.SCHED_IDLE)
            else:
                os.setpriority(os.PRIO_PROCESS, self.pid, _LEAST)
        except (ProcessLookupError, FileNotFoundError):
            return  # it ended meanwhile, which whoever waits for its answer is told
        except OSError as error:
            logger.warning("Worker %d keeps its share of the processor: %s", self.pid, error)

    def come_forward(self) -> bool:
        """Give the process its full share of processor time back.

        :returns: whether it has it; many systems let no process but those of root come back from the last rank.
        """
        if not self._stands_back:
            return True
        try:
            if sys.platform == "linux":
                self._schedule(os.SCHED_OTHER)
            else:
                os.setpriority(os.PRIO_PROCESS, self.pid, 0)
        except OSError:
            return False
        self._stands_back = False
        return True

    def _schedule(self, policy: int) -> None:
        """Change the class of every thread; those that begin later take that of the first one."""
        os.sched_setscheduler(self.pid, policy, os.sched_param(0))
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setscheduler(int(thread.name), policy, os.sched_param(0))

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait for the worker's first message.

        :param seconds: longest wait.
        :raises WorkerEnded: if it could not start.
        :raises WorkerTimeout: if it does not start.
        """
        if self._ready:
            return
        try:
            header, _ = self._receive(time.monotonic() + seconds)
        except WorkerEnded as error:
            raise WorkerEnded(error.code, f"A worker cannot start: {error}. It may need more memory.") from error
        if header["status"] != "ready":
            raise WorkerEnded(self._process.wait(), str(header["message"]))
        self.network = str(header["network"])
        self._ready = True

    def ask(
        self,
        header: Header,
        body: bytes,
        seconds: float,
        patience: float = math.inf,
        on_slow: OnSlow | None = None,
    ) -> tuple[Header, bytes]:
        """Send one query and wait for its answer.

        :param header: the request for :mod:`graph_app.questions.worker`.
        :param body: the query.
        :param seconds: longest wait.
        :param patience: seconds of processor time after which the query is slow; on a busy machine a small query takes
            long too, so it is not known to be slow when it has had little.
        :param on_slow: told when the query is slow, or takes long. What it raises ends the wait.
        :returns: header and body of the reply.
        :raises WorkerTimeout: if it takes longer than that.
        :raises WorkerEnded: if the worker ends meanwhile.
        """
        self.wait_until_ready()
        started, used = time.monotonic(), self._used()
        settled = on_slow is None

        def look() -> float:
            nonlocal settled
            now = time.monotonic()
            missing = patience - (self._used() - used)
            late = now - started >= _LONGEST * patience
            if not settled and on_slow is not None and (late or missing <= 0):
                settled = on_slow(known=missing <= 0)
            return math.inf if settled else now + max(missing, _LEAST_LOOK)

        self._send(header, body)
        return self._receive(started + seconds, look)

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
        self._scratch.cleanup()

    def _send(self, header: Header, body: bytes = b"") -> None:
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        message = memoryview(pack(header, body))
        try:
            while message:
                message = message[self._process.stdin.write(message) or 0 :]
        except BrokenPipeError as error:
            raise self._ended() from error

    def _used(self) -> float:
        """Seconds that count: of processor time, or all where a remote engine works or the system does not tell."""
        if not self._remote:
            with contextlib.suppress(OSError):
                return time.clock_gettime((~self.pid << 3) | _PROCESSOR_TIME)
        return time.monotonic()

    def _receive(self, deadline: float, look: Callable[[], float] = lambda: math.inf) -> tuple[Header, bytes]:
        """Wait for a message, and until it comes ``look`` at the times that it names itself."""
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        descriptor = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)

        def wait() -> None:
            while not poll.poll(0):
                left = min(look(), deadline) - time.monotonic()
                if poll.poll(max(0.0, left) * 1000):
                    return
                if time.monotonic() >= deadline:
                    raise WorkerTimeout

        def read(size: int) -> bytes:
            data = bytearray()
            while len(data) < size:
                wait()
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
