"""``intgraph app``: open the pages in a browser."""

from typing import Annotated

import typer

from graph_app.cli.console import told

__all__ = ["command"]


def command(
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on.")] = 8501,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
) -> None:
    """Start the app on the current release."""
    with told():
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings
        from graph_app.web.server import serve

        settings = load_settings()
        current_release(settings)
        serve(settings, host, port)
