"""Write an answer in the format that a client asked for."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pyoxigraph as ox

from graph_app.store.evaluation import Answer

__all__ = ["NoSuchForm", "in_media"]

_TABLES = {
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: What each kind of answer is already; nothing is to be done for these.
_AS_IT_IS = {"table": "application/sparql-results+json", "triples": "application/n-triples"}
_TRUTHS = {
    "application/sparql-results+json": '{{"head":{{}},"boolean":{}}}',
    "application/sparql-results+xml": (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/>'
        "<boolean>{}</boolean></sparql>"
    ),
    # The standard has no truth values in these two; a word with a head is what spreadsheets can read.
    "text/csv": "result\r\n{}\r\n",
    "text/tab-separated-values": "?result\n{}\n",
}
_KINDS = {"table": "a table", "triples": "triples", "truth": "a truth value"}
#: The last part of an IRI that can be the name of an XML element, as RDF/XML needs of every property.
_XML_NAME = re.compile(r"[^\W\d][\w.\-]*$")
_PREDICATE = re.compile(r"^(?:<[^>]*>|_:\S+) <([^>]*)>", re.MULTILINE)
#: Characters that no XML 1.0 document can hold, however they are written.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class NoSuchForm(ValueError):
    """A format cannot hold an answer; the text is a sentence for people and says which can."""


def in_media(answer: Answer, media: str, prefixes: Mapping[str, str] | None = None) -> Answer:
    """Write an answer in another format.

    :param answer: an answer as :func:`graph_app.store.evaluation.evaluate` gives it without ``media``.
    :param media: media type of a format for this kind of answer, or empty to leave it as it is.
    :param prefixes: prefixes that Turtle and RDF/XML may use.
    :returns: the answer with its new body.
    :raises NoSuchForm: if the format cannot hold the answer.
    """
    if not media or media == _AS_IT_IS.get(answer.kind):
        return answer
    if answer.kind == "truth" and media in _TRUTHS:
        return replace(answer, body=_TRUTHS[media].format(answer.body.decode()).encode())
    if answer.kind == "table" and media in _TABLES:
        return replace(answer, body=_table(answer.body, media))
    if answer.kind == "triples" and media in _TRIPLES:
        return replace(answer, body=_triples(answer.body.decode(), media, prefixes or {}))
    raise NoSuchForm(f"The answer is {_KINDS[answer.kind]}, which has no form as {media}.")


def _table(body: bytes, media: str) -> bytes:
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - it was written as a table
    written = results.serialize(format=_TABLES[media]) or b""
    if media.endswith("+xml"):
        _refuse_what_xml_cannot_hold(written.decode(), "JSON")
    return written


def _triples(ntriples: str, media: str, prefixes: Mapping[str, str]) -> bytes:
    used = {prefix: namespace for prefix, namespace in prefixes.items() if f"<{namespace}" in ntriples}
    if media == "application/rdf+xml":
        for match in _PREDICATE.finditer(ntriples):
            if not _XML_NAME.search(match[1]):
                raise NoSuchForm(
                    f"RDF/XML cannot hold the property <{match[1]}>, whose end is no XML name. Ask for Turtle."
                )
    triples = (quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    try:
        written = ox.serialize(triples, format=_TRIPLES[media], prefixes=used) or b""
    except OSError as error:
        raise NoSuchForm(f"{error}. Ask for Turtle.") from error
    if media.endswith("+xml"):
        _refuse_what_xml_cannot_hold(written.decode(), "Turtle")
    return written


def _refuse_what_xml_cannot_hold(text: str, other: str) -> None:
    found = _NOT_XML.search(text)
    if found:
        raise NoSuchForm(f"XML cannot hold the character U+{ord(found[0]):04X} of this answer. Ask for {other}.")
