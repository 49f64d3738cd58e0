"""Plain HTTP routes beside the pages. They know nothing of Streamlit, so they can be mounted without it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from graph_app.releases.release import NoRelease, current_release
from graph_app.settings import Settings

__all__ = ["routes"]

# Pages are drawn in the browser, so a crawler gains nothing from following every filter.
_ROBOTS = "User-agent: *\nAllow: /$\nDisallow: /\n"


def routes(settings: Settings) -> list[Route]:
    """Return the routes.

    :param settings: settings of the deployment.
    :returns: ``/health`` and ``/robots.txt``.
    """

    def health(_: Request) -> Response:
        try:
            release = current_release(settings)
        except NoRelease as error:
            return JSONResponse({"status": "no release", "message": str(error)}, status_code=503)
        return JSONResponse({"status": "ok", "release": release.version, "sha256": release.sha256})

    def robots(_: Request) -> Response:
        return PlainTextResponse(_ROBOTS)

    return [Route("/health", health), Route("/robots.txt", robots)]
