"""Every fault as one kind of answer: JSON that says what is wrong, where, and what to do."""

import logging
import math
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from graph_app.questions.errors import QueryError, QuerySyntaxError, StoreInMaking
from graph_app.releases.release import NoRelease

__all__ = ["Refused", "answer_to"]

#: Seconds after which a client may ask again where nothing says better.
_AGAIN = 5
_UNAVAILABLE = 503

_log = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is not carried out.

    :param status: HTTP status.
    :param code: a word for programs.
    :param message: a sentence for people.
    :param headers: headers that belong to the status, such as ``Allow``.
    """

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def answer_to(error: Exception, *, seconds: float = _AGAIN) -> Response:
    """Turn an error into its answer.

    :param error: what happened.
    :param seconds: after how long it may be worth asking again, where the server is at its limit.
    :returns: the answer, which no cache keeps.
    """
    headers = {"Cache-Control": "no-store"}
    place: dict[str, int] = {}
    match error:
        case Refused():
            status, code, message = error.status, error.code, error.message
            headers |= error.headers
        case QueryError():
            status, code, message = error.status, error.code, str(error)
            if isinstance(error, QuerySyntaxError):
                place = {"line": error.line, "column": error.column}
            if isinstance(error, StoreInMaking):
                seconds = error.again
        case NoRelease():
            status, code, message = _UNAVAILABLE, "no-release", str(error)
        case _:
            # What went wrong stands in the log, not on a stranger's screen.
            _log.error("A request failed.", exc_info=error)
            status, code, message = 500, "failed", "The server failed on this request. Its log says why."
    if status == _UNAVAILABLE:
        headers.setdefault("Retry-After", str(max(1, math.ceil(seconds))))
    document = {"status": status, "code": code, "message": message, **place}
    return JSONResponse(document, status_code=status, headers=headers)
