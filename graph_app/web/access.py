"""The access log: one line of JSON a request, without the text of queries."""

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOGGER", "AccessLog", "note", "write_to"]

#: Name of the logger.
LOGGER = "graph_app.access"

_NOTES = "graph_app.access"
_CLOSED_BEFORE_ANSWER = 499
_log = logging.getLogger(LOGGER)


def note(scope: Scope, **facts: str) -> None:
    """Add to what the log says of a request.

    :param scope: the request.
    :param facts: key to value, such as ``release``.
    """
    scope.get(_NOTES, {}).update(facts)


def write_to(stream: TextIO) -> None:
    """Have the log written to a stream, a line a request and nothing before it.

    :param stream: the stream.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False


class AccessLog:
    """ASGI middleware that logs every HTTP request when its answer has been sent.

    :param app: the application around which it stands.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, count what is sent, and write the line."""
        if scope["type"] != "http" or not _log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        began = datetime.now(UTC)
        clock = time.perf_counter()
        notes: dict[str, str] = {}
        status = _CLOSED_BEFORE_ANSWER
        size = 0

        async def counting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body" and scope["method"] != "HEAD":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app({**scope, _NOTES: notes}, receive, counting)
        except Exception:
            status = 500
            raise
        finally:
            client = scope.get("client")
            line: dict[str, Any] = {
                "time": began.isoformat(timespec="milliseconds"),
                "client": client[0] if client else "",
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "bytes": size,
                "milliseconds": round((time.perf_counter() - clock) * 1000, 1),
                **notes,
            }
            # ASCII only, so that no character of a path can end the line or reach a terminal.
            _log.info("%s", json.dumps(line))
