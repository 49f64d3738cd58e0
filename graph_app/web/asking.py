"""Ask the current release from a route: in a thread, so that the server goes on, and in turn, so that all get one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.requests import Request

from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.settings import Settings
from graph_app.web.rate import Turnstile, client_of

__all__ = ["Asking"]

_Given = TypeVar("_Given")

#: Threads that wait for answers; a waiting thread costs little, and workers are what really limits queries.
_THREADS = 48


class Asking:
    """Runs what asks an engine outside the event loop.

    :param settings: settings of the deployment.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turnstile = Turnstile()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="query")

    async def ask(self, request: Request, question: Callable[[Engine, str], _Given]) -> _Given:
        """Run a function with the engine on the current release, which stays open as long as it runs.

        :param request: the request that it is for.
        :param question: given the engine, and who asks.
        :returns: what it returns.
        :raises graph_app.web.refusals.Refused: if the client asks too much at once.
        :raises graph_app.releases.release.NoRelease: if there is no release.
        :raises graph_app.questions.errors.QueryError: if there is no answer.
        """
        client = client_of(request)

        def run() -> _Given:
            with current_engine(self._settings).lease() as engine:
                return question(engine, client)

        async with self._turnstile.enter(client):
            return await asyncio.get_running_loop().run_in_executor(self._threads, run)
