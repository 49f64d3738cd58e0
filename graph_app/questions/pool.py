"""A pool of worker processes on one store, each killed at its time limit and replaced at once.

One worker more than may be busy is kept ready, so that nobody waits for the replacement of a killed one.
"""

import logging
import threading
import time
import weakref

from graph_app.questions.frames import Header
from graph_app.questions.lanes import PATIENCE, Lanes, SlowLaneFull, Turn
from graph_app.questions.process import START_SECONDS, Worker, WorkerEnded, WorkerSettings, WorkerTimeout

__all__ = ["Pool"]

logger = logging.getLogger(__name__)

_CLOSED = "The engine is closed. Ask again."


class Pool:
    """Workers for one store; safe to use from many threads."""

    def __init__(self, settings: WorkerSettings, size: int) -> None:
        """Start the first worker.

        :param settings: what each worker is told.
        :param size: how many queries may run at once in each lane.
        """
        self._settings = settings
        self._lanes = Lanes(size)
        self._most = 2 * size + 1
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

    def run(self, header: Header, body: bytes, seconds: float, client: str = "") -> tuple[Header, bytes]:
        """Have one query answered.

        :param header: the request for :mod:`graph_app.questions.worker`.
        :param body: the query.
        :param seconds: time limit; up to half of it may go by in waiting for a place.
        :param client: who asks; empty for the program itself.
        :returns: header and body of the reply.
        :raises LaneBusy: if there is no place for it.
        :raises SlowLaneFull: if it turned out to be slow when there was no place for slow ones; the worker is gone.
        :raises WorkerTimeout: if the answer takes longer; the worker is gone then.
        :raises WorkerEnded: if the query ends its worker, or the pool is closed.
        """
        arrived = time.monotonic()
        turn = self._lanes.enter(client, seconds / 2)
        waited = time.monotonic() - arrived
        try:
            return self._ask(turn, header, body, seconds - waited)
        except (WorkerTimeout, WorkerEnded, SlowLaneFull):
            self._lanes.stand_back(client, seconds)
            raise
        finally:
            self._lanes.leave(turn)

    def close(self) -> None:
        """End all workers, busy ones too; the pool cannot be used afterwards."""
        self._finalizer()

    def _ask(self, turn: Turn, header: Header, body: bytes, seconds: float) -> tuple[Header, bytes]:
        def slow_down(*, known: bool) -> bool:
            if not turn.slow:
                try:
                    self._lanes.slow_down(turn)
                except SlowLaneFull:
                    if known or self._lanes.awaited:
                        raise
                    return False
            # What only waits long is given a place among the slow, but not the last rank: it may need a moment only.
            if known and turn.client:  # what the program itself asks keeps its share of a busy machine
                worker.stand_back()
            return known

        ending = time.monotonic() + seconds
        worker = self._take_slow(seconds) if turn.slow else self._take()
        try:
            reply = worker.ask(header, body, ending - time.monotonic(), PATIENCE, slow_down)
        except BaseException as error:
            # Whatever happened, what the worker would say next is no answer to the next question.
            self._drop(worker)
            self._refuse_if_closed(error)
            self._keep_ready()
            raise
        head, _ = reply
        if not head.get("spent") and worker.come_forward():
            self._give_back(worker)
        else:
            self._drop(worker)
            self._keep_ready()
        return reply

    def _take(self) -> Worker:
        while True:
            with self._lock:
                idle = bool(self._idle)
                worker = self._idle.pop() if idle else self._start()
            if idle and not worker.alive:
                self._drop(worker)
                continue
            self._wait_until_ready(worker)
            self._keep_ready()
            return worker

    def _take_slow(self, seconds: float) -> Worker:
        """Take a new worker, so that the one that is kept ready stays for others.

        Its start and its first :data:`PATIENCE` have their full share: the last in line would not even start on a busy
        machine, and who has had a query stopped often asks a small one next.
        """
        with self._lock:
            worker = self._start()
        self._wait_until_ready(worker, seconds)
        return worker

    def _wait_until_ready(self, worker: Worker, seconds: float = START_SECONDS) -> None:
        try:
            worker.wait_until_ready(seconds)
        except BaseException as error:
            self._drop(worker)
            self._refuse_if_closed(error)
            raise

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
        # A process with much memory, last in line for the processor, takes seconds to end; nobody waits for that.
        worker.kill()
        threading.Thread(target=worker.end, name="ending worker", daemon=True).start()

    def _keep_ready(self) -> None:
        """Start a worker without waiting for it, unless one is idle; one more than may be busy at most."""
        with self._lock:
            if self._closed.is_set() or self._idle or len(self._all) >= self._most:
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
