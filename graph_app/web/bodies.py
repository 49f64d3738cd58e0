"""Read the body of a request no further than its limits of size and time."""

import asyncio
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from graph_app.web.refusals import Refused

__all__ = ["BODY_LIMIT", "parameters", "read_body"]

#: Most bytes of a request's body. A query may have a quarter of it; the rest leaves room for its percent-encoding.
BODY_LIMIT = 256 * 1024
#: Most seconds that a body may take to arrive; whoever sends a byte a second holds nothing for longer.
_SECONDS = 20
_MOST_PARAMETERS = 1_000


async def read_body(request: Request, *, limit: int = BODY_LIMIT, seconds: float = _SECONDS) -> bytes:
    """Read a body.

    :param request: the request.
    :param limit: most bytes.
    :param seconds: longest wait for all of it.
    :returns: the body.
    :raises Refused: with 413 or 408, if it is larger or slower.
    """
    # What is left of the body is not read; the connection cannot be used again.
    closing = {"Connection": "close"}
    large = Refused(413, "too-large", f"The body has more than {limit:,} bytes, the most that is read.", closing)
    if (length := request.headers.get("content-length", "0")).isdecimal() and int(length[:20]) > limit:
        raise large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise large
    except TimeoutError as error:
        raise Refused(408, "too-slow", f"The body did not arrive within {seconds:g} seconds.", closing) from error
    except ClientDisconnect as error:
        raise Refused(400, "incomplete", "The body ended before its end.") from error
    return bytes(body)


def parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Read parameters of a query string or a form, strictly.

    :param encoded: percent-encoded pairs, as ``application/x-www-form-urlencoded`` has them.
    :returns: name and value of each, in order.
    :raises Refused: with 400, if a byte is no UTF-8, or there are too many.
    """
    pieces = [piece for piece in encoded.split(b"&") if piece]
    if len(pieces) > _MOST_PARAMETERS:
        raise Refused(400, "bad-request", f"The request has more than {_MOST_PARAMETERS:,} parameters.")
    return [(_decoded(name), _decoded(value)) for name, _, value in (piece.partition(b"=") for piece in pieces)]


def _decoded(text: bytes) -> str:
    try:
        return unquote_to_bytes(text.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "bad-encoding", "A parameter of the request is not UTF-8. Encode it as UTF-8.") from error
