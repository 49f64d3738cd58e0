import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from graph_app.web.bodies import parameters, read_body
from graph_app.web.refusals import Refused
from tests.loops import in_own_thread


def sent(*pieces: bytes, pause: float = 0.0, **headers: str) -> Request:
    waiting = list(pieces)

    async def receive() -> Message:
        await asyncio.sleep(pause)
        if not waiting:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw}, receive)


def test_a_body_is_read_whole() -> None:
    assert in_own_thread(read_body(sent(b"ab", b"c"), limit=3)) == b"abc"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (sent(b"abc", b"d"), 413),
        (sent(content_length="4"), 413),
        (sent(content_length="9" * 5000), 413),
        (sent(b"a", b"b", b"c", pause=0.05), 408),
        (sent(), 400),
    ],
)
def test_a_body_that_is_too_large_too_slow_or_incomplete_is_refused(request_: Request, status: int) -> None:
    with pytest.raises(Refused) as refused:
        in_own_thread(read_body(request_, limit=3, seconds=0.1))
    assert refused.value.status == status


def test_parameters_keep_their_order_and_blanks() -> None:
    assert parameters(b"a=1&b=%C5%99+x&a=&c&&a=%3D") == [("a", "1"), ("b", "ř x"), ("a", ""), ("c", ""), ("a", "=")]


@pytest.mark.parametrize("encoded", [b"a=%FF", b"\xff=1", b"&a=1" * 1001])
def test_parameters_are_read_strictly(encoded: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parameters(encoded)
    assert refused.value.status == 400
