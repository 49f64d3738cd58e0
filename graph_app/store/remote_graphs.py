"""Replace and read whole graphs of a remote engine: by its graph store protocol, or by updates where it has none."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import IO
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

from graph_app.store.remote import RemoteUpdates
from graph_app.store.remote_http import AGENT, Connection, RemoteMissing, broken_off

__all__ = ["GraphStore", "GraphUpdates", "RemoteGraphs"]

#: Bytes of N-Triples sent at once: an engine that asks for a password gets the first piece twice.
_PIECE = 4 * 2**20
#: Lines of one INSERT DATA; Virtuoso refuses more than 10,000 lines of code, and fewer if they are long.
_LINES = 1000
_NTRIPLES = "application/n-triples"


class RemoteGraphs(ABC):
    """The graphs of a remote engine, to be replaced as a whole. A graph without IRI is the default graph."""

    @abstractmethod
    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """Replace what a graph holds. Readers may see a part of it meanwhile.

        :param graph: its IRI, or empty for the default graph.
        :param lines: lines of N-Triples without blank nodes; none to leave no graph.
        :raises RemoteError: if the engine does not do it.
        """


class GraphStore(RemoteGraphs):
    """Graphs by the SPARQL 1.1 Graph Store Protocol.

    :param address: the address that takes ``?graph=`` and ``?default``.
    :param user: name to sign in with, or empty.
    :param password: password to sign in with.
    :param seconds: how long the engine may take for one piece.
    """

    def __init__(self, address: str, user: str, password: str, seconds: float) -> None:
        self._connection = Connection(address, user, password, seconds)

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """Replace what a graph holds: PUT the first piece, POST the others."""
        method = "PUT"
        for piece in _pieces(lines, _PIECE):
            self._send(method, graph, piece)
            method = "POST"
        if method == "PUT":
            with suppress(RemoteMissing):
                self._send("DELETE", graph, None)

    @contextmanager
    def lines(self, graph: str) -> Iterator[IO[bytes]]:
        """Read a graph.

        :param graph: its IRI, or empty for the default graph.
        :returns: a context that gives its N-Triples, to be read line by line.
        :raises RemoteError: if the engine does not give it.
        """
        request = Request(self._target(graph), headers={"Accept": _NTRIPLES, "User-Agent": AGENT})  # noqa: S310 - http
        try:
            with self._connection.open(request) as response:
                yield response
                if response.length:
                    raise broken_off(self._connection.address)
        except (HTTPException, ConnectionError) as error:
            raise broken_off(self._connection.address) from error

    def _send(self, method: str, graph: str, body: bytes | None) -> None:
        headers = {"User-Agent": AGENT} | ({} if body is None else {"Content-Type": _NTRIPLES})
        request = Request(self._target(graph), data=body, headers=headers, method=method)  # noqa: S310 - http
        with self._connection.open(request) as response:
            response.read()

    def _target(self, graph: str) -> str:
        address = self._connection.address
        sign = "&" if urlsplit(address).query else "?"
        return f"{address}{sign}{urlencode({'graph': graph}) if graph else 'default'}"


class GraphUpdates(RemoteGraphs):
    """Graphs by SPARQL updates, for engines without the graph store protocol.

    :param updates: the address that takes updates.
    """

    def __init__(self, updates: RemoteUpdates) -> None:
        self._updates = updates

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """Replace what a graph holds: drop it, and insert its lines some at a time."""
        self._updates.run(f"DROP SILENT GRAPH <{graph}>" if graph else "DROP SILENT DEFAULT")
        for piece in _pieces(lines, _PIECE, _LINES):
            data = f"{{\n{piece.decode()}}}"
            self._updates.run(f"INSERT DATA {{ GRAPH <{graph}> {data} }}" if graph else f"INSERT DATA {data}")


def _pieces(lines: Iterable[str], size: int, count: int | None = None) -> Iterator[bytes]:
    piece: list[bytes] = []
    length = 0
    for line in lines:
        data = line.encode()
        if piece and (length + len(data) > size or (count is not None and len(piece) >= count)):
            yield b"".join(piece)
            piece, length = [], 0
        piece.append(data)
        length += len(data)
    if piece:
        yield b"".join(piece)
