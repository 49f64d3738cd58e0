"""The body of a remote engine's answer as a stream: counted, noticed when it is broken off, put right where needed."""

import io
import re
from http.client import HTTPException, HTTPResponse

from graph_app.store.remote_http import RemoteError, RemoteTimeout, broken_off, shown

__all__ = ["Body"]

#: What Virtuoso 7 writes in its XML otherwise than the standard does. Within a literal these signs would be escaped.
_BLANK_NODE = re.compile(rb"(<bnode>)nodeID://")
_BOOLEAN = re.compile(rb'(<literal datatype="http://www\.w3\.org/2001/XMLSchema#boolean">)([01])<')
_TRUTHS = {b"0": b"false", b"1": b"true"}


class Body(io.RawIOBase):
    """A body that is read as far as its reader wants, and no further than allowed.

    :param response: the response.
    :param address: address of the engine, for messages.
    :param most: most bytes to read, or ``None``.
    :param virtuoso: whether Virtuoso wrote it.
    """

    def __init__(
        self, response: HTTPResponse, address: str, most: int | None = None, *, virtuoso: bool = False
    ) -> None:
        self._response = response
        self._address = address
        self._most = most
        self._virtuoso = virtuoso
        self._rest = memoryview(b"")
        self.size = 0
        self.ended = False

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]  # what io calls it with
        """Read the next bytes.

        :param buffer: where they go.
        :returns: how many there were; 0 at the end.
        :raises RemoteTimeout: if the body is broken off, or the engine stays silent.
        :raises RemoteError: if there are more bytes than allowed.
        """
        if not self._rest:
            self._rest = memoryview(self._next(len(buffer)))
        piece = self._rest[: len(buffer)]
        buffer[: len(piece)] = piece
        self._rest = self._rest[len(piece) :]
        return len(piece)

    def _next(self, size: int) -> bytes:
        try:
            data = self._response.readline() if self._virtuoso else self._response.read(size)
        except (HTTPException, ConnectionError) as error:
            raise broken_off(self._address) from error
        except TimeoutError as error:
            raise RemoteTimeout(f"The engine at {shown(self._address)} fell silent within its answer.") from error
        if not data:
            self.ended = True
            if self._response.length:  # an end before the announced length is no error to http.client
                raise broken_off(self._address)
        self.size += len(data)
        if self._most is not None and self.size > self._most:
            raise RemoteError(
                f"The engine at {shown(self._address)} answers with more than {self._most:,} bytes for few rows."
            )
        return _BOOLEAN.sub(_truth, _BLANK_NODE.sub(rb"\1", data)) if self._virtuoso else data


def _truth(match: re.Match[bytes]) -> bytes:
    return match[1] + _TRUTHS[match[2]] + b"<"
