import asyncio
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from starlette.requests import Request

from graph_app.settings import Settings
from graph_app.web.rate import RateLimit, Turnstile, client_of
from graph_app.web.refusals import Refused
from tests.loops import in_own_thread


def request_from(host: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "client": (host, 1)})


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_household(host: str, client: str) -> None:
    assert client_of(request_from(host)) == client


def test_one_client_is_stopped_and_others_are_not(serve: Callable[[Settings], str], curated_settings: Settings) -> None:
    address = serve(replace(curated_settings, rate_limit=5, proxy="127.0.0.1"))
    answers = [httpx.get(f"{address}/sparql", params={"query": "ASK {}"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    refused = answers[-1]
    assert refused.json()["code"] == "too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["access-control-allow-origin"] == "*"
    assert httpx.get(f"{address}/id/project/curated/access").status_code == 429
    assert httpx.get(f"{address}/data/").status_code == 429
    assert httpx.get(f"{address}/health").status_code == 200
    # Behind the proxy, clients are told apart by what it forwards.
    forwarded = {"X-Forwarded-For": "192.0.2.9, 198.51.100.4"}
    answers = [httpx.get(f"{address}/sparql?query=ASK%7B%7D", headers=forwarded) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_nobody_but_the_proxy_is_believed(serve: Callable[[Settings], str], curated_settings: Settings) -> None:
    address = serve(replace(curated_settings, rate_limit=3, proxy=""))
    answers = [httpx.get(f"{address}/data/", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2


def test_many_clients_do_not_fill_memory() -> None:
    limit = RateLimit(10)
    for number in range(6_000):
        limit.count(request_from(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"))
    assert len(limit._storage.events) <= 5_001


def test_few_of_one_client_are_inside_and_the_rest_waits_or_is_sent_away() -> None:
    async def run() -> tuple[int, int, int]:
        turnstile = Turnstile(inside=2, waiting=3)
        inside = most = refused = 0
        leave = asyncio.Event()

        async def visit(client: str) -> None:
            nonlocal inside, most, refused
            try:
                async with turnstile.enter(client):
                    inside += client == "one"
                    most = max(most, inside)
                    await leave.wait()
                    inside -= client == "one"
            except Refused as error:
                refused += error.status == 429

        visits = [asyncio.create_task(visit("one")) for _ in range(8)]
        await asyncio.sleep(0)
        other = asyncio.create_task(visit("other"))
        await asyncio.sleep(0.01)
        waiting = sum(not task.done() for task in visits)
        leave.set()
        await asyncio.gather(*visits, other)
        return most, waiting, refused + len(turnstile._clients)

    assert in_own_thread(run()) == (2, 5, 3)
