"""The process that evaluates queries: one store, read-only, limited memory, no network where the system allows it.

Run as ``python -m graph_app.questions.worker``; the pool starts it, sends the first message (where the store is), then
one query after another. It ends when its input closes, even in the middle of a query. It imports nothing heavy.
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
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph_app.questions.frames import Header, pack, unpack
from graph_app.questions.position import find_fault
from graph_app.store.address import StoreAddress, open_address
from graph_app.store.media import NoSuchForm
from graph_app.store.oxigraph import OxigraphStore, StoreError

if TYPE_CHECKING:
    from graph_app.store.remote import RemoteStore

__all__ = ["main"]

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
#: The pool kills at the limit. Should the pool itself be gone, the kernel ends the worker this much later.
_GRACE_SECONDS = 2.0
#: What to call an error, the first that fits; a time-out is that of a remote engine's own limit.
_FAULTS = ((NoSuchForm, "form"), (TimeoutError, "timeout"), (StoreError, "store"))


def main() -> None:
    """Open the store that the first message names, then answer messages until there are no more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    settings, _ = unpack(_reader(source))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = settings["address"]
    assert isinstance(given, dict)  # noqa: S101 - the pool wrote it
    address = StoreAddress(**given)
    # Namespaces of users can be left only while the process has one thread, so this comes before the store opens.
    network = "open: the store is remote" if address.query else _leave_network()
    _limit_memory(int(str(settings["memory_limit"])))
    _volunteer_when_memory_is_short()
    try:
        store = open_address(address, float(str(settings["seconds"])))
    except StoreError as error:
        _send(target, pack({"status": "broken", "message": str(error)}))
        return
    prefixes = settings["prefixes"]
    assert isinstance(prefixes, dict)  # noqa: S101 - the pool wrote it
    _send(target, pack({"status": "ready", "network": network}))
    messages = _listen(source)
    while True:
        request, body = messages.get()
        signal.setitimer(signal.ITIMER_REAL, float(str(request["seconds"])) + _GRACE_SECONDS)
        header, result = _answer(store, request, body.decode(), prefixes)
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            message = pack(header, result)
        except MemoryError:
            message = pack({"status": "memory"})
        _send(target, message)


def _answer(
    store: "OxigraphStore | RemoteStore", request: Header, text: str, prefixes: dict[str, str]
) -> tuple[Header, bytes]:
    started = time.perf_counter()
    try:
        answer = store.evaluate(
            text,
            prefixes=prefixes,
            row_limit=int(str(request["row_limit"])),
            byte_limit=int(str(request["byte_limit"])),
            default_graphs=_list(request["default_graphs"]),
            named_graphs=_list(request["named_graphs"]),
            media=str(request["media"]),
        )
    except SyntaxError as error:
        line, column = find_fault(text) or (0, 0)
        return {"status": "syntax", "message": str(error.msg), "line": line, "column": column}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (NoSuchForm, StoreError, RuntimeError, OSError, ValueError) as error:
        status = next((name for kind, name in _FAULTS if isinstance(error, kind)), "failed")
        return {"status": status, "message": str(error)}, b""
    seconds = time.perf_counter() - started
    head: Header = {"status": answer.kind, "limit": answer.limit, "count": answer.count, "seconds": seconds}
    return head, answer.body


def _list(given: object) -> list[str] | None:
    return given if isinstance(given, list) else None


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
