"""Nobody is sent to a provider that does not answer as one."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from graph_app.settings import Settings
from graph_app.stewardship.provider import ProviderFault, check_provider

METADATA = dict.fromkeys(("issuer", "authorization_endpoint", "token_endpoint"), "https://login.example/")


@contextmanager
def provider(status: int, body: bytes) -> Iterator[Settings]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Settings(oidc_metadata=f"http://127.0.0.1:{server.server_port}/.well-known/openid-configuration")
        finally:
            server.shutdown()
            thread.join()


def test_a_provider_that_answers_is_gone_to() -> None:
    with provider(200, json.dumps(METADATA).encode()) as settings:
        check_provider(settings)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (503, b"", "answers with error 503"),
        (404, json.dumps(METADATA).encode(), "answers with error 404"),
        (200, b"<html>maintenance</html>", "is no metadata"),
        (200, b"[]", "is no metadata"),
        (200, json.dumps({"issuer": "x"}).encode(), "is no metadata"),
        (200, b"\xff\xfe", "is no metadata"),
    ],
)
def test_what_is_wrong_with_one_is_told(status: int, body: bytes, told: str) -> None:
    with provider(status, body) as settings, pytest.raises(ProviderFault, match=told) as caught:
        check_provider(settings)
    assert "Everything can still be looked at." in str(caught.value)
    assert caught.value.text("cs").startswith("Teď se nikdo nemůže přihlásit")


def test_one_that_is_not_there_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ProviderFault, match=f"127.0.0.1:{port} cannot be reached"):
        check_provider(Settings(oidc_metadata=f"http://127.0.0.1:{port}/x"))
