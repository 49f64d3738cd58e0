import io
import json
import logging
import time
from collections.abc import Iterator

import httpx
import pytest

from graph_app.web.access import LOGGER, write_to


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    logger = logging.getLogger(LOGGER)
    before = logger.handlers, logger.level, logger.propagate
    write_to(stream)
    yield stream
    logger.handlers, logger.level, logger.propagate = before


def lines(log: io.StringIO, count: int) -> list[dict[str, object]]:
    deadline = time.monotonic() + 10
    while log.getvalue().count("\n") < count and time.monotonic() < deadline:
        time.sleep(0.01)  # a line is written after its answer
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_is_a_line_without_its_query(client: httpx.Client, log: io.StringIO) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ('secret' AS ?word) {}"})
    client.get("/id/project/curated/nothing")
    asked, missed = lines(log, 2)
    assert (asked["client"], asked["method"], asked["path"], asked["status"]) == ("127.0.0.1", "GET", "/sparql", 200)
    assert asked["bytes"] == len(answer.content)
    assert asked["release"] == answer.headers["integration-graph-release"]
    assert len(str(asked["query"])) == 16
    assert isinstance(asked["milliseconds"], float)
    assert str(asked["time"]).endswith("+00:00")
    assert missed["status"] == 404
    assert "secret" not in log.getvalue()


def test_a_path_cannot_write_a_line_of_its_own(client: httpx.Client, log: io.StringIO) -> None:
    client.get('/id/x/%0a{"status": 200}%1b[2J%e2%80%a8')
    (line,) = lines(log, 1)
    assert str(line["path"]).startswith("/id/x/\n")
    assert log.getvalue().count("\n") == 1
    assert log.getvalue().isascii()
    assert "\x1b" not in log.getvalue()
