import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from graph_app.settings import Settings
from graph_app.web.asking import Asking
from graph_app.web.routes import routes
from graph_app.web.security import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders
from graph_app.web.server import configuration
from tests.loops import in_own_thread


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


Get = Callable[[str], Answer]


@pytest.fixture
def get(tmp_path: Path) -> Get:
    # The routes are plain Starlette, so they are tested without Streamlit.
    settings = Settings(home=tmp_path)
    app = Starlette(routes=routes(settings, Asking(settings)), middleware=[Middleware(SecurityHeaders)])

    def ask(path: str) -> Answer:
        sent: list[dict[str, object]] = []
        scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        in_own_thread(app(scope, receive, send))
        headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(part["body"] for part in sent[1:]).decode())

    return ask


def test_health_says_how_to_make_a_release(get: Get) -> None:
    answer = get("/health")
    assert answer.status == 503
    assert "intgraph build" in json.loads(answer.body)["message"]


def test_robots_are_asked_to_leave_filters_alone(get: Get) -> None:
    assert get("/robots.txt").body.startswith("User-agent: *")


@pytest.mark.parametrize("path", ["/health", "/robots.txt", "/missing"])
def test_every_answer_has_the_security_headers(get: Get, path: str) -> None:
    answer = get(path)
    assert {name: answer.headers[name.lower()] for name in HEADERS} == dict(HEADERS)


def test_no_foreign_host_is_allowed() -> None:
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "unsafe-eval" not in CONTENT_SECURITY_POLICY


def test_the_server_keeps_to_itself() -> None:
    options = configuration(Settings(), "127.0.0.1", 8501)
    assert options["browser.gatherUsageStats"] is False
    assert options["client.showErrorDetails"] == "none"
    assert options["server.address"] == "127.0.0.1"
    assert options["server.maxUploadSize"] == 20
