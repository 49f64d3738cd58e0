"""One address of the server: its methods, its limits, its faults as JSON, and readable from any other site."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from graph_app.web.rate import RateLimit
from graph_app.web.refusals import Refused, answer_to

__all__ = ["Handler", "resource"]

Handler = Callable[[Request], Awaitable[Response]]

#: Everybody may read, from any page, but never as somebody: no answer depends on who is signed in.
_CORS: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": (
            "ETag, Link, Retry-After, Allow, Integration-Graph-Release, Integration-Graph-Truncated, "
            "Integration-Graph-Notice, Integration-Graph-Engine, Integration-Graph-Reason, Integration-Graph-SHA256"
        ),
    }
)
_PREFLIGHT_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match, If-Range, Range"
_ONE_DAY = "86400"
_SMALL = 1_000
#: Beyond this level of compression answers get hardly smaller, and take several times as long.
_LEVEL = 5


def resource(
    path: str,
    handler: Handler,
    *,
    methods: tuple[str, ...] = ("GET", "HEAD"),
    rate: RateLimit | None = None,
    compressed: bool = True,
) -> Route:
    """Make a route of a handler.

    :param path: path of the route, as Starlette writes it.
    :param handler: what answers; it raises errors that are made for people.
    :param methods: methods that it knows.
    :param rate: limit on requests of one client, or none.
    :param compressed: whether the answer is compressed where the client takes that.
    :returns: the route.
    """
    middleware = [Middleware(GZipMiddleware, minimum_size=_SMALL, compresslevel=_LEVEL)] if compressed else []
    return Route(path, _Resource(handler, methods, rate), middleware=middleware)


class _Resource:
    def __init__(self, handler: Handler, methods: tuple[str, ...], rate: RateLimit | None) -> None:
        self._handler = handler
        self._methods = methods
        self._rate = rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Exception as error:  # noqa: BLE001 - told to the client by its kind, to the log where it is unforeseen
            response = answer_to(error)
        response.headers.update(_CORS)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        allowed = ", ".join((*self._methods, "OPTIONS"))
        if request.method == "OPTIONS":
            headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed}
            headers |= {"Access-Control-Allow-Headers": _PREFLIGHT_HEADERS, "Access-Control-Max-Age": _ONE_DAY}
            return Response(status_code=204, headers=headers)
        if request.method not in self._methods:
            message = f"{request.method} is not allowed here. There are: {allowed}."
            raise Refused(405, "method-not-allowed", message, {"Allow": allowed})
        if self._rate is not None:
            self._rate.count(request)
        return await self._handler(request)
