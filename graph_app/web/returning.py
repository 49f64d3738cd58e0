"""Whoever signs in or out comes back to the page on which they were."""

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Returning"]

_COOKIE = "intgraph_return"
_LEAVING = frozenset({"/auth/login", "/auth/logout"})
_COMING = "/oauth2callback"
_HOME = "/"
#: Time enough to find a password.
_SECONDS = 900
_LONGEST = 2_000


class Returning:
    """ASGI middleware that remembers the page while its reader is at the identity provider.

    The page is told by the browser (``Referer``) and kept in a cookie of its own; only paths of our own are followed.
    Where the deployment is reached by https, every cookie is kept to it.

    :param app: the application around which it stands.
    :param origin: origin of the pages as browsers reach them, such as ``https://graph.example``.
    """

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self._app = app
        self._origin = origin
        self._secure = "; Secure" if origin.startswith("https:") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; change where its answer leads to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = self._page(scope)

        async def send_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if page:
                    self._lead(headers, page)
                _keep_to_https(message, self._secure)
            await send(message)

        await self._app(scope, receive, send_back)

    def _page(self, scope: Scope) -> str:
        """Return the page that a request for signing in or out came from, or to which it comes back."""
        headers = Headers(scope=scope)
        if scope["path"] in _LEAVING:
            came = urlsplit(headers.get("referer", ""))
            own = f"{came.scheme}://{came.netloc}" == self._origin
            return _local(f"{came.path}?{came.query}" if came.query else came.path) if own else ""
        if scope["path"] == _COMING:
            return _local(unquote(cookie_parser(headers.get("cookie", "")).get(_COOKIE, "")))
        return ""

    @staticmethod
    def _lead(headers: MutableHeaders, page: str) -> None:
        there = headers.get("location")
        if there == _HOME:
            headers["location"] = page
            headers.append("set-cookie", f"{_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
        elif there:
            kept = f"{_COOKIE}={quote(page, safe='')}; Path=/; HttpOnly; SameSite=Lax; Max-Age={_SECONDS}"
            headers.append("set-cookie", kept)


def _local(page: str) -> str:
    """Return a path if it surely leads to a page of our own, else nothing."""
    plain = page.isascii() and page.isprintable() and " " not in page and "\\" not in page
    own = page.startswith("/") and not page.startswith(("//", *_LEAVING, _COMING))
    return page if plain and own and len(page) <= _LONGEST else ""


def _keep_to_https(message: Message, secure: str) -> None:
    message["headers"] = [
        (name, value + secure.encode() if name.lower() == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in message["headers"]
    ]
