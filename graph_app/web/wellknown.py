"""``/.well-known/void``: what the graph holds and where, in the vocabularies made for that."""

import asyncio

from rdflib import Graph
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_app.releases.release import current_release
from graph_app.releases.void import describe
from graph_app.settings import Settings
from graph_app.web.negotiation import RDF, Offer, accept_of, choose, prefers_html
from graph_app.web.rdf import rdf_response
from graph_app.web.validators import REVALIDATED, matches, not_modified, weak_tag

__all__ = ["Described"]


class Described:
    """Describes the current release.

    :param settings: settings of the deployment.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def __call__(self, request: Request) -> Response:
        """Answer a request."""
        if prefers_html(request):
            response: Response = RedirectResponse("/data/", status_code=303)
            response.headers.add_vary_header("Accept")
            return response
        offer = choose(accept_of(request), RDF)
        response = await asyncio.to_thread(self._write, request, offer)
        response.headers.add_vary_header("Accept")
        return response

    def _write(self, request: Request, offer: Offer) -> Response:
        release = current_release(self._settings)
        tag = weak_tag("void", release.version, release.sha256, self._settings.base, offer)
        headers = {"ETag": tag, "Cache-Control": REVALIDATED, "Integration-Graph-Release": release.version}
        if matches(request, tag):
            return not_modified(headers)
        turtle = describe(release, self._settings.base)
        graph = Graph(bind_namespaces="none").parse(data=turtle, format="turtle", publicID=self._settings.base)
        return rdf_response(graph, offer, headers)
