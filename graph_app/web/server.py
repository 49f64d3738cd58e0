"""The ASGI server: Streamlit's pages, the plain routes and the security headers, on one port."""

import logging
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from graph_app.settings import Settings
from graph_app.web.routes import routes
from graph_app.web.security import SecurityHeaders
from graph_app.web.theme import THEME

__all__ = ["application", "configuration", "serve"]

_SCRIPT = Path(__file__).resolve().parents[1] / "views" / "main.py"
_UPLOAD_LIMIT_MB = 20

_log = logging.getLogger(__name__)


def application(settings: Settings) -> st.App:
    """Put the application together.

    :param settings: settings of the deployment; pages receive them as the secret ``settings``.
    :returns: the ASGI application.
    """
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    plain = {name: str(value.absolute()) if isinstance(value, Path) else value for name, value in values.items()}
    return st.App(
        _SCRIPT,
        secrets={"settings": plain},
        routes=routes(settings),
        middleware=[Middleware(SecurityHeaders)],
        on_script_error=_log_error,
    )


def configuration(host: str, port: int) -> Mapping[str, Any]:
    """Return Streamlit's options for this application.

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
        "client.toolbarMode": "minimal",
        # What went wrong stands in the server's log, not on a visitor's screen.
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        # Tables are exported by our own buttons, which take the sting out of formulas.
        "client.disableDataExport": True,
        **THEME,
    }


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the application until it is stopped.

    :param settings: settings of the deployment.
    :param host: address to listen on; only this machine by default.
    :param port: port to listen on.
    """
    application(settings).run(config=configuration(host, port))


def _log_error(error: Exception) -> None:
    _log.error("A page failed.", exc_info=error)
