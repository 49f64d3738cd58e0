"""``/data/``: every release that is kept, with its files, to take away whole."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence

from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from graph_app.releases.keeping import use
from graph_app.releases.release import Release, current_release, releases
from graph_app.settings import Settings
from graph_app.web.access import note
from graph_app.web.listing import ARCHIVE, listing_document, listing_page
from graph_app.web.negotiation import Offer, accept_of, choose, prefers_html
from graph_app.web.refusals import Refused
from graph_app.web.validators import KEPT_BY_VERSION, REVALIDATED, matches, not_modified

__all__ = ["Files"]

_CURRENT = "current"
_QUADS = "application/n-quads"
_GZIP = "application/gzip"
_JSON = (Offer("application/json", "application/json"),)
#: Read and compressed at once: large enough to be quick, small enough that a download takes no memory.
_CHUNK = 256 * 1024
_LEVEL = 6
#: Archives that are compressed at the same time; more would take the processor from those who ask.
_ARCHIVES = 2


class Files:
    """Lists releases and gives their files.

    :param settings: settings of the deployment.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._archives = asyncio.Semaphore(_ARCHIVES)

    async def list(self, request: Request) -> Response:
        """List the releases."""
        html = prefers_html(request, _JSON)
        if not html:
            choose(accept_of(request), _JSON)
        current, kept = await asyncio.to_thread(self._kept)
        headers = {"Cache-Control": REVALIDATED, "Integration-Graph-Release": current.version}
        response = listing_page(current, kept) if html else JSONResponse(listing_document(current, kept))
        response.headers.update(headers)
        response.headers.add_vary_header("Accept")
        return response

    async def file(self, request: Request) -> Response:
        """Give one file of one release."""
        version, name = request.path_params["version"], request.path_params["name"]
        if version == _CURRENT:
            release = await asyncio.to_thread(current_release, self._settings)
            if name != ARCHIVE and name not in release.files:
                raise _no_file(release, name)
            headers = {"Cache-Control": REVALIDATED}
            return RedirectResponse(f"/data/{release.version}/{name}", status_code=307, headers=headers)
        _, kept = await asyncio.to_thread(self._kept)
        # Only what the release itself lists has an address: no name of a client ever becomes part of a path.
        found = next((release for release in kept if release.version == version), None)
        if found is None:
            raise Refused(404, "not-found", "There is no such release any more. /data/ lists those that are kept.")
        note(request.scope, release=found.version)
        if name == ARCHIVE:
            return self._archive(request, found)
        return await asyncio.to_thread(_plain, request, found, name)

    def _kept(self) -> tuple[Release, Sequence[Release]]:
        current = current_release(self._settings)
        others = [release for release in releases(self._settings) if release.version != current.version]
        # Files of a release that only a remote engine holds are not on this machine.
        return current, [release for release in (current, *others) if release.content.is_dir()]

    def _archive(self, request: Request, release: Release) -> Response:
        tag = f'"{release.sha256}-gz"'
        headers = _headers(release, tag) | {"Content-Disposition": f'attachment; filename="{release.version}.nq.gz"'}
        if matches(request, tag):
            return not_modified(headers)
        if request.method == "HEAD":
            return StreamingResponse(iter(()), headers=headers, media_type=_GZIP)
        return StreamingResponse(self._compressed(release), headers=headers, media_type=_GZIP)

    async def _compressed(self, release: Release) -> AsyncIterator[bytes]:
        async with self._archives:
            async for chunk in iterate_in_threadpool(_gzip(release)):
                yield chunk


def _plain(request: Request, release: Release, name: str) -> Response:
    if name not in release.files:
        raise _no_file(release, name)
    tag = f'"{release.files[name]}"'
    headers = _headers(release, tag) | {"Integration-Graph-SHA256": release.files[name]}
    if matches(request, tag):
        return not_modified(headers)
    return _Held(release, name, headers)


class _Held(FileResponse):
    """A file of a release that is not removed while it is sent."""

    def __init__(self, release: Release, name: str, headers: dict[str, str]) -> None:
        path = release.content / name
        super().__init__(path, headers=headers, media_type=_QUADS, stat_result=path.stat())
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with use(self._release):
            await super().__call__(scope, receive, send)


def _gzip(release: Release) -> Iterator[bytes]:
    """Compress the files of a release one after another into one stream; the same files give the same bytes."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    with use(release):
        for path in release.content_files:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    if packed := packer.compress(chunk):
                        yield packed
    yield packer.flush()


def _headers(release: Release, tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": KEPT_BY_VERSION, "Integration-Graph-Release": release.version}


def _no_file(release: Release, name: str) -> Refused:
    names = ", ".join((*release.files, ARCHIVE))
    return Refused(404, "not-found", f"The release {release.version} has no file {name[:100]!r}. It has {names}.")
