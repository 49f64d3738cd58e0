"""What a request to ``/sparql`` asks for, by the SPARQL 1.1 Protocol: a query on a dataset, and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import Request

from graph_app.questions.parameters import ParameterError, serialise
from graph_app.questions.results import Term
from graph_app.web.bodies import parameters, read_body
from graph_app.web.refusals import Refused

__all__ = ["ProtocolQuery", "read_query"]

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_UPDATE_PARAMETERS = frozenset(("update", "using-graph-uri", "using-named-graph-uri"))


@dataclass(frozen=True, slots=True)
class ProtocolQuery:
    """One query.

    :param text: the query.
    :param default_graphs: IRIs of the graphs that make up its default graph, or ``None`` where neither kind is named.
    :param named_graphs: IRIs of its named graphs, or ``None`` where neither kind is named.
    """

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


async def read_query(request: Request) -> ProtocolQuery | None:
    """Read a request.

    :param request: a GET, HEAD or POST request.
    :returns: its query; ``None`` for a GET without one, which asks what the service can do.
    :raises Refused: if it is not what the protocol describes, or would change data.
    """
    pairs = parameters(bytes(request.scope["query_string"]))
    if request.method != "POST":
        _refuse_updates(pairs)
        texts = _values(pairs, "query")
        return _query(texts, pairs) if texts else None
    media = _content_type(request.headers)
    if media == _UPDATE:
        raise _read_only()
    _refuse_updates(pairs)
    body = await read_body(request)
    if media == _FORM:
        pairs += parameters(body)
        _refuse_updates(pairs)
        return _query(_values(pairs, "query"), pairs)
    if _values(pairs, "query"):
        raise Refused(400, "several-queries", "The request has a query in its address and one in its body. Send one.")
    try:
        return _query([body.decode("utf-8")], pairs)
    except UnicodeDecodeError as error:
        raise Refused(400, "bad-encoding", f"Byte {error.start + 1} of the query is not UTF-8.") from error


def _content_type(headers: Headers) -> str:
    media, _, rest = headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media not in {_FORM, _QUERY, _UPDATE}:
        raise Refused(
            415,
            "unsupported-media-type",
            f"A POST needs a Content-Type of {_QUERY} or {_FORM}, not {media or 'none'!r}.",
            {"Accept-Post": f"{_QUERY}, {_FORM}"},
        )
    for parameter in rest.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(' "').lower() not in {"utf-8", "utf8"}:
            raise Refused(415, "unsupported-charset", f"A query is UTF-8, not {value.strip()!r}. Encode it as UTF-8.")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "unsupported-encoding", "The body is compressed. Send it as it is.", {"Accept-Encoding": ""})
    return media


def _refuse_updates(pairs: Iterable[tuple[str, str]]) -> None:
    if any(name in _UPDATE_PARAMETERS for name, _ in pairs):
        raise _read_only()


def _read_only() -> Refused:
    return Refused(
        403, "read-only", "The graph is read only: no update is carried out here. Send a query: SELECT, CONSTRUCT, …"
    )


def _query(texts: Sequence[str], pairs: Sequence[tuple[str, str]]) -> ProtocolQuery:
    if not texts or not texts[0].strip():
        raise Refused(400, "no-query", "The request has no query. Send one as query=… or as the body.")
    if len(texts) > 1:
        raise Refused(400, "several-queries", f"The request has {len(texts)} queries. Send one.")
    default, named = (_graphs(pairs, name) for name in ("default-graph-uri", "named-graph-uri"))
    return ProtocolQuery(texts[0], default, named) if default or named else ProtocolQuery(texts[0])


def _graphs(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    graphs = tuple(dict.fromkeys(_values(pairs, name)))
    for graph in graphs:
        try:
            serialise(Term("iri", graph))
        except ParameterError as error:
            raise Refused(400, "bad-graph", f"{name} names a graph by its IRI: {error}") from error
    return graphs


def _values(pairs: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for found, value in pairs if found == name]
