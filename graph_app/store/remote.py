"""Answer SPARQL from a remote engine; the only module that knows SPARQLWrapper."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http.client import HTTPResponse
from typing import IO
from urllib.request import Request

import pyoxigraph as ox
from SPARQLWrapper import CONSTRUCT, INSERT, JSON, N3, POST, SELECT, SPARQLWrapper

from graph_app.store.address import StoreAddress
from graph_app.store.evaluation import Answer, serialise
from graph_app.store.media import in_media
from graph_app.store.remote_body import Body
from graph_app.store.remote_http import AGENT, Connection, RemoteError, RemoteFault, RemoteTimeout, broken_off, shown

__all__ = ["RemoteStore", "RemoteUpdates"]

#: An engine may use more bytes for a row than we do, but not any number of them.
_VERBOSITY = 4
_NTRIPLES = "application/n-triples"
_FORMATS = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
_VIRTUOSO = "Virtuoso"
_BASE = re.compile(r"(?:\s|#[^\r\n]*[\r\n])*BASE\s*<[^<>]*>", re.IGNORECASE)
_CODE = re.compile(
    r"""(?P<other>\#[^\r\n]*|<[^\x00-\x20<>"{}|^`\\]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\r\n]|\\.)*"
    |'(?:[^'\\\r\n]|\\.)*'|[?$:@][\w.\-]+)|(?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)


class RemoteStore:
    """A remote engine as a store to read.

    Each query is parsed here before it leaves: what is a fault, and where, is the same on every engine, and words that
    are not SPARQL 1.1 never reach one.

    :param address: where the engine is.
    :param seconds: how long it may take for one query.
    """

    def __init__(self, address: StoreAddress, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._connection = Connection(address.query, address.user, address.password, seconds)
        self._empty = ox.Store()
        self._name: str | None = None

    def evaluate(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        row_limit: int | None = None,
        byte_limit: int | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        media: str = "",
    ) -> Answer:
        """Evaluate one SPARQL query and serialise what it gives, up to the limits.

        :param text: the query.
        :param prefixes: prefixes that the query may use without declaring them.
        :param row_limit: most rows or triples to give; the engine is not listened to any longer.
        :param byte_limit: most bytes to give.
        :param default_graphs: IRIs of the graphs whose union the query reads, in place of its own ``FROM``.
        :param named_graphs: IRIs of the graphs that ``GRAPH`` may name, in place of its own ``FROM NAMED``.
        :param media: media type of the answer, as :func:`graph_app.store.media.in_media` takes it.
        :returns: the result.
        :raises SyntaxError: if the text is not a SPARQL query; the message holds line and column.
        :raises RemoteTimeout: if the engine did not answer in time, or not to the end.
        :raises RemoteError: if it does not answer, refuses, or answers something else.
        :raises RuntimeError: if it cannot evaluate the query.
        :raises ValueError: if a graph is not named by an IRI, or the format cannot hold the answer.
        """
        known = dict(prefixes or {})
        kind = self._kind_of(text, known)
        virtuoso = self._engine() == _VIRTUOSO
        # Virtuoso takes ten times as long to write JSON as XML.
        client = _Client(self._address.query, CONSTRUCT if kind == "triples" else SELECT, xml=virtuoso)
        client.setQuery(_declared(text, known))
        for name, graphs in self._dataset(text, default_graphs, named_graphs).items():
            for graph in graphs:
                client.addParameter(name, ox.NamedNode(graph).value)
        if virtuoso:
            client.addParameter("timeout", str(max(1000, int(self._seconds * 1000))))
        try:
            with self._connection.open(client.request()) as response:
                answer = self._read(response, kind, row_limit, byte_limit)
        except RemoteFault as error:
            raise RuntimeError(str(error)) from error
        return in_media(answer, media, known)

    def _dataset(
        self, text: str, default: Sequence[str] | None, named: Sequence[str] | None
    ) -> Mapping[str, Sequence[str]]:
        if default is None and named is None:
            # A dataset of the request would take the place of one that the query names itself.
            union = [self._address.union] if self._address.union and not _names_dataset(text) else []
            return {"default-graph-uri": union}
        return {"default-graph-uri": default or [], "named-graph-uri": named or []}

    def _engine(self) -> str:
        """Ask once what the engine calls itself: Virtuoso has to be told its time limit, and writes its own XML."""
        if self._name is None:
            client = _Client(self._address.query, SELECT)
            client.setQuery("ASK {}")
            with self._connection.open(client.request()) as response:
                self._name = str(response.headers.get("Server", "")).partition("/")[0]
        return self._name

    def _kind_of(self, text: str, prefixes: dict[str, str]) -> str:
        """Parse a query by asking a store that holds nothing."""
        match self._empty.query(text, prefixes=prefixes):
            case ox.QueryTriples():
                return "triples"
            case ox.QueryBoolean():
                return "truth"
        return "table"

    def _read(self, response: HTTPResponse, kind: str, row_limit: int | None, byte_limit: int | None) -> Answer:
        place = self._address.query
        if response.headers.get("X-SQL-State", ""):  # Virtuoso sends what it has, with a good status
            raise RemoteTimeout(f"The engine at {shown(place)} stopped at its time limit.")
        virtuoso = self._name == _VIRTUOSO
        media = _NTRIPLES if kind == "triples" else "xml" if virtuoso else "json"
        _expect(response, media, place)
        most = None if byte_limit is None else _VERBOSITY * byte_limit + 2**16
        body = Body(response, place, most, virtuoso=virtuoso)
        try:
            answer = _parsed(io.BufferedReader(body, 2**16), kind, media, row_limit, byte_limit)
        except RemoteError as error:
            # Frames would keep parsers, which must end in the thread that they began in.
            raise error.with_traceback(None) from None
        except SyntaxError as error:
            error.__traceback__ = None
            if body.ended:
                raise broken_off(place) from error
            raise RemoteError(f"The engine at {shown(place)} answers with what is no result: {error}") from error
        return _with_limit_of_engine(answer, response)


def _parsed(body: IO[bytes], kind: str, media: str, row_limit: int | None, byte_limit: int | None) -> Answer:
    if kind == "triples":
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return serialise((quad.triple for quad in quads), row_limit, byte_limit)
    result = ox.parse_query_results(body, format=_FORMATS[media])
    if kind == "truth" and isinstance(result, ox.QuerySolutions):  # how Virtuoso says yes: a row with the number 1
        return Answer("truth", b"true" if [solution[0] for solution in result] else b"false")
    return serialise(result, row_limit, byte_limit)


class RemoteUpdates:
    """The address at which a remote engine takes updates.

    :param address: the address.
    :param user: name to sign in with, or empty.
    :param password: password to sign in with.
    :param seconds: how long one update may take.
    """

    def __init__(self, address: str, user: str, password: str, seconds: float) -> None:
        self._connection = Connection(address, user, password, seconds)

    def run(self, text: str) -> None:
        """Change the engine's data.

        :param text: a SPARQL update, written by this program and never by a person who asks.
        :raises RemoteError: if the engine does not do it.
        """
        client = _Client(self._connection.address, INSERT)
        client.setQuery(text)
        with self._connection.open(client.request()) as response:
            response.read()


class _Client(SPARQLWrapper):
    """SPARQLWrapper told which form a query has; its own guess reads comments and IRIs as keywords.

    :param address: where the query goes.
    :param form: one of SPARQLWrapper's names of forms.
    :param xml: whether tables come as XML.
    """

    def __init__(self, address: str, form: str, *, xml: bool = False) -> None:
        self._form = form
        super().__init__(address, agent=AGENT)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.setReturnFormat(N3 if form == CONSTRUCT else JSON)
        table = f"application/sparql-results+{'xml' if xml else 'json'}"
        self.addCustomHttpHeader("Accept", {CONSTRUCT: _NTRIPLES, INSERT: "*/*"}.get(form, table))

    def request(self) -> Request:
        """Return what is to be sent. It is sent by our own connection, since SPARQLWrapper's is shared by a process."""
        request = self._createRequest()
        assert isinstance(request, Request)  # noqa: S101 - SPARQLWrapper has no types
        return request

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - SPARQLWrapper's name
        del query
        return self._form


def _declared(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes that a query uses, without a line of their own, so that every line keeps its number."""
    lines = [f" PREFIX {name}: <{namespace}> " for name, namespace in prefixes.items() if f"{name}:" in text]
    base = _BASE.match(text)  # Virtuoso takes it at the very beginning only, as SPARQL 1.0 did
    start = base.end() if base else 0
    return f"{text[:start]}{''.join(lines)}{text[start:]}"


def _names_dataset(text: str) -> bool:
    return any((match["word"] or "").upper() == "FROM" for match in _CODE.finditer(text))


def _expect(response: HTTPResponse, media: str, address: str) -> None:
    given = response.headers.get("Content-Type", "")
    if media not in given:
        kind = "a page for browsers" if "html" in given else given or "something without a type"
        raise RemoteError(f"The engine at {shown(address)} answers with {kind}. Is it the address of its queries?")


def _with_limit_of_engine(answer: Answer, response: HTTPResponse) -> Answer:
    """Say that rows are missing where Virtuoso cut them by its own limit, which it tells in a header."""
    most = response.headers.get("X-SPARQL-MaxRows", "")
    cut = answer.kind == "table" and not answer.limit and most.isdigit() and answer.count >= int(most)
    return replace(answer, limit="rows") if cut else answer
