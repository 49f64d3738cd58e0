"""Tags by which a client tells whether it has an answer already, and the headers that go with them."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["KEPT_BY_VERSION", "NOT_KEPT", "REVALIDATED", "matches", "not_modified", "weak_tag"]

#: Asked again each time, which costs no query where nothing has changed.
REVALIDATED = "public, no-cache"
#: What never changes, because its address names a release.
KEPT_BY_VERSION = "public, max-age=31536000, immutable"
NOT_KEPT = "no-store"


def weak_tag(*parts: object) -> str:
    """Return a tag that is the same for the same parts.

    It is weak: compressed or not, and whatever the names of blank nodes, an answer says the same.

    :param parts: all that an answer depends on.
    :returns: the value of an ``ETag`` header.
    """
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def matches(request: Request, tag: str) -> bool:
    """Tell whether a client has an answer already.

    :param request: the request.
    :param tag: the tag of the answer.
    """
    given = ",".join(request.headers.getlist("if-none-match"))
    known = {entry.strip().removeprefix("W/") for entry in given.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def not_modified(headers: dict[str, str]) -> Response:
    """Tell a client that what it has still holds.

    :param headers: headers that the full answer would have.
    """
    return Response(status_code=304, headers=headers)
