"""``/health``: whether questions can be answered, for whatever watches the server."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph_app.questions.current import current_engine
from graph_app.questions.process import WorkerEnded
from graph_app.releases.release import NoRelease
from graph_app.settings import Settings
from graph_app.web.validators import NOT_KEPT

__all__ = ["Health"]


class Health:
    """Looks after the engine without asking it anything, so that a busy server is a healthy one.

    :param settings: settings of the deployment.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # A thread of its own: those of queries may all be waiting.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")

    async def __call__(self, _: Request) -> Response:
        """Answer a request."""
        status, document = await asyncio.get_running_loop().run_in_executor(self._thread, self._look)
        return JSONResponse(document, status_code=status, headers={"Cache-Control": NOT_KEPT})

    def _look(self) -> tuple[int, dict[str, str | int]]:
        try:
            with current_engine(self._settings).lease() as engine:
                release, workers, complete = engine.release, len(engine.worker_pids), engine.complete
        except NoRelease as error:
            return 503, {"status": "no release", "message": str(error)}
        except WorkerEnded as error:
            return 503, {"status": "no workers", "message": str(error)}
        told: dict[str, str | int] = {"release": release.version, "sha256": release.sha256, "workers": workers}
        told["store"] = "there" if complete else "being made"
        return (200, {"status": "ok", **told}) if workers else (503, {"status": "no workers", **told})
