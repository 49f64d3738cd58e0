"""``/query/SLUG``: a kept query, opened on the page Ask, or as SPARQL for programs."""

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_app.questions.saved import SavedError, read_saved
from graph_app.settings import Settings
from graph_app.web.negotiation import prefers_html
from graph_app.web.refusals import Refused
from graph_app.web.resource import Handler
from graph_app.web.validators import REVALIDATED

__all__ = ["saved_query"]


def saved_query(settings: Settings) -> Handler:
    """Return what answers for kept queries.

    :param settings: settings of the deployment.
    """

    async def answer(request: Request) -> Response:
        try:
            found = await run_in_threadpool(read_saved, settings.home, request.path_params["slug"])
        except SavedError as error:
            raise Refused(404, "not-found", str(error)) from error
        headers = {"Vary": "Accept", "Cache-Control": REVALIDATED}
        if prefers_html(request):
            return RedirectResponse(f"/ask?{urlencode({'saved': found.slug})}", status_code=303, headers=headers)
        return Response(found.text, media_type="application/sparql-query", headers=headers)

    return answer
