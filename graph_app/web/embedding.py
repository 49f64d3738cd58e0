"""What the page of an entity says to programs: its data as JSON-LD, its title, and where its statements are.

Streamlit serves one page for all addresses and draws it in the browser; search engines, reference managers and other
programs read what stands in it beforehand.
"""

import json
import logging
import re
from html import escape
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.questions.parameters import ParameterError
from graph_app.releases.release import NoRelease
from graph_app.web.asking import Asking
from graph_app.web.entities import alternates
from graph_app.web.linked import Linked, linked
from graph_app.web.negotiation import RDF
from graph_app.web.refusals import Refused
from loaders.findings import LANGUAGES

__all__ = ["PATHS", "Embedding", "embed"]

#: Paths of the pages of single entities.
PATHS = frozenset(
    f"/{page}" for page in ("organisation", "project", "donor", "programme", "country", "target-group", "entity")
)
_LONGEST_IRI = 2_000
_TITLE = re.compile(rb"<title>[^<]*</title>")
_HEAD_ENDS = b"</head>"
#: "<" within data would end the script for a browser, wherever it stands.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
#: They would have an old page stand for a new one, or keep it from being changed on its way.
_NOT_PASSED_ON = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
_OF_THE_PLAIN_PAGE = ("etag", "last-modified")

_log = logging.getLogger(__name__)


class Embedding:
    """ASGI middleware that writes an entity's data into the page that shows it.

    A page whose entity is unknown, or cannot be looked up now, is sent as it is: what is drawn in it says why.

    :param app: the application around which it stands.
    :param asking: runs what asks an engine.
    :param base: base of the IRIs of this deployment.
    """

    def __init__(self, app: ASGIApp, asking: Asking, base: str) -> None:
        self._app = app
        self._asking = asking
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add to the page that it is answered with."""
        found = await self._look_up(scope) if _asks_for_page(scope) else None
        if found is None:
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_PASSED_ON]
        await self._app({**scope, "headers": headers}, receive, _Page(send, found, self._path(found.iri)))

    async def _look_up(self, scope: Scope) -> Linked | None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        iri, language = query.get("iri", [""])[0].strip(), query.get("lang", [""])[0]
        if not iri or len(iri) > _LONGEST_IRI:
            return None

        def ask(engine: Engine, client: str) -> Linked | None:
            return linked(engine, iri, language if language in LANGUAGES else LANGUAGES[0], client=client)

        try:
            return await self._asking.ask(Request(scope), ask)
        except ParameterError:  # what is no IRI has no data
            return None
        except (QueryError, NoRelease, Refused) as error:
            _log.warning("The page of %r is sent without its data: %s", iri, error)
            return None

    def _path(self, iri: str) -> str:
        """Return the path of an entity below ``/id/``, or nothing where its IRI is somebody else's."""
        return quote(iri.removeprefix(self._base), safe=_SAFE_IN_PATH) if iri.startswith(self._base) else ""


def _asks_for_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and scope["path"].rstrip("/") in PATHS
        and b"iri=" in scope["query_string"]
    )


class _Page:
    """Sends a page with more in its head than it has."""

    def __init__(self, send: Send, found: Linked, path: str) -> None:
        self._send = send
        self._found = found
        self._path = path
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Keep the page until it is whole; send what is no page at once."""
        if message["type"] == "http.response.start" and message["status"] == 200 and _is_html(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        for name in _OF_THE_PLAIN_PAGE:
            if name in headers:
                del headers[name]
        if self._path:
            headers.append("link", alternates(self._path))
        # The answer to HEAD has no body, and the length that the body would have had.
        if self._body:
            self._body = embed(self._body, self._found, self._path)
            headers["content-length"] = str(len(self._body))
        elif "content-length" in headers:
            del headers["content-length"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": self._body})


def _is_html(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


def embed(body: bytes, found: Linked, path: str = "") -> bytes:
    """Write an entity into the head of a page.

    :param body: the page.
    :param found: the entity.
    :param path: its path below ``/id/``, empty where it has none there.
    :returns: the page with its title, its data, and where its statements are.
    """
    data = json.dumps(found.document, ensure_ascii=False).translate(_ESCAPED)
    head = [f'<script type="application/ld+json">{data}</script>']
    if path:
        head += [f'<link rel="alternate" type="{offer.media}" href="/id/{escape(path)}">' for offer in RDF]
    title = f"<title>{escape(found.name)} · Integration Graph</title>"
    body = _TITLE.sub(lambda _: title.encode(), body, count=1)
    return body.replace(_HEAD_ENDS, "\n".join((*head, "")).encode() + _HEAD_ENDS, 1)
