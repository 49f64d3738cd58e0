"""Choose the format of an answer by the client's ``Accept``, with its weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import mimeparse  # type: ignore[import-untyped]
from starlette.requests import Request

from graph_app.questions.responses import MEDIA
from graph_app.web.refusals import Refused

__all__ = ["HTML", "RDF", "TABLES", "Offer", "accept_of", "choose", "prefers_html"]

HTML = "text/html"

#: A header with more ranges than this is read no further, so that it cannot keep the server busy.
_MOST_RANGES = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """One format that an answer may have.

    :param media: the media type that the answer says it has.
    :param writer: the media type as the engine knows it.
    """

    media: str
    writer: str


#: Formats of SELECT and ASK, the default first. Programs that know only the general types get those.
TABLES = (
    *(Offer(media, media) for media in MEDIA["table"]),
    Offer("application/json", MEDIA["table"][0]),
    Offer("application/xml", MEDIA["table"][1]),
)
#: Formats of CONSTRUCT, DESCRIBE and every description, the default first.
RDF = tuple(Offer(media, media) for media in MEDIA["triples"])


def choose(accept: str, offers: Sequence[Offer]) -> Offer:
    """Choose the format that the client likes best.

    A client that accepts none of them is told so, and which there are, rather than sent what it cannot read.

    :param accept: value of ``Accept``; empty means any.
    :param offers: the formats, the default first.
    :returns: the choice; among equals the one that comes first.
    :raises Refused: with 406, if none is acceptable.
    """
    ranges = _readable(accept)
    if accept.strip() and not ranges:
        ranges = ["*/*"]  # a header that says nothing understandable asks for nothing in particular
    if not ranges:
        return offers[0]
    chosen = mimeparse.best_match([offer.media for offer in reversed(offers)], ",".join(ranges))
    for offer in offers:
        if offer.media == chosen:
            return offer
    names = ", ".join(offer.media for offer in offers)
    raise Refused(406, "not-acceptable", f"The answer has no format that this request accepts. There are: {names}.")


def prefers_html(request: Request, offers: Sequence[Offer] = RDF) -> bool:
    """Tell whether a person's browser asks: HTML named in ``Accept`` and liked at least as much as any data format.

    :param request: the request.
    :param offers: the data formats that it may ask for instead.
    """
    accept = accept_of(request)
    named = {entry.partition(";")[0].strip().lower() for entry in accept.split(",")}
    if named.isdisjoint({HTML, "application/xhtml+xml"}):
        return False
    try:
        return choose(accept, (Offer(HTML, HTML), *offers)).media == HTML
    except Refused:
        return False


def accept_of(request: Request) -> str:
    """Return what a request accepts, of all its ``Accept`` lines."""
    return ",".join(request.headers.getlist("accept"))


def _readable(accept: str) -> list[str]:
    ranges = []
    for entry in accept.split(",")[:_MOST_RANGES]:
        try:
            mimeparse.parse_media_range(entry)
        except mimeparse.MimeTypeParseException:
            continue
        ranges.append(entry.strip())
    return ranges
