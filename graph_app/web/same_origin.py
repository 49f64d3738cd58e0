"""Requests that may change something come from our own pages alone, whatever else is open in a reader's browser."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["SameOrigin"]

_POLICY_VIOLATION = 1008
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Addresses below which pages sign in and out, by following a link.
_SIGNING = "/auth/"
#: Addresses below which pages send what people do and upload.
_PAGES = "/_stcore/"
_OWN_SITE = frozenset({"", "none", "same-origin"})


class SameOrigin:
    """ASGI middleware that refuses what a page of somebody else sends in a reader's name.

    Left to itself, Streamlit lets pages of every port of this machine talk to it, and asks a foreign host for its
    own address when a page from elsewhere tries. ``/sparql``, ``/id`` and ``/data``, which change nothing, stay open.

    :param app: the application around which it stands.
    :param origin: origin of the pages as browsers reach them through a proxy, such as ``https://graph.example``; empty
        where the host of each request tells it.
    """

    def __init__(self, app: ASGIApp, origin: str = "") -> None:
        self._app = app
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"} or self._is_own(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await PlainTextResponse("This was asked by a page of somebody else.", 403)(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if scope["type"] == "http":
            if scope["path"].startswith(_SIGNING):
                return headers.get("sec-fetch-site", "") in _OWN_SITE
            if scope["method"] in _SAFE or not scope["path"].startswith(_PAGES):
                return True
        origin = headers.get("origin")
        # Programs send none, and carry nobody's cookies; browsers always do.
        return origin is None or origin == self._origin or origin.partition("://")[2] == headers.get("host")
