"""The HTTP side of a remote engine: signing in as it asks, staying with the address given, errors in words."""

import re
from base64 import b64encode
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    ProxyHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

from graph_app.store.oxigraph import StoreError

__all__ = ["AGENT", "Connection", "RemoteError", "RemoteFault", "RemoteMissing", "RemoteTimeout", "broken_off", "shown"]

#: How requests name themselves in the engine's log.
AGENT = "integration-graph (SPARQLWrapper)"

#: As much of an engine's own message as helps.
_SAID = 300
_TOO_LONG = frozenset((408, 503, 504))
_FAULTS = frozenset((400, 422, 500))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
#: States by which Virtuoso says that it stopped at a time limit.
_STOPPED = re.compile(r"\bS1T(?:AT|00)\b|estimated execution time")


class RemoteError(StoreError, RuntimeError):
    """A remote engine does not answer, refuses, or answers something else; the text names its address."""


class RemoteTimeout(RemoteError, TimeoutError):
    """A remote engine stopped at its own time limit, or did not answer within ours."""


class RemoteFault(RemoteError):
    """A remote engine read what it was sent, and could not do it."""


class RemoteMissing(RemoteError):
    """There is nothing at the address."""


class Connection:
    """The way to one address of an engine. Nothing is sent before something is asked.

    Name and password are sent to this address alone and only when it asks for them, as it asks: basic or digest. No
    redirection is followed, and no proxy of the environment is used.

    :param address: the address.
    :param user: name to sign in with, or empty.
    :param password: password to sign in with.
    :param seconds: how long the engine may stay silent.
    :raises RemoteError: if the address holds a name or password, which would show in logs.
    """

    def __init__(self, address: str, user: str, password: str, seconds: float) -> None:
        if "@" in urlsplit(address).netloc:
            raise RemoteError(
                f"The address {shown(address)} was given with a name before the @. Give the name as "
                "INTGRAPH_STORE_USER and the password as INTGRAPH_STORE_PASSWORD."
            )
        self.address = address
        self._seconds = seconds
        known = HTTPPasswordMgrWithDefaultRealm()
        handlers = [_Digest(known), _Basic(known)] if user else []
        known.add_password(None, address, user, password)
        self._opener = build_opener(ProxyHandler({}), _NoRedirects(), *handlers)
        self._user = user

    def open(self, request: Request) -> HTTPResponse:
        """Send a request.

        :param request: the request, for an address below this one.
        :returns: the response, to be closed by the caller.
        :raises RemoteTimeout: if the engine says that it took too long, or stays silent.
        :raises RemoteError: if it gives no good answer.
        """
        try:
            response = self._send(request)
        except HTTPError as error:
            with error:
                self._refused(error)
        except TimeoutError as error:
            raise self._silent() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._silent() from error
            raise RemoteError(f"The engine at {shown(self.address)} cannot be reached: {error.reason}.") from error
        except (OSError, HTTPException, ValueError) as error:  # urllib gives up on strange challenges by ValueError
            raise RemoteError(f"The engine at {shown(self.address)} cannot be asked: {error}.") from error
        assert isinstance(response, HTTPResponse)  # noqa: S101 - addresses are http or https
        return response

    def _send(self, request: Request) -> object:
        try:
            return self._opener.open(request, timeout=self._seconds)
        except URLError as error:
            # An engine that wants to know who asks may hang up on a long body; asked without one, it says so.
            if not self._user or not request.data or not isinstance(error.reason, ConnectionError):
                raise
        try:
            self._opener.open(Request(request.full_url, method="HEAD"), timeout=self._seconds).close()  # noqa: S310
        except HTTPError as error:
            error.close()
        return self._opener.open(request, timeout=self._seconds)

    def _silent(self) -> RemoteTimeout:
        return RemoteTimeout(
            f"The engine at {shown(self.address)} gave no answer within {self._seconds:g} seconds. Narrow the query, "
            "or raise INTGRAPH_TIME_LIMIT."
        )

    def _refused(self, error: HTTPError) -> NoReturn:
        place, code = shown(self.address), error.code
        said = _said(error)
        if code in {401, 403}:
            who = f"does not let {self._user} do this" if self._user else "wants to know who asks"
            raise RemoteError(
                f"The engine at {place} {who} (HTTP {code}). Check INTGRAPH_STORE_USER and INTGRAPH_STORE_PASSWORD, "
                "and what this user may do there."
            )
        if code in _REDIRECTS:
            target = shown(error.headers.get("Location", "elsewhere"))
            raise RemoteError(f"The engine at {place} sends on to {target}. Give the address that answers itself.")
        if code in _TOO_LONG or _STOPPED.search(said):
            raise RemoteTimeout(f"The engine at {place} stopped at its own time limit (HTTP {code}{_quoted(said)}).")
        if code in {404, 405, 406}:
            raise RemoteMissing(
                f"There is nothing at {place} that takes this request (HTTP {code}). Check the address."
            )
        kind = RemoteFault if said and code in _FAULTS else RemoteError
        raise kind(f"The engine at {place} could not do this (HTTP {code}{_quoted(said)}).")


class _Digest(HTTPDigestAuthHandler):
    """Signs in with the first request after the engine has asked once, so that long bodies are sent once."""

    def __init__(self, known: HTTPPasswordMgrWithDefaultRealm) -> None:
        super().__init__(known)
        self._challenge: dict[str, str] = {}

    def retry_http_digest_auth(self, req: Request, auth: str) -> HTTPResponse | None:
        """Answer a challenge, and remember it."""
        self._challenge = parse_keqv_list(list(filter(None, parse_http_list(auth.partition(" ")[2]))))
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: Request) -> Request:
        """Answer the challenge that was met last."""
        if self._challenge and not req.has_header(self.auth_header):
            answer = self.get_authorization(req, self._challenge)
            if answer:
                req.add_unredirected_header(self.auth_header, f"Digest {answer}")
        return req

    https_request = http_request


class _Basic(HTTPBasicAuthHandler):
    """Signs in with the first request after the engine has asked for it once, and never with another kind of engine."""

    def __init__(self, known: HTTPPasswordMgrWithDefaultRealm) -> None:
        super().__init__(known)
        self._realm: str | None = None

    def retry_http_basic_auth(self, host: str, req: Request, realm: str) -> HTTPResponse | None:
        """Answer a challenge, and remember it."""
        self._realm = realm
        return super().retry_http_basic_auth(host, req, realm)

    def http_request(self, req: Request) -> Request:
        """Answer the challenge that was met last."""
        if self._realm is not None and not req.has_header(self.auth_header):
            user, password = self.passwd.find_user_password(self._realm, req.full_url)
            told = b64encode(f"{user}:{password}".encode()).decode("ascii")
            req.add_unredirected_header(self.auth_header, f"Basic {told}")
        return req

    https_request = http_request


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirection: where queries and passwords go, the operator alone says."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


def shown(address: str) -> str:
    """Write an address for people, without name, password and parameters.

    :param address: an address.
    :returns: what may stand in messages and logs.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "an address that cannot be read"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def broken_off(address: str) -> RemoteTimeout:
    """Say that an answer ended in the middle.

    :param address: address of the engine.
    :returns: the error to raise.
    """
    return RemoteTimeout(
        f"The engine at {shown(address)} broke off its answer, as engines do at their own time limit. Narrow the query."
    )


def _said(error: HTTPError) -> str:
    """Return the first paragraph of the engine's own message; pages for browsers say nothing."""
    try:
        text = error.read(20_000).decode(errors="replace").strip()
    except (OSError, HTTPException):
        return ""
    if text.startswith("<") or "html" in error.headers.get("Content-Type", ""):
        return ""
    return " ".join(re.split(r"\n\s*\n", text)[0].split())[:_SAID]


def _quoted(said: str) -> str:
    return f": {said.rstrip('.')}" if said else ""
