"""A pool of worker processes on one release, each killed at its time limit and replaced at once.

One worker more than may be busy is kept ready, so that nobody waits for the replacement of a killed one.
"""

import logging
import threading
import weakref

from graph_app.questions.frames import Header
from graph_app.questions.process import Worker, WorkerEnded, WorkerSettings

__all__ = ["NoFreeWorker", "Pool"]

logger = logging.getLogger(__name__)

_CLOSED = "The engine is closed. Ask again."


class NoFreeWorker(Exception):
    """Every worker was busy for as long as the caller would wait."""


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
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._closed = threading.Event()
        # Runs when the pool is forgotten and when the program ends, whichever comes first.
        self._finalizer = weakref.finalize(self, _end_all, self._all, self._idle, self._closed, self._lock)
        self._keep_ready()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of all workers that live."""
        with self._lock:
            return tuple(sorted(worker.pid for worker in self._all if worker.alive))

    def run(self, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]:
        """Have one query answered.

        :param header: the request for :mod:`graph_app.questions.worker`.
        :param body: the query.
        :param seconds: time limit, for a free worker and again for the answer.
        :returns: header and body of the reply.
        :raises NoFreeWorker: if all are busy for that long.
        :raises WorkerTimeout: if the answer takes longer; the worker is gone then.
        :raises WorkerEnded: if the query ends its worker, or the pool is closed.
        """
        if not self._slots.acquire(timeout=seconds):
            raise NoFreeWorker
        try:
            worker = self._take()
            try:
                reply = worker.ask(header, body, seconds)
            except BaseException as error:
                # Whatever happened, what the worker would say next is no answer to the next question.
                self._drop(worker)
                self._refuse_if_closed(error)
                self._keep_ready()
                raise
            self._give_back(worker)
            return reply
        finally:
            self._slots.release()

    def close(self) -> None:
        """End all workers, busy ones too; the pool cannot be used afterwards."""
        self._finalizer()

    def _take(self) -> Worker:
        while True:
            with self._lock:
                idle = bool(self._idle)
                worker = self._idle.pop() if idle else self._start()
            if idle and not worker.alive:
                self._drop(worker)
                continue
            try:
                worker.wait_until_ready()
            except BaseException as error:
                self._drop(worker)
                self._refuse_if_closed(error)
                raise
            self._keep_ready()
            return worker

    def _start(self) -> Worker:
        """Start a worker; whoever calls this holds the lock."""
        self._refuse_if_closed()
        worker = Worker(self._settings)
        self._all.add(worker)
        return worker

    def _refuse_if_closed(self, cause: BaseException | None = None) -> None:
        if self._closed.is_set():
            raise WorkerEnded(0, _CLOSED) from cause

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if not self._closed.is_set():
                self._idle.append(worker)
                return
        worker.end()

    def _drop(self, worker: Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def _keep_ready(self) -> None:
        """Start a worker without waiting for it, unless one is idle; one more than may be busy at most."""
        with self._lock:
            if self._closed.is_set() or self._idle or len(self._all) > self._size:
                return
            try:
                self._idle.append(self._start())
            except WorkerEnded as error:  # nobody needs it yet; who does is told why there is none
                logger.warning("No spare worker: %s", error)


def _end_all(workers: set[Worker], idle: list[Worker], closed: threading.Event, lock: threading.Lock) -> None:
    closed.set()
    with lock:
        resting, busy = list(idle), workers.difference(idle)
        idle.clear()
        workers.clear()
    for worker in busy:
        worker.kill()  # the thread that asked it frees what it holds
    for worker in resting:
        worker.end()
