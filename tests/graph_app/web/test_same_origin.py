"""What pages send in a reader's name has to come from our own pages."""

from starlette.types import Message, Receive, Scope, Send

from graph_app.web.same_origin import SameOrigin
from tests.loops import in_own_thread

OWN, PUBLIC = "graph.internal:8501", "https://graph.example"

#: Kind of request, method, path and headers, to whether it is passed on.
REQUESTS = [
    ("websocket", "GET", "/_stcore/stream", {"origin": f"http://{OWN}"}, True),
    ("websocket", "GET", "/_stcore/stream", {"origin": PUBLIC}, True),
    ("websocket", "GET", "/_stcore/stream", {}, True),
    ("websocket", "GET", "/_stcore/stream", {"origin": "http://graph.internal:9999"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "http://localhost:3000"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "http://127.0.0.1:8501"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "https://evil.example"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "https://graph.example.evil.example"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "http://graph.example"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": "null"}, False),
    ("websocket", "GET", "/_stcore/stream", {"origin": ""}, False),
    ("http", "PUT", "/_stcore/upload_file/a/b", {"origin": PUBLIC}, True),
    ("http", "PUT", "/_stcore/upload_file/a/b", {"origin": "https://evil.example"}, False),
    ("http", "DELETE", "/_stcore/upload_file/a/b", {"origin": "http://localhost:3000"}, False),
    ("http", "GET", "/_stcore/health", {"origin": "https://evil.example"}, True),
    ("http", "GET", "/auth/login", {"sec-fetch-site": "same-origin"}, True),
    ("http", "GET", "/auth/login", {"sec-fetch-site": "none"}, True),
    ("http", "GET", "/auth/logout", {}, True),
    ("http", "GET", "/auth/logout", {"sec-fetch-site": "cross-site"}, False),
    ("http", "GET", "/auth/logout", {"sec-fetch-site": "same-site"}, False),
    ("http", "GET", "/auth/login", {"sec-fetch-site": "cross-site"}, False),
    ("http", "GET", "/oauth2callback", {"sec-fetch-site": "cross-site"}, True),
    ("http", "POST", "/sparql", {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, True),
    ("http", "GET", "/organisation", {"sec-fetch-site": "cross-site"}, True),
]


def test_only_our_own_pages_act() -> None:
    wrong = []
    for kind, method, path, headers, expected in REQUESTS:
        passed, sent = ask(kind, method, path, {"host": OWN, **headers})
        refused = {"websocket.close"} if kind == "websocket" else {"http.response.start", "http.response.body"}
        if passed is not expected or (not expected and {message["type"] for message in sent} != refused):
            wrong.append((kind, method, path, headers))
        if not expected and kind == "http":
            assert sent[0]["status"] == 403
    assert wrong == []


def ask(kind: str, method: str, path: str, headers: dict[str, str]) -> tuple[bool, list[Message]]:
    passed, sent = [], []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the form of such a program
        passed.append(scope["path"])

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": method, "path": path, "headers": raw, "query_string": b""}
    in_own_thread(SameOrigin(app, PUBLIC)(scope, receive, send))
    return bool(passed), sent
