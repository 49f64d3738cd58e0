"""``/vocabulary/VERSION/LANGUAGE``: what the editor of queries completes from, asked once a release."""

import threading
from collections.abc import Sequence
from dataclasses import astuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph_app.questions.engine import Engine
from graph_app.questions.vocabulary import Vocabulary, Word, vocabulary
from graph_app.web.asking import Asking
from graph_app.web.refusals import Refused
from graph_app.web.validators import KEPT_BY_VERSION
from loaders.findings import LANGUAGES
from loaders.vocabulary import prefixes

__all__ = ["VOCABULARY", "VocabularyFile"]

#: Below this path stands the vocabulary of the release that answers now.
VOCABULARY = "/vocabulary/"
_WORDS = {
    "en": {"class": "class", "predicate": "property", "thing": "named thing", "language": "en"},
    "cs": {"class": "třída", "predicate": "vlastnost", "thing": "pojmenovaná věc", "language": "cs"},
}


class VocabularyFile:
    """Gathers the vocabulary once a release and language.

    :param asking: how to reach the engine.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._lock = threading.Lock()
        self._known: dict[str, Vocabulary] = {}

    async def __call__(self, request: Request) -> Response:
        """Answer a request.

        :raises Refused: if the release is not the one that answers now, or there is no such language.
        """
        version, language = request.path_params["version"], request.path_params["language"]
        if language not in LANGUAGES:
            raise Refused(404, "not-found", f"There are names in {' and '.join(LANGUAGES)}, not in {language[:20]}.")
        found = await self._asking.ask(request, lambda engine, _: self._gathered(engine, version, language))
        document = {
            "release": found.release,
            "prefixes": prefixes(),
            "classes": _told(found.classes),
            "predicates": _told(found.predicates),
            "things": _told(found.things),
            "words": _WORDS[language],
        }
        return JSONResponse(document, headers={"Cache-Control": KEPT_BY_VERSION})

    def _gathered(self, engine: Engine, version: str, language: str) -> Vocabulary:
        if engine.release.version != version:
            now = engine.release.version
            raise Refused(404, "not-found", f"The release that answers is {now}, not {version[:80]}.")
        with self._lock:  # two that come at once wait for one gathering
            known = self._known.get(language)
            if known is None or known.release != version:
                known = self._known[language] = vocabulary(engine, language)
        return known


def _told(words: Sequence[Word]) -> list[tuple[str, str, int]]:
    return [astuple(word) for word in words]
