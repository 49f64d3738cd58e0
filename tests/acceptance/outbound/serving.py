"""Start the app as its own process, and end it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

__all__ = ["Server", "serving"]


@dataclass(frozen=True, slots=True)
class Server:
    """A running app.

    :param host: its address.
    :param port: its port.
    :param pid: id of its process.
    """

    host: str
    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where a browser finds it, with a slash at its end."""
        return f"http://{self.host}:{self.port}/"


@contextmanager
def serving(environment: dict[str, str], folder: Path, *before: str) -> Iterator[Server]:
    """Serve while the block runs.

    :param environment: settings of the app.
    :param folder: where it runs and its log is kept.
    :param before: a command that runs the program which its arguments name, or nothing.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "from graph_app.cli import main; main()"
    command = [*before, sys.executable, "-c", program, "app", "--port", str(port)]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        server = Server("127.0.0.1", port, process.pid)
        if not _answers(server, process):
            pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')}")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(server: Server, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(240):
        if process.poll() is not None:
            return False
        try:
            with urlopen(server.address + "health", timeout=5):  # noqa: S310 - our own server
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.25)
    return False
