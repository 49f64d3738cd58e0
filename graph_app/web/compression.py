"""Keep files from being compressed on their way out."""

from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["UncompressedFiles"]


class UncompressedFiles:
    """ASGI middleware that hides from the middleware of Streamlit that a client would take a file compressed.

    The tag, the length and the ranges of a file hold for its own bytes; a download that is taken up again after a
    break would mix them with compressed ones. Whoever wants them compressed takes the archive.

    :param app: the application around which it stands.
    :param below: path below which the files are.
    """

    def __init__(self, app: ASGIApp, below: str) -> None:
        self._app = app
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, without its ``Accept-Encoding`` where it is for a file."""
        if scope["type"] == "http" and scope["path"].startswith(self._below) and scope["path"] != self._below:
            headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)
