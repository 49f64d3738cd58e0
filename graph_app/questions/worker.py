"""The process that evaluates queries: one release, read-only, limited memory, no network where the system allows it.

Run as ``python -m graph_app.questions.worker``; the pool starts it, sends the first message (where the store is), then
one query after another. It ends when its input closes, even in the middle of a query. It imports nothing heavy before
it must.
"""

import contextlib
import ctypes
import os
import queue
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from graph_app.questions.asked import Asked
from graph_app.questions.engines import Engines, NoStoreYet, NotByColumns
from graph_app.questions.frames import Header, pack, unpack
from graph_app.questions.late_columns import LateColumns
from graph_app.questions.position import find_fault
from graph_app.questions.router import LARGE, Scene
from graph_app.store.address import StoreAddress, open_address
from graph_app.store.media import NoSuchForm
from graph_app.store.oxigraph import StoreError

__all__ = ["main"]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
#: The pool kills at the limit. Should the pool itself be gone, the kernel ends the worker this much later.
_GRACE_SECONDS = 2.0
#: After so long without a question the columns are opened, which takes a second: look-ups do not wait for that.
_IDLE_SECONDS = 0.5
#: What to call an error, the first that fits; a time-out is that of a remote engine's own limit.
_FAULTS = ((NoSuchForm, "form"), (TimeoutError, "timeout"), (StoreError, "store"))


def main() -> None:
    """Open the store that the first message names, then answer messages until there are no more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    settings, _ = unpack(_reader(source))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = settings["address"]
    address = StoreAddress(**given) if isinstance(given, dict) else None
    remote = address is not None and bool(address.query)
    # Namespaces of users can be left only while the process has one thread, so this comes before the store opens.
    network = "open: the store is remote" if remote else _leave_network()
    _limit_memory(int(str(settings["memory_limit"])))
    _volunteer_when_memory_is_short()
    try:
        store = open_address(address, float(str(settings["seconds"]))) if address is not None else None
    except StoreError as error:
        _send(target, pack({"status": "broken", "message": str(error)}))
        return
    prefixes = settings["prefixes"]
    assert isinstance(prefixes, dict)  # noqa: S101 - the pool wrote it
    folder, statements = str(settings["columns"]), int(str(settings["statements"]))
    scene = Scene(statements, columns=bool(folder), remote=remote, store=store is not None)
    scratch = Path(str(settings["scratch"]))
    columns = LateColumns(Path(folder), int(str(settings["memory_limit"])), prefixes, scratch)
    engines = Engines(scene, store, columns, prefixes)
    if scene.columns and not scene.store:
        columns.warm_up()  # nobody else answers, so every question would wait for them
    _send(target, pack({"status": "ready", "network": network}))
    messages = _listen(source)
    cold = scene.columns and scene.store and statements >= LARGE
    while True:
        try:
            request, body = messages.get(timeout=_IDLE_SECONDS if cold else None)
        except queue.Empty:
            cold = False
            threading.Thread(target=columns.warm_up, daemon=True).start()
            continue
        signal.setitimer(signal.ITIMER_REAL, float(str(request["seconds"])) + _GRACE_SECONDS)
        header, result = _answer(engines, Asked.read(request, body))
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            message = pack(header, result)
        except MemoryError:
            message = pack({"status": "memory"})
        _send(target, message)


def _answer(engines: Engines, asked: Asked) -> tuple[Header, bytes]:
    started = time.perf_counter()
    try:
        found = engines.answer(asked)
    except SyntaxError as error:
        line, column = find_fault(asked.text) or (0, 0)
        return {"status": "syntax", "message": str(error.msg), "line": line, "column": column}, b""
    except MemoryError:
        return {"status": "memory", "spent": True}, b""
    except NotByColumns as error:
        return {"status": "declined", "message": str(error)}, b""
    except NoStoreYet as error:
        return {"status": "in-making", "message": str(error)}, b""
    except (NoSuchForm, StoreError, RuntimeError, OSError, ValueError) as error:
        status = next((name for kind, name in _FAULTS if isinstance(error, kind)), "failed")
        return {"status": status, "message": str(error), "spent": engines.busy}, b""
    answer = found.answer
    head: Header = {
        "status": answer.kind,
        "limit": answer.limit,
        "count": answer.count,
        "seconds": time.perf_counter() - started,
        "engine": found.choice.engine,
        "reason": found.choice.reason,
        "known": asdict(found.known) if found.known is not None else None,
        "alike": found.alike,
        "spent": engines.busy,
    }
    return head, answer.body


def _listen(source: BinaryIO) -> "queue.SimpleQueue[tuple[Header, bytes]]":
    """Read messages beside the running query, so that a closed input is noticed at once."""
    messages: queue.SimpleQueue[tuple[Header, bytes]] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                messages.put(unpack(_reader(source)))
        except EOFError:
            os._exit(0)  # a query cannot be interrupted in any gentler way

    threading.Thread(target=listen, daemon=True).start()
    return messages


def _reader(source: BinaryIO) -> Callable[[int], bytes]:
    def read(size: int) -> bytes:
        data = source.read(size)
        if len(data) < size:
            raise EOFError
        return data

    return read


def _send(target: BinaryIO, message: bytes) -> None:
    target.write(message)
    target.flush()


def _limit_memory(size: int) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def _volunteer_when_memory_is_short() -> None:
    """Let the kernel end this process, and not the server, where the machine itself runs out of memory."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _leave_network() -> str:
    """Move into an empty network, where the system allows it.

    :returns: ``none``, or why there still is a network.
    """
    if not sys.platform.startswith("linux"):
        return f"open: {sys.platform} has no network namespaces"
    library = ctypes.CDLL(None, use_errno=True)
    for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET):
        if library.unshare(flags) == 0:
            return "none"
    return f"open: {os.strerror(ctypes.get_errno())}"


if __name__ == "__main__":
    main()
