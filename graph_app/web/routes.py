"""Plain HTTP routes beside the pages. They know nothing of Streamlit, so they can be mounted without it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from graph_app.settings import Settings
from graph_app.web.asking import Asking
from graph_app.web.embedding import PATHS
from graph_app.web.endpoint import Endpoint
from graph_app.web.entities import Entities
from graph_app.web.files import Files
from graph_app.web.front import FRONT, bundle
from graph_app.web.health import Health
from graph_app.web.rate import RateLimit
from graph_app.web.refusals import Refused
from graph_app.web.resource import resource
from graph_app.web.saved import saved_query
from graph_app.web.search import Search
from graph_app.web.vocabulary import VOCABULARY, VocabularyFile
from graph_app.web.wellknown import Described

__all__ = ["FILES", "routes"]

#: Below this path are files, which are sent as they are.
FILES = "/data/"

# Pages are drawn in the browser, so a crawler gains nothing from following every filter; those of entities say in their
# head what they are about.
_OPEN = ("/$", "/data/$", "/.well-known/void$", *(f"{path}?iri=" for path in sorted(PATHS)))
_ROBOTS = "\n".join(("User-agent: *", *(f"Allow: {path}" for path in _OPEN), "Disallow: /", ""))
_BELOW = (FILES, FRONT, VOCABULARY, "/query/", "/.well-known/")
_QUERIES = ("GET", "HEAD", "POST")


def routes(settings: Settings, asking: Asking) -> list[Route]:
    """Return the routes.

    :param settings: settings of the deployment.
    :param asking: runs what asks an engine.
    :returns: ``/sparql``, ``/id/…``, ``/search.json``, ``/data/…``, ``/query/…``, ``/vocabulary/…``,
        ``/.well-known/…``, ``/health``, ``/front/…``, ``/robots.txt``.
    """
    rate = RateLimit(settings.rate_limit)
    endpoint, entities, files = Endpoint(settings, asking), Entities(settings, asking), Files(settings)
    return [
        resource("/sparql", endpoint, methods=_QUERIES, rate=rate),
        resource("/sparql/", endpoint, methods=_QUERIES, rate=rate),
        resource("/id/{path:path}", entities, rate=rate),
        resource("/search.json", Search(settings, asking), rate=rate),
        resource("/data", _to_files, rate=rate),
        resource(FILES, files.list, rate=rate),
        resource(FILES + "{version}/{name}", files.file, rate=rate, compressed=False),
        resource("/.well-known/void", Described(settings), rate=rate),
        resource("/health", Health(settings)),
        resource("/robots.txt", _robots),
        resource(FRONT + "{name}", bundle),
        resource(VOCABULARY + "{version}/{language}", VocabularyFile(asking), rate=rate),
        resource("/query/{slug}", saved_query(settings), rate=rate),
        # Streamlit answers every path that it does not know with its page; below these there are no pages.
        *(
            resource(below + "{path:path}", _nothing)
            for below in (FILES, FRONT, VOCABULARY, "/query/", "/.well-known/")
        ),
        resource("/sitemap.xml", _nothing),
    ]


async def _to_files(_: Request) -> Response:
    return RedirectResponse(FILES, status_code=308)


async def _robots(_: Request) -> Response:
    return PlainTextResponse(_ROBOTS)


async def _nothing(request: Request) -> Response:
    raise Refused(404, "not-found", f"There is nothing at {request.url.path[:200]}.")
