"""Answers as they leave for other programs: serialised, with what a client should be told beside them."""

import json
from dataclasses import dataclass

from graph_app.questions.tokens import Kind, tokens

__all__ = ["MEDIA", "Response", "kind_of", "with_notice"]

JSON = "application/sparql-results+json"
_RESULTS = (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values")

#: What each kind of answer can be written as, the usual form first.
MEDIA = {
    "table": _RESULTS,
    "truth": _RESULTS,
    "triples": ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"),
}
_FORMS = {"SELECT": "table", "ASK": "truth", "CONSTRUCT": "triples", "DESCRIBE": "triples"}


@dataclass(frozen=True, slots=True)
class Response:
    """A serialised answer.

    :param body: the answer.
    :param media: its media type.
    :param kind: ``table``, ``triples`` or ``truth``.
    :param truncated: whether a limit cut it.
    :param limit: ``rows`` or ``bytes`` where it was cut at that limit, else empty.
    :param notice: a sentence about what was cut and what to do, or empty.
    :param seconds: how long the answer took.
    :param release: version of the release that gave it.
    :param engine: who answered: ``columns``, ``oxigraph`` or ``remote``.
    :param reason: why that engine, in a few words.
    """

    body: bytes
    media: str
    kind: str
    truncated: bool
    limit: str
    notice: str
    seconds: float
    release: str
    engine: str
    reason: str


def kind_of(text: str) -> str:
    """Tell from a query what kind of answer it gives, without running it.

    :param text: the query.
    :returns: ``table``, ``triples`` or ``truth``; ``table`` also for what is no query, which running it will tell.
    """
    before = ""
    for token in tokens(text):
        if token.kind in {Kind.BLANK, Kind.COMMENT}:
            continue
        word = token.text.upper()
        if token.kind is Kind.WORD and before != "PREFIX" and word in _FORMS:
            return _FORMS[word]
        before = word
    return "table"


def with_notice(body: bytes, sentence: str) -> bytes:
    """Add to SPARQL results JSON that it was cut.

    :param body: the JSON text, an object.
    :param sentence: what was cut and what to do.
    :returns: the text with the members ``truncated`` and ``notice``.
    """
    members = json.dumps({"truncated": True, "notice": sentence}, ensure_ascii=False).encode()
    return body[:-1] + b"," + members[1:]
