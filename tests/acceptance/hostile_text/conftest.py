"""An app whose graph says nothing but hostile texts, published as a steward publishes, and a visitor who listens."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.publication import publish
from graph_app.stewardship.releasing import make_release
from graph_app.stewardship.review import approve, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submit import submit
from loaders.findings import Severity
from tests.acceptance.hostile_text.entry import write_entry
from tests.acceptance.hostile_text.texts import accepted, payloads
from tests.browser.conftest import Visitor, serving
from tests.chromium import CHROMIUM

_HERE = Path(__file__).parent
#: A name for files and sheets, as long as a sheet's may be and without what neither may hold.
NAME = "<svg onload=ran(42)>'\"\u202egpj"
JANA, EVA = Actor("<img src=x onerror=ran(43)>@example.org", EVERY_ROLE), Actor("eva@example.org", EVERY_ROLE)
SAID = " ".join(payloads())
#: How far apart texts are that the short form puts into every field.
SOME = 12
#: What a page would call if a text ran in it; frames and what is written into them have it too.
HEARD = """
for (const name of ["ran", "alert", "confirm", "prompt"])
    globalThis[name] = (...told) => globalThis.heardRunning(`${name} ${told} at ${location.href}`);
"""

#: Resolves when the script has run for the new address.
_GO = """
path => new Promise((resolve, reject) => {
  const app = document.querySelector('[data-testid="stApp"]');
  let ran = false;
  const watch = new MutationObserver(() => {
    const rests = app.dataset.testScriptState === "notRunning";
    if (ran && rests) {
      watch.disconnect();
      resolve();
    }
    ran ||= !rests;
  });
  watch.observe(app, { attributeFilter: ["data-test-script-state"] });
  setTimeout(() => reject(new Error(`nothing was drawn for ${path}`)), 60_000);
  history.pushState({}, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
})
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [item for item in items if not _is_said_twice(item)]
    for item in items:
        if Path(item.fspath).parent == _HERE and CHROMIUM is None and "test_pages" in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


def _is_said_twice(item: pytest.Item) -> bool:
    """Tell whether a test is of the long form, which looks at all texts, and would look at some of them before."""
    chosen = getattr(item, "callspec", None)
    of_some = chosen is not None and chosen.params.get("published") == SOME
    return Path(item.fspath).parent == _HERE and of_some and item.get_closest_marker("soak") is not None


@dataclass(frozen=True)
class Published:
    """A running app whose graph says nothing but hostile texts.

    :param address: where it is, with a slash at its end.
    :param base: base of the IRIs of its entities, without their kind.
    :param key: key of the dataset that was published.
    :param step: how far apart texts are that are in every field.
    """

    address: str
    base: str
    key: str
    step: int

    def page(self, kind: str, key: str, page: str = "") -> str:
        return f"{page or kind}?{urlencode({'iri': f'{self.base}{kind}/{self.key}/{key}'})}"


@pytest.fixture(scope="session", params=[SOME, pytest.param(1, marks=pytest.mark.soak)], ids=["some", "all"])
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(home=folder / "home", data=folder / "data")
    entry = folder / NAME
    write_entry(entry, accepted(), request.param)
    outcome = submit(entry, JANA, settings, comment=SAID)
    wrong = [found for found in outcome.examination.findings if found.severity is Severity.VIOLATION]
    assert (outcome.submission.state, wrong) == (State.SUBMITTED, [])
    approve(outcome.submission.id, EVA, settings, comment=SAID)
    publish(outcome.submission.id, JANA, settings)
    make_release(settings)
    for number, decided in enumerate((False, True)):  # one waits, one was sent back
        other = folder / f"{number} {NAME}.csv"
        other.write_text(f'Id,Name (en)\nx-{number},"{payloads()[4]}"\n', encoding="utf-8")
        waits = submit(other, JANA, settings, comment=SAID).submission
        if decided:
            reject(waits.id, EVA, settings, reason=SAID)
    current_engine(settings).close()
    with serving(settings.home, {}) as address:
        yield Published(address, settings.base, outcome.submission.load.dataset.key, request.param)


class Listener(Visitor):
    """A visitor who hears of every script that ran."""

    def __init__(self, page: Page, address: str, ran: list[str]) -> None:
        self.ran = ran
        super().__init__(page, address)
        page.on("dialog", self._dismiss)

    def go(self, path: str) -> None:
        """Go to another entity of the same page without loading the app anew, as a link does."""
        self.page.evaluate(_GO, path)

    def hears_nothing(self) -> None:
        self.page.wait_for_timeout(200)  # for what starts late: animations, failed images
        assert (self.ran, self.foreign) == ([], [])

    def _dismiss(self, dialog: Dialog) -> None:
        self.ran.append(f"{dialog.type} {dialog.message}")
        dialog.dismiss()


@pytest.fixture(scope="session")
def listener(browser: Browser, published: Published) -> Iterator[Listener]:
    ran: list[str] = []
    context = listening(browser, ran)
    yield Listener(context.new_page(), published.address, ran)
    context.close()


def listening(browser: Browser, ran: list[str]) -> BrowserContext:
    """Return a browser that tells what ran in its pages and frames."""

    def hear(said: str) -> None:
        ran.append(said)

    context = browser.new_context(bypass_csp=True, viewport={"width": 1360, "height": 2400}, locale="en-GB")
    context.expose_function("heardRunning", hear)
    context.add_init_script(HEARD)
    return context
