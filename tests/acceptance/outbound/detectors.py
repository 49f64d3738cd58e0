"""A listener that notes every connection, and files that tell who opens them."""

import ctypes
import os
import socketserver
import struct
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["HIDDEN", "Listener", "Traps"]

#: What every trapped file holds, and no answer may.
HIDDEN = "the-text-that-nobody-may-read"
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n"
    b"Content-Length: 0\r\n\r\n"
)
_PATIENCE = 5.0


class Listener:
    """A server on this machine that notes each connection, whether or not anything is asked on it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        noted = self.heard

        class _Handler(socketserver.StreamRequestHandler):
            timeout = _PATIENCE

            def handle(self) -> None:
                place = len(noted)
                noted.append("a connection without request")
                try:
                    noted[place] = self.rfile.readline(4096).decode("latin-1").strip() or noted[place]
                    self.wfile.write(_ANSWER)
                except OSError:
                    return  # it was noted, and nobody waits for an answer any more

        class _Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 64

        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.address = f"http://{self.host}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


_IN_ACCESS, _IN_MODIFY, _IN_OPEN = 0x1, 0x2, 0x20
_IN_MOVED_FROM, _IN_MOVED_TO, _IN_CREATE, _IN_DELETE = 0x40, 0x80, 0x100, 0x200
_WATCHED = _IN_ACCESS | _IN_MODIFY | _IN_OPEN | _IN_MOVED_FROM | _IN_MOVED_TO | _IN_CREATE | _IN_DELETE
_EVENT = struct.Struct("iIII")


@dataclass
class Traps:
    """A folder in which every opening, making and changing of a file is noted, and a pipe beside it.

    :param folder: the folder, to be made; the pipe is made beside it.
    """

    folder: Path
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        for suffix in ("txt", "csv", "yaml", "xml", "ttl", "nq", "rq", "xlsx", "png", "html"):
            (self.folder / f"secret.{suffix}").write_text(f"{HIDDEN}\n", encoding="utf-8")
        # Whoever opens a pipe waits for its other end, which sees it; the kernel notes nothing before.
        self.pipe = self.folder.with_name("pipe.csv")
        os.mkfifo(self.pipe)
        self._library = ctypes.CDLL(None, use_errno=True)
        self._notes = self._library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._notes < 0 or self._library.inotify_add_watch(self._notes, bytes(self.folder), _WATCHED) < 0:
            raise OSError(ctypes.get_errno(), "The folder cannot be watched")

    def look(self) -> list[str]:
        """Return what was opened, made or changed so far."""
        try:
            while notes := os.read(self._notes, 1 << 16):
                while notes:
                    _, mask, _, length = _EVENT.unpack_from(notes)
                    name = notes[_EVENT.size : _EVENT.size + length].rstrip(b"\0").decode()
                    self.opened.append(f"{name or self.folder.name} ({mask & _WATCHED:#x})")
                    notes = notes[_EVENT.size + length :]
        except BlockingIOError:
            pass  # no more notes
        try:
            os.close(os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK))
            self.opened.append(self.pipe.name)
        except OSError:
            pass  # nobody has the other end open
        return self.opened

    def close(self) -> None:
        """End the watch."""
        os.close(self._notes)
