"""Messages between the engine and a worker: a JSON header and a body, each after its length."""

import json
import struct
from collections.abc import Callable

__all__ = ["Header", "pack", "unpack"]

Header = dict[str, str | int | float | list[str] | dict[str, str] | None]

_LENGTHS = struct.Struct(">IQ")


def pack(header: Header, body: bytes = b"") -> bytes:
    """Write one message.

    :param header: what the message says.
    :param body: its payload.
    :returns: the bytes to send.
    """
    head = json.dumps(header).encode()
    return _LENGTHS.pack(len(head), len(body)) + head + body


def unpack(read: Callable[[int], bytes]) -> tuple[Header, bytes]:
    """Read one message.

    :param read: gives exactly as many bytes as it is asked for, or raises :class:`EOFError`.
    :returns: header and body.
    :raises EOFError: if the other side has ended.
    """
    head, body = _LENGTHS.unpack(read(_LENGTHS.size))
    header: Header = json.loads(read(head))
    return header, read(body)
