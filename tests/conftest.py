"""The release of the curated data, made once a session, and the plain routes on a real server."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware

from graph_app.journal.intake import take_in_all
from graph_app.questions.current import current_engine
from graph_app.releases.build import build
from graph_app.releases.loading import write_part
from graph_app.releases.notes import hash_of
from graph_app.releases.publish import point_to
from graph_app.releases.release import CONTENT, CURRENT, STORE, Release, releases_folder, write_release
from graph_app.releases.report import BuildReport, Kind
from graph_app.settings import Settings
from graph_app.store.oxigraph import build_store
from graph_app.web.access import AccessLog
from graph_app.web.asking import Asking
from graph_app.web.compression import UncompressedFiles
from graph_app.web.routes import FILES, routes
from graph_app.web.security import SecurityHeaders
from tests.chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[1]
#: What takes longest comes first, so that at the end no worker is left alone with it.
FIRST = ("tests/acceptance/", "tests/browser/", "tests/remote/", "tests/test_import_rules.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture(scope="session")
def curated_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose current release holds the curated data of this repository."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), data=ROOT / "data")
    take_in_all(settings)
    build(settings)
    return settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a process: Playwright leaves a loop running, beside which it starts no other."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def release_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Settings]:
    """Make a release of sorted lines of N-Quads, and give settings whose current release it is."""

    def make(nquads: str) -> Settings:
        settings = Settings(home=tmp_path_factory.mktemp("home"))
        folder = releases_folder(settings) / "made"
        (folder / CONTENT).mkdir(parents=True)
        part = write_part(nquads.splitlines(keepends=True), folder, "made.nq")
        build_store(folder / STORE, folder / CONTENT / part.name)
        report = BuildReport(Kind.FULL, 0.0, {}, part.statements, 0)
        release = Release(
            "made", folder, hash_of([part]), datetime.now(UTC), part.statements, {}, parts=(part,), report=report
        )
        write_release(release, folder)
        point_to(releases_folder(settings) / CURRENT, folder)
        return settings

    return make


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Settings], str]]:
    """Serve the plain routes at an address of their own, which is given without slash; all end with the session."""
    with ExitStack() as running:
        yield lambda settings: running.enter_context(_served(settings))


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    middleware = [Middleware(AccessLog), Middleware(SecurityHeaders), Middleware(UncompressedFiles, below=FILES)]
    app = Starlette(routes=routes(settings, Asking(settings)), middleware=middleware)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        options = uvicorn.Config(app, log_level="error", ws="none", forwarded_allow_ips=settings.proxy)
        server = uvicorn.Server(options)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)
    current_engine(settings).close()
