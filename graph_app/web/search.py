"""``/search.json``: what has a name, an identifier or a description, found by text and narrowed by facets."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph_app.questions.engine import Engine
from graph_app.questions.parameters import Parameter, ParameterError, parse
from graph_app.questions.searching import describe, search
from graph_app.search.find import MOST
from graph_app.search.layout import FACETS
from graph_app.search.phrases import LONGEST
from graph_app.settings import Settings
from graph_app.web.access import note
from graph_app.web.asking import Asking
from graph_app.web.refusals import Refused
from graph_app.web.validators import REVALIDATED, matches, not_modified, weak_tag
from loaders.findings import LANGUAGES

__all__ = ["Search"]

_USUAL, _LARGEST = 20, 100
_YEAR = "year"


class Search:
    """Answers searches.

    :param settings: settings of the deployment.
    :param asking: how to reach the engine.
    """

    def __init__(self, settings: Settings, asking: Asking) -> None:
        self._settings = settings
        self._asking = asking

    async def __call__(self, request: Request) -> Response:
        """Answer a request."""
        return await self._asking.ask(request, lambda engine, _: self._answer(request, engine))

    def _answer(self, request: Request, engine: Engine) -> Response:
        given = request.query_params
        text, language = given.get("q", ""), given.get("lang", LANGUAGES[0])
        if len(text) > LONGEST:
            raise Refused(400, "bad-search", f"q has {len(text)} characters; at most {LONGEST} are looked at.")
        if language not in LANGUAGES:
            raise Refused(400, "bad-search", f"lang is one of {', '.join(LANGUAGES)}, not {language[:20]}.")
        first, limit = _number(request, "first", 0, MOST), _number(request, "limit", _USUAL, _LARGEST)
        note(request.scope, release=engine.release.version)
        headers = {"Cache-Control": REVALIDATED, "Integration-Graph-Release": engine.release.version}
        # A release answers before it has its index; then the index answers better.
        how = "index" if engine.release.search.is_file() else "texts"
        headers["ETag"] = tag = weak_tag("search", how, engine.release.sha256, str(sorted(given.multi_items())))
        if matches(request, tag):
            return not_modified(headers)
        chosen = {name: [self._value(name, value) for value in given.getlist(name)] for name in FACETS}
        found = search(engine, text, chosen, first=first, limit=limit)
        return JSONResponse(describe(engine, found, language), headers=headers)

    def _value(self, name: str, value: str) -> str:
        if name == _YEAR:
            return value
        try:
            return parse(Parameter(name, "iri"), value, base=self._settings.base).value
        except ParameterError as error:
            raise Refused(400, "bad-search", str(error)) from error


def _number(request: Request, name: str, usual: int, most: int) -> int:
    value = request.query_params.get(name, str(usual))
    if not value.isascii() or not value.isdigit() or not int(value) <= most:
        raise Refused(400, "bad-search", f"{name} is a number from 0 to {most}, not {value[:20]}.")
    return int(value)
