"""``/sparql``: the SPARQL 1.1 Protocol, for queries."""

import hashlib

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QuerySyntaxError
from graph_app.questions.responses import Response as Answered
from graph_app.questions.responses import kind_of
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.web.access import note
from graph_app.web.asking import Asking
from graph_app.web.negotiation import RDF, TABLES, Offer, accept_of, choose, prefers_html
from graph_app.web.protocol import ProtocolQuery, read_query
from graph_app.web.refusals import answer_to
from graph_app.web.repeatable import repeatable
from graph_app.web.service import describe_service
from graph_app.web.validators import NOT_KEPT, REVALIDATED, matches, not_modified, weak_tag

__all__ = ["Endpoint"]

#: Most characters of a reason.
_REASON = 200


class Endpoint:
    """Answers queries, and tells what it can do where there is none.

    :param settings: settings of the deployment.
    :param asking: how to reach the engine.
    """

    def __init__(self, settings: Settings, asking: Asking) -> None:
        self._settings = settings
        self._asking = asking

    async def __call__(self, request: Request) -> Response:
        """Answer a request."""
        try:
            asked = await read_query(request)
            if asked is None:
                return await self._describe(request)
            note(request.scope, query=hashlib.sha256(asked.text.encode()).hexdigest()[:16])
            offer = choose(accept_of(request), RDF if kind_of(asked.text) == "triples" else TABLES)
            response = await self._asking.ask(
                request, lambda engine, client: self._answer(request, asked, offer, engine, client)
            )
        except Exception as error:  # noqa: BLE001 - turned into the answer that all addresses give
            response = answer_to(error, seconds=self._settings.time_limit)
        response.headers.add_vary_header("Accept")
        return response

    def _answer(self, request: Request, asked: ProtocolQuery, offer: Offer, engine: Engine, client: str) -> Response:
        release = engine.release
        note(request.scope, release=release.version)
        headers = {"Integration-Graph-Release": release.version, "Cache-Control": NOT_KEPT}
        tag = self._tag(request, asked, offer, release)
        if tag:
            headers |= {"ETag": tag, "Cache-Control": REVALIDATED}
            if matches(request, tag):
                return not_modified(headers)
        # Relative IRIs of a query are those of this deployment: <organisation/curated/iom> is enough.
        before = f"BASE <{self._settings.base}> "
        try:
            found = engine.respond(
                before + asked.text,
                media=offer.writer,
                client=client,
                default_graphs=asked.default_graphs,
                named_graphs=asked.named_graphs,
            )
        except QuerySyntaxError as error:
            column = error.column - (len(before) if error.line == 1 else 0)
            raise QuerySyntaxError(error.message, error.line, max(1, column)) from error
        headers |= _answered(found)
        if found.truncated:
            headers |= {"Integration-Graph-Truncated": found.limit, "Integration-Graph-Notice": found.notice}
            headers["Cache-Control"] = NOT_KEPT
            headers.pop("ETag", None)
        return Response(found.body, headers=headers, media_type=offer.media)

    def _tag(self, request: Request, asked: ProtocolQuery, offer: Offer, release: Release) -> str:
        if request.method == "POST" or not repeatable(asked.text):
            return ""
        return weak_tag(release.sha256, asked, offer, self._settings.base)

    async def _describe(self, request: Request) -> Response:
        if prefers_html(request):
            return RedirectResponse("/ask", status_code=303)
        offer = choose(accept_of(request), RDF)
        return await self._asking.ask(
            request, lambda engine, _: describe_service(request, engine.release, self._settings, offer)
        )


def _answered(found: Answered) -> dict[str, str]:
    """Say who answered, how quickly and why; a reason may quote what no header can hold."""
    reason = " ".join(found.reason.encode("ascii", "replace").decode().split())
    return {
        "Integration-Graph-Engine": found.engine,
        "Integration-Graph-Reason": reason[:_REASON],
        "Server-Timing": f"{found.engine};dur={found.seconds * 1000:.1f}",
    }
