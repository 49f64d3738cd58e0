"""A real server on a release of data/, and a browser that notes what a page should not do."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.releases.release import Release
from graph_app.settings import Settings
from tests.chromium import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
#: Short enough for tests, long enough for every query of a page on a busy machine.
TIME_LIMIT = 6
_PATIENCE_MS = 60_000
#: What must not be there is not waited for.
_AT_ONCE_MS = 1_000
#: For so long nothing may run, so that what was drawn last is what stays.
_QUIET_MS = 450
#: Notes whether the server has said anything since the page asked it to run the script, which on a busy machine takes
#: longer than any pause. Messages that ask for that begin with this byte: field 11 of Streamlit's ``BackMsg``.
_NOTE_ASKED = """
  const {send} = WebSocket.prototype;
  window.unanswered = new Set();
  WebSocket.prototype.send = function (data) {
    if (new Uint8Array(data.buffer ?? data)[data.byteOffset ?? 0] === 0x5a) {
      window.unanswered.add(this);
      const heard = () => window.unanswered.delete(this);
      for (const kind of ["message", "close"]) this.addEventListener(kind, heard, {once: true});
    }
    return send.call(this, data);
  };
"""
#: Tells whether the script has not run for so long, and whether everything that it drew is there.
_QUIET = """([asked, long]) => {
  const shown = (name) => document.querySelector(`[data-testid="${name}"]`);
  const failed = shown("stException");
  const done = shown("stApp")?.dataset.testScriptState === "notRunning" && !window.unanswered.size;
  const quiet = (done && document.querySelector("h1") && !shown("stSkeleton")) || failed;
  if (!quiet || window.quiet?.asked !== asked) window.quiet = {asked, since: performance.now()};
  return quiet && (failed || performance.now() - window.quiet.since >= long);
}"""

# The five seconds of the library are too few where everything runs at once on a small machine.
expect.set_options(timeout=_PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@dataclass(frozen=True)
class Server:
    address: str
    release: Release


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=home, data=ROOT / "data")
    take_in_all(settings)
    release = build(settings)
    with serving(home, {"INTGRAPH_TIME_LIMIT": str(TIME_LIMIT)}) as address:
        yield Server(address, release)


@contextmanager
def serving(home: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """Run the app on a home with some settings; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "server.log"
    environment = os.environ | {"INTGRAPH_HOME": str(home)} | settings
    command = [sys.executable, "-c", "from graph_app.cli import main; main()", "app", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}/"
        await_answer(address + "health", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def await_answer(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')}")


class Visitor:
    """One person at one browser window; notes foreign requests, errors in the console and failed pages."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(_PATIENCE_MS)
        page.add_init_script(_NOTE_ASKED)
        page.on("request", self._note_request)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run, everything it drew is there, and nothing starts anew."""
        self.page.wait_for_function(_QUIET, arg=[time.monotonic_ns(), _QUIET_MS], polling=50, timeout=_PATIENCE_MS)
        expect(self.page.locator('[data-testid="stException"]')).to_have_count(0, timeout=_AT_ONCE_MS)

    def titled(self, title: str) -> None:
        """Wait for the page of this title; a choice leads to it by a second run of the script."""
        expect(self.page.locator("h1").first).to_have_text(title)
        self.settle()

    def link(self, name: str) -> None:
        """Follow a link of the page."""
        self.page.locator('[data-testid="stMain"]').get_by_role("link", name=name, exact=True).first.click()
        self.settle()

    def text(self) -> str:
        """Return what the page says, without the joiners that keep addresses in it from becoming links."""
        return self.page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")

    def choose(self, label: str, option: str) -> None:
        """Choose in a picker by typing and a click; Escape would clear what was chosen."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option).first.click()
        self.page.locator("h1").first.click()
        self.settle()

    def download(self, button: str) -> Path:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=button).first.click()
        return waiting.value.path()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        # Streamlit asks for its own files below the path of a page first, then at the root.
        asked = message.location.get("url", "")
        # While long queries run there is no vocabulary to complete from; the editor asks again.
        busy = "/vocabulary/" in asked and "503" in message.text
        if message.type == "error" and "/_stcore/" not in asked and not busy:
            self.errors.append(f"{message.text} ({asked})")


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
    someone = Visitor(context.new_page(), server.address)
    yield someone
    context.close()
    assert someone.foreign == []
    assert someone.errors == []
