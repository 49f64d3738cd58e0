"""``/id/…``: every IRI of this deployment opens at its own address, as a page for people and as RDF for programs."""

from urllib.parse import quote, unquote_to_bytes, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.errors import StoreInMaking
from graph_app.questions.parameters import bind, read
from graph_app.questions.results import Table
from graph_app.settings import Settings
from graph_app.web.access import note
from graph_app.web.asking import Asking
from graph_app.web.markup import escape, link, page
from graph_app.web.negotiation import RDF, Offer, accept_of, choose, prefers_html
from graph_app.web.refusals import Refused
from graph_app.web.validators import NOT_KEPT, REVALIDATED, matches, not_modified, weak_tag

__all__ = ["PAGES", "Entities", "alternates"]

#: First part of an IRI's path to the page of such entities; the page ``entity`` shows all others.
PAGES = frozenset(("organisation", "project", "programme"))
_ANY_PAGE = "entity"
#: First part of the IRIs of named graphs, which hold statements rather than being the subject of some.
_GRAPH = "graph"
#: The graph as a whole has its description elsewhere, at the address where crawlers look for it.
_WHOLE, _WHOLE_AT = "dataset/integration-graph", "/.well-known/void"
_LONGEST_PATH = 2_000


class Entities:
    """Leads from an IRI to what is known of its entity.

    :param settings: settings of the deployment.
    :param asking: how to reach the engine.
    """

    def __init__(self, settings: Settings, asking: Asking) -> None:
        self._settings = settings
        self._asking = asking

    async def __call__(self, request: Request) -> Response:
        """Answer a request."""
        html = prefers_html(request)
        offer = RDF[0] if html else choose(accept_of(request), RDF)
        try:
            path = _path(request)
            if path == _WHOLE:
                return RedirectResponse(_WHOLE_AT, status_code=303)
            response = await self._asking.ask(
                request,
                lambda engine, client: (
                    self._page(path, engine, client)
                    if html
                    else self._description(request, path, offer, engine, client)
                ),
            )
        except (Refused, StoreInMaking) as error:
            if not html:
                raise
            response = _excuse(error)
        response.headers.add_vary_header("Accept")
        return response

    def _page(self, path: str, engine: Engine, client: str) -> Response:
        iri = self._settings.base + path
        kind = path.partition("/")[0]
        self._refuse_unknown(iri, kind, engine, client)
        if (one := self._one_with(iri, engine, client)) is not None:
            return one
        if kind == _GRAPH:
            return RedirectResponse("/data/", status_code=303, headers={"Link": alternates(path)})
        name = kind if kind in PAGES else _ANY_PAGE
        return RedirectResponse(
            f"/{name}?{urlencode({'iri': iri})}", status_code=303, headers={"Link": alternates(path)}
        )

    def _description(self, request: Request, path: str, offer: Offer, engine: Engine, client: str) -> Response:
        iri = self._settings.base + path
        kind = path.partition("/")[0]
        release = engine.release
        note(request.scope, release=release.version)
        tag = weak_tag("entity", release.sha256, iri, offer)
        headers = {"ETag": tag, "Cache-Control": REVALIDATED, "Integration-Graph-Release": release.version}
        headers["Link"] = alternates(path)
        if matches(request, tag):
            return not_modified(headers)
        self._refuse_unknown(iri, kind, engine, client)
        if (one := self._one_with(iri, engine, client)) is not None:
            return one
        text = self._bound("graph-contents" if kind == _GRAPH else "description", iri)
        found = engine.respond(text, media=offer.writer, client=client)
        if found.truncated:
            headers |= {"Integration-Graph-Truncated": found.limit, "Integration-Graph-Notice": found.notice}
        return Response(found.body, headers=headers, media_type=offer.media)

    def _refuse_unknown(self, iri: str, kind: str, engine: Engine, client: str) -> None:
        known = engine.ask(self._bound("graph-known" if kind == _GRAPH else "known", iri), client=client)
        if not known:
            raise Refused(404, "not-found", f"The release {engine.release.version} says nothing about {iri}.")

    def _one_with(self, iri: str, engine: Engine, client: str) -> Response | None:
        """Lead to what an entity is one with in this release; nothing where it stands for itself."""
        if not engine.release.decisions:
            return None
        found = engine.answer(view("mention-of"), {"iri": [iri]}, client=client)
        for row in found if isinstance(found, Table) else ():
            whole = row["entity"].value
            if whole.startswith(self._settings.base):
                path = whole.removeprefix(self._settings.base)
                return RedirectResponse(f"/id/{path}", status_code=303, headers={"Cache-Control": REVALIDATED})
        return None

    def _bound(self, name: str, iri: str) -> str:
        question = view(name)
        return bind(question.text, read(question.params, {"iri": [iri]}, base=self._settings.base))


def _path(request: Request) -> str:
    """Return the path below the base as minted IRIs have it: each part percent-encoded, and no part empty.

    A client may have decoded what an IRI has encoded; both lead to the same entity.
    """
    raw = bytes(request.scope.get("raw_path") or quote(request.url.path).encode())
    parts = raw.partition(b"?")[0].split(b"/")[2:]
    try:
        keys = [unquote_to_bytes(part).decode("utf-8") for part in parts]
    except UnicodeDecodeError as error:
        raise Refused(400, "bad-address", "The address is not UTF-8.") from error
    # A client that means a part to be a path below it, or above, means no entity.
    if len(raw) > _LONGEST_PATH or len(keys) < 2 or any(not key or key in {".", ".."} for key in keys):
        raise Refused(
            400,
            "bad-address",
            "An entity's address is /id/, its type and its key, such as /id/organisation/curated/iom-prague.",
        )
    if any(not key.isprintable() for key in keys):
        raise Refused(400, "bad-address", "The address has characters that cannot be shown.")
    return "/".join(quote(key, safe="") for key in keys)


def alternates(path: str) -> str:
    """Return where an entity's statements are in each format, as the header ``Link`` has it.

    :param path: path of the entity below the base, as minted.
    """
    formats = [f'</id/{path}>; rel="alternate"; type="{offer.media}"' for offer in RDF]
    return ", ".join((*formats, f'</id/{path}>; rel="alternate"; type="text/html"'))


def _excuse(error: Refused | StoreInMaking) -> Response:
    title = "Not found" if error.status == 404 else "Not answered"
    body = f"<p>{escape(str(error))}</p><p>{link('/', 'Search the graph')}</p>"
    response = page(title, body, status=error.status)
    response.headers.update(error.headers if isinstance(error, Refused) else {"Retry-After": str(error.again)})
    response.headers["Cache-Control"] = NOT_KEPT
    return response
