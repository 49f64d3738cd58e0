"""The ASGI server: Streamlit's pages, the plain routes and what stands around them, on one port."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from graph_app.questions.current import current_engine
from graph_app.settings import Settings, believe_proxy
from graph_app.web.access import AccessLog, write_to
from graph_app.web.asking import Asking
from graph_app.web.compression import UncompressedFiles
from graph_app.web.embedding import Embedding
from graph_app.web.returning import Returning
from graph_app.web.routes import FILES, routes
from graph_app.web.same_origin import SameOrigin
from graph_app.web.security import SecurityHeaders
from graph_app.web.theme import THEME

__all__ = ["application", "configuration", "serve"]

_SCRIPT = Path(__file__).resolve().parents[1] / "views" / "main.py"
_UPLOAD_LIMIT_MB = 20

_log = logging.getLogger(__name__)


def application(settings: Settings) -> st.App:
    """Put the application together.

    :param settings: settings of the deployment; pages receive them as the secret ``settings``, and Streamlit what it
        needs for signing in as ``auth``.
    :returns: the ASGI application.
    """
    # The same paths whoever asks, so that pages and routes share one engine.
    settled = replace(settings, home=settings.home.absolute(), data=settings.data.absolute())
    values = {field.name: getattr(settled, field.name) for field in fields(settled)}
    asking = Asking(settled)
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in values.items()}

    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        yield
        # Ends running queries, so that nobody who stops the server waits for their time limits.
        await asyncio.to_thread(current_engine(settled).close)

    return st.App(
        _SCRIPT,
        secrets={"settings": plain} | _signing_in(settled),
        routes=routes(settled, asking),
        middleware=_middleware(settled, asking),
        lifespan=lifespan,
        on_script_error=_log_error,
    )


def configuration(settings: Settings, host: str, port: int) -> Mapping[str, Any]:
    """Return Streamlit's options for this application.

    :param settings: settings of the deployment.
    :param host: address to listen on.
    :param port: port to listen on.
    :returns: option to value.
    """
    return {
        "server.address": host,
        "server.port": port,
        # A desktop opens its browser; a machine without a display does not try, and nobody is asked for an address.
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": _UPLOAD_LIMIT_MB,
        # Nothing is asked of, or reported to, anyone outside.
        "browser.gatherUsageStats": False,
        "browser.serverAddress": host,
        # A proxy may name this server by another host than the one that browsers know.
        "server.corsAllowedOrigins": [origin] if (origin := _origin(settings)) else [],
        "client.toolbarMode": "minimal",
        # What went wrong stands in the server's log, not on a visitor's screen.
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        # Tables are exported by our own buttons, which take the sting out of formulas.
        "client.disableDataExport": True,
        **THEME,
    }


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the application until it is stopped; each request becomes a line of standard error.

    :param settings: settings of the deployment.
    :param host: address to listen on; only this machine by default.
    :param port: port to listen on.
    """
    believe_proxy(settings.proxy)
    write_to(sys.stderr)
    application(settings).run(config=configuration(settings, host, port))


def _signing_in(settings: Settings) -> dict[str, dict[str, str]]:
    """Return what Streamlit needs for people to sign in, under its own names."""
    if not settings.oidc_metadata:
        return {}
    return {
        "auth": {
            "server_metadata_url": settings.oidc_metadata,
            "client_id": settings.oidc_client,
            "client_secret": settings.oidc_client_secret,
            "cookie_secret": settings.oidc_cookie_secret,
            "redirect_uri": settings.oidc_redirect,
        }
    }


def _middleware(settings: Settings, asking: Asking) -> list[Middleware]:
    origin = _origin(settings)
    return [
        Middleware(AccessLog),
        Middleware(SecurityHeaders),
        Middleware(SameOrigin, origin=origin),
        *([Middleware(Returning, origin=origin)] if origin else []),
        Middleware(UncompressedFiles, below=FILES),
        Middleware(Embedding, asking=asking, base=settings.base),
    ]


def _origin(settings: Settings) -> str:
    """Return the origin of the pages as browsers reach them, where people sign in; else nothing."""
    parts = urlsplit(settings.oidc_redirect)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _log_error(error: Exception) -> None:
    _log.error("A page failed.", exc_info=error)
