"""A reverse proxy as small as can be: names the server behind it by another host, and says for whom it asks."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["relaying"]

_LONGEST_HEAD = 64_000


@contextmanager
def relaying(listener: socket.socket, host: str, port: int) -> Iterator[None]:
    """Pass on what comes to a socket while the block runs, each request on a connection of its own.

    :param listener: a socket that listens.
    :param host: address of the server behind.
    :param port: its port.
    """
    thread = threading.Thread(target=_accept, args=(listener, host, port), daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _accept(listener: socket.socket, host: str, port: int) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:  # closed
            return
        threading.Thread(target=_pass_on, args=(client, host, port), daemon=True).start()


def _pass_on(client: socket.socket, host: str, port: int) -> None:
    with client, contextlib.suppress(OSError):  # either side may leave at any time
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _LONGEST_HEAD:
            if not (more := client.recv(65_536)):
                return
            head += more
        with socket.create_connection((host, port)) as server:
            server.sendall(_rewritten(head, f"{host}:{port}"))
            back = threading.Thread(target=_pump, args=(server, client), daemon=True)
            back.start()
            _pump(client, server)
            back.join()


def _rewritten(head: bytes, host: str) -> bytes:
    lines, end, rest = head.partition(b"\r\n\r\n")
    lines = re.sub(rb"(?im)^host:.*?(?=\r|$)", f"Host: {host}".encode(), lines)
    if not re.search(rb"(?im)^upgrade:", lines):
        lines = re.sub(rb"(?im)^connection:.*?(?=\r|$)", b"Connection: close", lines)
    return lines + b"\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http" + end + rest


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
