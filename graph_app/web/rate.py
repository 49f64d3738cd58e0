"""How many requests a minute one client may send, and how many of them may wait at once."""

import asyncio
import ipaddress
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from graph_app.web.refusals import Refused

__all__ = ["RateLimit", "Turnstile", "client_of"]

#: Clients whose requests are remembered; beyond that all are forgotten, rather than memory filled.
_MOST_CLIENTS = 5_000
_IPV6_HOUSEHOLD = 64


def client_of(request: Request) -> str:
    """Return who sends a request, as far as limits are concerned.

    :param request: the request; behind a reverse proxy the server has put the forwarded address into its scope.
    :returns: the address; of IPv6 the network that one household has, within which addresses are changed at will.
    """
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host or "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, _IPV6_HOUSEHOLD), strict=False))
    return str(address)


class RateLimit:
    """Counts the requests of each client within the last minute.

    :param requests: how many it may send.
    """

    def __init__(self, requests: int) -> None:
        self._item = RateLimitItemPerMinute(requests)
        self._forget()

    def count(self, request: Request) -> None:
        """Count one request.

        :param request: the request.
        :raises Refused: with 429, if it is one too many.
        """
        if len(self._storage.events) > _MOST_CLIENTS:
            self._forget()
        client = client_of(request)
        if self._limiter.hit(self._item, client):
            return
        wait = max(1, math.ceil(self._limiter.get_window_stats(self._item, client).reset_time - time.time()))
        message = f"This address sent more than {self._item.amount:,} requests within a minute. Wait {wait} seconds."
        raise Refused(429, "too-many-requests", message, {"Retry-After": str(wait)})

    def _forget(self) -> None:
        # A storage that is emptied while it tidies itself up fails; a new one does not.
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)


class Turnstile:
    """Lets few queries of one client through at once, so that those of others find threads to wait in.

    :param inside: how many of one client may be answered at once.
    :param waiting: how many more of it may wait.
    """

    def __init__(self, inside: int = 6, waiting: int = 60) -> None:
        self._inside = inside
        self._most = inside + waiting
        self._clients: dict[str, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def enter(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn, and hold it.

        :param client: who asks.
        :raises Refused: with 429, if too many requests of the client wait already.
        """
        gate, present = self._clients.get(client) or (asyncio.Semaphore(self._inside), 0)
        if present >= self._most:
            message = f"{present} requests from this address are being answered or wait. Send fewer at once."
            raise Refused(429, "too-many-at-once", message, {"Retry-After": "1"})
        self._clients[client] = (gate, present + 1)
        try:
            async with gate:
                yield
        finally:
            gate, present = self._clients[client]
            if present == 1:
                del self._clients[client]
            else:
                self._clients[client] = (gate, present - 1)
