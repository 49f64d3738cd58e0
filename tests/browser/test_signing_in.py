"""People sign in at an OpenID Connect provider of our own, behind a reverse proxy, and do what their roles allow."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request, expect

from graph_app.journal.deployment import open_journal
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role
from graph_app.stewardship.submit import submit
from tests.browser.conftest import TIME_LIMIT, Server, Visitor, await_answer, serving
from tests.browser.relay import relaying

#: Subject to claims. The last one says to be somebody whom the provider has not asked.
PEOPLE = {
    "jana-1": {"email": "Jana@example.org", "email_verified": True},
    "eva-2": {"email": "eva@example.org", "email_verified": True},
    "mallory-3": {"email": "eva@example.org", "email_verified": False},
}
ROLES = "jana@example.org: [steward]\neva@example.org: [reviewer]\n"
SIGN_IN = {
    "INTGRAPH_TIME_LIMIT": str(TIME_LIMIT),
    "INTGRAPH_SECOND_PAIR": "on",
    "INTGRAPH_PROXY": "127.0.0.1",
    "INTGRAPH_OIDC_CLIENT": "graph",
    "INTGRAPH_OIDC_CLIENT_SECRET": "of the client",
    "INTGRAPH_OIDC_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
}


@dataclass(frozen=True)
class Deployment:
    address: str
    provider: str
    home: Path
    roles: Path


class Person(Visitor):
    """Somebody at a browser of their own."""

    def __init__(self, browser: Browser, deployment: Deployment) -> None:
        self.context = browser.new_context(viewport={"width": 1360, "height": 1000}, locale="en-GB")
        # The provider's own page would like a style sheet from elsewhere.
        self.context.route("https://**", lambda route: route.abort())
        self.provider = deployment.provider
        super().__init__(self.context.new_page(), deployment.address)

    def _note_request(self, request: Request) -> None:
        if not self.page.url.startswith(self.provider) and not request.url.startswith(self.provider):
            super()._note_request(request)

    def _note_console(self, message: ConsoleMessage) -> None:
        if not self.page.url.startswith(self.provider):
            super()._note_console(message)

    def sign_in(self, subject: str) -> None:
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(f"{self.provider}**")
        self.page.get_by_role("button", name=subject, exact=True).click()
        self.page.wait_for_url(f"{self.address}**")
        self.settle()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out", exact=True).click()
        self.page.wait_for_url(f"{self.provider}**")
        self.page.get_by_role("button", name="End session").click()
        self.page.wait_for_url(f"{self.address}**")
        self.settle()

    def upload(self, path: Path) -> None:
        self.open("entries")
        self.page.locator('[data-testid="stFileUploader"] input').set_input_files(path)
        expect(self.page.get_by_text("This entry is ready for review.")).to_be_visible()
        self.settle()

    def reads(self, text: str) -> None:
        """Wait until the page says something; joiners keep addresses in it from becoming links."""
        told = re.escape(text).replace("@", "@\u2060?").replace("\\ ·", "\\ *·")
        expect(self.page.locator('[data-testid="stMain"]')).to_have_text(re.compile(told))

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str, said: str) -> None:
        self.button(name).click()
        expect(self.page.get_by_text(said)).to_be_visible()
        self.settle()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A process of its own, as providers are; gives its address."""
    log = tmp_path_factory.mktemp("provider") / "provider.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    for subject, claims in PEOPLE.items():
        command += ["--user-claims", json.dumps({"sub": subject, **claims})]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process:
        try:
            address = f"http://127.0.0.1:{port}/"
            await_answer(f"{address}.well-known/openid-configuration", process, log)
            yield address
        finally:
            process.terminate()


@contextmanager
def deployed(home: Path, provider: str, **settings: str) -> Iterator[Deployment]:
    roles = home / "roles.yaml"
    roles.write_text(ROLES, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        told = SIGN_IN | {
            "INTGRAPH_ROLES": str(roles),
            "INTGRAPH_OIDC_METADATA": f"{provider}.well-known/openid-configuration",
            "INTGRAPH_OIDC_REDIRECT": f"{address}oauth2callback",
        }
        with serving(home, told | settings) as behind:
            parts = urlsplit(behind)
            with relaying(listener, str(parts.hostname), int(parts.port or 0)):
                yield Deployment(address, provider, home, roles)


@pytest.fixture(scope="module")
def deployment(server: Server, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A copy of the server's home, so that what is published is nobody else's."""
    home = tmp_path_factory.mktemp("signing in") / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    with deployed(home, provider) as deployment:
        yield deployment


@pytest.fixture
def person(browser: Browser, deployment: Deployment) -> Iterator[Person]:
    someone = Person(browser, deployment)
    yield someone
    someone.context.close()
    assert someone.foreign == []
    assert someone.errors == []


def acted(deployment: Deployment) -> list[tuple[str, str]]:
    events = open_journal(Settings(home=deployment.home)).events()
    return [(event.type.value, event.actor) for event in events if "submission" in event.details]


def test_a_steward_hands_in_and_a_reviewer_publishes(person: Person, deployment: Deployment, tmp_path: Path) -> None:
    path = tmp_path / "projects.csv"
    path.write_text("Id,Title (en),Start,Countries\nbridges,Bridges,2024-01,Czechia\n", encoding="utf-8")

    person.upload(path)
    expect(person.button("Hand in for review")).to_have_count(0)
    person.reads("Sign in at the top of the page")
    assert "You act as" not in person.text(), "whoever sits at the machine is nobody special"
    person.open("review")
    person.reads("Sign in at the top of the page")

    person.open("organisation?lang=cs")
    person.open("entries?lang=en")
    person.sign_in("jana-1")
    assert person.page.url.startswith(f"{deployment.address}entries"), "back where they were"
    person.reads("jana@example.org · steward")
    person.upload(path)
    person.press("Hand in for review", "Handed in.")
    person.open("review")
    expect(person.button("Approve")).to_have_count(0)
    person.reads("Somebody else has to decide on this.")
    person.sign_out()
    assert person.page.url.startswith(f"{deployment.address}review"), "back where they were"
    person.reads("Sign in at the top of the page")

    person.sign_in("mallory-3")
    person.reads("mallory-3 · viewer")  # an address that nobody has verified gives no role
    person.reads("You are neither steward nor reviewer here.")
    person.sign_out()

    person.sign_in("eva-2")
    person.reads("eva@example.org · reviewer")
    person.press("Approve", "Approved.")
    person.press("Publish", "Published: the graph has a new release with it.")
    assert acted(deployment)[-5:] == [
        ("received", "jana@example.org"),
        ("validated", "jana@example.org"),
        ("submitted", "jana@example.org"),
        ("approved", "eva@example.org"),
        ("published", "eva@example.org"),
    ]
    cookies = {cookie["name"]: cookie for cookie in person.context.cookies(deployment.address)}
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"
    assert "intgraph_return" not in cookies


def test_a_click_counts_for_what_somebody_may_now(person: Person, deployment: Deployment, tmp_path: Path) -> None:
    """Pages that were drawn before: a role is taken away, and somebody signs out in another window."""
    path = tmp_path / "projects.csv"
    path.write_text("Id,Title (en),Start,Countries\nclicks,Clicks,2024-01,Czechia\n", encoding="utf-8")
    submit(path, Actor("jana@example.org", frozenset({Role.STEWARD})), Settings(home=deployment.home))
    before = acted(deployment)
    person.open("review")
    person.sign_in("eva-2")
    expect(person.button("Approve")).to_be_enabled()
    deployment.roles.write_text(ROLES.replace("reviewer", "viewer"), encoding="utf-8")
    person.button("Approve").click()
    expect(person.page.get_by_text("You are neither steward nor reviewer here.")).to_be_visible()
    person.reads("eva@example.org · viewer")
    assert acted(deployment) == before

    deployment.roles.write_text(ROLES, encoding="utf-8")
    person.open("review")
    expect(person.button("Approve")).to_be_enabled()
    other = person.context.new_page()
    other.goto(f"{deployment.address}quality")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.get_by_role("button", name="End session").click()
    other.wait_for_url(f"{deployment.address}quality*")
    other.close()
    person.button("Approve").click()
    expect(person.page.get_by_text("Your sign-in has ended.")).to_be_visible()
    expect(person.button("Approve")).to_have_count(0)
    assert acted(deployment) == before


@pytest.mark.soak
def test_a_sign_in_ends_by_itself(browser: Browser, server: Server, provider: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    with deployed(home, provider, INTGRAPH_OIDC_LIFETIME="8") as deployment:
        person = Person(browser, deployment)
        person.open("review")
        person.sign_in("eva-2")
        expect(person.page.get_by_text("Nothing was handed in yet.").or_(person.button("Sign in"))).to_be_visible()
        person.page.wait_for_timeout(8_000)
        person.open("review")
        person.reads("Your sign-in has ended.")
        person.reads("Sign in at the top of the page")
        person.sign_in("eva-2")
        person.reads("eva@example.org · reviewer")
        person.context.close()


def test_a_provider_that_is_gone_is_told_and_pages_stay_open(browser: Browser, server: Server, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(server.release.path.parents[1], home, symlinks=True, ignore=shutil.ignore_patterns("server.log"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{free.getsockname()[1]}/"
    with deployed(home, gone) as deployment:
        someone = Person(browser, deployment)
        someone.open("entries?lang=en")
        someone.button("Sign in").click()
        expect(someone.page.get_by_text("cannot be reached")).to_be_visible()
        assert someone.page.url.startswith(deployment.address)
        someone.open("review?lang=cs")
        someone.button("Přihlásit se").click()
        expect(someone.page.get_by_text("není dostupný")).to_be_visible()
        someone.context.close()
        assert someone.foreign == []
