"""The bundles that run in the browser, as they were built beside the components."""

from importlib.resources import files
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from graph_app.web.refusals import Refused
from graph_app.web.validators import KEPT_BY_VERSION

__all__ = ["FRONT", "bundle"]

#: Below this path are the bundles; whoever asks for one names its hash, so that it may be kept.
FRONT = "/front/"
_FOLDER = Path(str(files("graph_app.components").joinpath("front", "dist")))


async def bundle(request: Request) -> Response:
    """Answer with a bundle.

    :param request: a request below :data:`FRONT`.
    :raises Refused: if there is no such bundle, or none was built.
    """
    name = request.path_params["name"]
    content = await run_in_threadpool(_read, name)
    if content is None:
        raise Refused(404, "not-found", f"There is no bundle {name[:80]}.")
    return Response(content, media_type="text/javascript", headers={"Cache-Control": KEPT_BY_VERSION})


def _read(name: str) -> bytes | None:
    known = {path.name: path for path in _FOLDER.glob("*.js")} if _FOLDER.is_dir() else {}
    return known[name].read_bytes() if name in known else None
