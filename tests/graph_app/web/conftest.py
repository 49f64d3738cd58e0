"""A client of a real server on the curated release."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest

from graph_app.settings import Settings


@pytest.fixture(scope="session")
def address(serve: Callable[[Settings], str], curated_settings: Settings) -> str:
    return serve(replace(curated_settings, rate_limit=100_000))


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, headers={"Accept": "*/*", "Accept-Encoding": "identity"}) as client:
        yield client
