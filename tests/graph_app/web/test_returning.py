"""Whoever signs in or out comes back to their page, and nowhere else."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from graph_app.web.returning import Returning
from tests.loops import in_own_thread

HERE = "https://graph.example"
PAGES = [
    "/",
    "/organisation?iri=https%3A%2F%2Fw3id.org%2Fx&lang=cs",
    "/ask?q=SELECT%20%3B%20%2C%20%22&p.a=1%3D2",
    "/entries",
]
ELSEWHERE = [
    "https://evil.example/entries",
    "https://graph.example.evil.example/",
    "http://graph.example/entries",
    "https://graph.example:444/entries",
    "https://graph.example//evil.example",
    "https://graph.example/\\evil.example",
    "https://graph.example/a b",
    "https://graph.example/%0d%0aX: y".replace("%0d%0a", "\r\n"),
    "https://graph.example/auth/logout",
    "https://graph.example/oauth2callback?code=1",
    "https://graph.example/" + "x" * 3_000,
    "javascript:alert(1)",
    "",
]


def ask(path: str, headers: dict[str, str], location: str, origin: str = HERE) -> tuple[str, list[str]]:
    """Return where an answer leads to, and the cookies that it sets."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - the form of such a program
        answer = [(b"location", location.encode()), (b"set-cookie", b"_streamlit_user=x; Path=/")]
        await send({"type": "http.response.start", "status": 302, "headers": answer})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": raw}
    in_own_thread(Returning(app, origin)(scope, receive, send))
    found = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    cookies = [value for name, value in found if name == "set-cookie"]
    return dict(found)["location"], cookies


@pytest.mark.parametrize("page", PAGES)
def test_the_way_there_and_back(page: str) -> None:
    there, cookies = ask("/auth/login", {"referer": HERE + page}, "https://login.example/authorize")
    assert there == "https://login.example/authorize"
    kept = cookies[-1].partition(";")[0]
    back, cookies = ask("/oauth2callback", {"cookie": f"a=b; {kept}; c=d"}, "/")
    assert back == page
    assert cookies[-1] == "intgraph_return=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure"


@pytest.mark.parametrize("referer", ELSEWHERE)
def test_it_leads_nowhere_else(referer: str) -> None:
    _, cookies = ask("/auth/login", {"referer": referer}, "https://login.example/authorize")
    assert len(cookies) == 1
    kept = referer.removeprefix(HERE)
    assert ask("/oauth2callback", {"cookie": f"intgraph_return={kept}"}, "/")[0] == "/"


def test_a_provider_that_ends_no_session_leads_back_at_once() -> None:
    assert ask("/auth/logout", {"referer": f"{HERE}/review?lang=cs"}, "/")[0] == "/review?lang=cs"


def test_other_answers_lead_where_they_led() -> None:
    assert ask("/id/x", {"referer": f"{HERE}/review", "cookie": "intgraph_return=/entries"}, "/")[0] == "/"


@pytest.mark.parametrize(("origin", "secure"), [(HERE, True), ("http://127.0.0.1:8501", False)])
def test_cookies_are_kept_to_https_where_there_is_https(origin: str, secure: bool) -> None:
    for path in ("/auth/login", "/organisation"):
        _, cookies = ask(path, {"referer": f"{origin}/ask"}, "/there", origin)
        assert cookies
        assert {cookie.endswith("; Secure") for cookie in cookies} == {secure}
