"""From a file to a release, killed at any place: nothing acknowledged is lost, nothing published twice or unapproved.

Also with several processes that publish at once, and on a full disk.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_inbox, open_journal
from graph_app.journal.events import EventType
from graph_app.journal.intake import take_in
from graph_app.journal.loads import loads_in_force
from graph_app.journal.verify import verify
from graph_app.releases.build import build
from graph_app.releases.intact import sound
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import submissions
from loaders.datasets import Dataset

STEWARD = Path(__file__).with_name("steward.py")
ORDER = ["submitted", "approved", "published", "released"]
#: States in which a submission has come at least as far as an acknowledgement said.
REACHED = {
    "submitted": {State.SUBMITTED, State.APPROVED, State.PUBLISHED},
    "approved": {State.APPROVED, State.PUBLISHED},
    "published": {State.PUBLISHED},
    "released": {State.PUBLISHED},
}
FIRST = "dataset: first\norganisations:\n  - {id: first, locator: line 1, name: {en: First}}\n"
COURSE = """\
dataset: {0}
organisations:
  - {{id: club, locator: line 1, name: {{en: Club of {0}}}}}
projects:
  - id: {0}
    locator: line 2
    title: {{en: Course {0}}}
    start: 2020
    participations: [{{organisation: club, role: partner}}]
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one small release."""
    folder = tmp_path_factory.mktemp("base")
    settings = Settings(home=folder / "home")
    file = folder / "first.yaml"
    file.write_text(FIRST, encoding="utf-8")
    assert take_in(file, Dataset("first", {"en": "First"}, "curated", "first"), settings).event
    build(settings)
    return settings.home


@pytest.fixture
def home(base: Path, tmp_path: Path) -> Path:
    shutil.copytree(base, tmp_path / "home", symlinks=True)
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(COURSE.format(name), encoding="utf-8")
    return tmp_path / "home"


class Host:
    """Runs the way again and again, each time in a fresh process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, home: Path, place: int) -> tuple[dict[str, int], int]:
        """Return what was acknowledged, each with the number of places until then, and how the process ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{home} {home.parent / 'one.yaml'} {place}\n")
        self._process.stdin.flush()
        acknowledged = {}
        for line in self._process.stdout:
            word, _, number = line.strip().partition(" ")
            if word == "ended":
                return acknowledged, int(number)
            acknowledged[word] = int(number)
        pytest.fail("the host ended")


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    command = [sys.executable, str(STEWARD)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Host(process)
        assert process.stdin is not None
        process.stdin.close()


def check(settings: Settings) -> dict[str, State]:
    """Check that the journal tells of nothing that may not be, and return where each submission stands."""
    verdict = verify(open_journal(settings).path)
    assert verdict.intact, verdict.faults
    inbox = open_inbox(settings)
    found = submissions(verdict.events)
    for submission in found.values():
        for file in submission.load.files:
            inbox.check(file.sha256)
        kinds = Counter(event.type for event in submission.events)
        assert set(kinds.values()) == {1}, f"something was written twice: {kinds}"
    own = {load.dataset.key for load in loads_in_force(verdict.events)} - {"first"}
    out = {one.load.dataset.key for one in found.values() if one.state is State.PUBLISHED}
    assert own == out, "something is in force that was not approved and published"
    assert sound(current_release(settings))
    return {submission.load.dataset.key: submission.state for submission in found.values()}


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["some", "every"])
def test_killed_at_any_place_nothing_is_lost_or_done_twice(every: bool, host: Host, home: Path, tmp_path: Path) -> None:
    trial = tmp_path / "trial" / "home"

    def fresh() -> Settings:
        shutil.rmtree(trial.parent, ignore_errors=True)
        shutil.copytree(home, trial, symlinks=True)
        shutil.copy(home.parent / "one.yaml", trial.parent)
        return Settings(home=trial)

    settings = fresh()
    places, code = host.run(trial, 0)
    assert (list(places), code) == (ORDER, 0)
    assert check(settings) == {"one": State.PUBLISHED}
    chosen = list(range(1, places["released"] + 1)) if every else some(places)
    killed: Counter[str] = Counter()
    for place in chosen:
        settings = fresh()
        acknowledged, code = host.run(trial, place)
        last = next(reversed(acknowledged), "nothing")
        killed[last] += code == -signal.SIGKILL
        assert code in {-signal.SIGKILL, 0}, place
        states = check(settings)
        if acknowledged:
            assert states["one"] in REACHED[last], f"acknowledged and lost at place {place}"
        acknowledged, code = host.run(trial, 0)
        assert (list(acknowledged), code) == (ORDER, 0)
        assert check(settings) == {"one": State.PUBLISHED}
        assert "one" in {dataset.key for dataset in current_release(settings).datasets}
    print(f"killed at {len(chosen)} of {places['released']} places; acknowledged before: {dict(killed)}")  # noqa: T201
    assert {"nothing", *ORDER[:-1]} <= set(killed), "nobody was killed in the middle"


def some(places: dict[str, int]) -> list[int]:
    """Choose places before each acknowledgement: the very last one, and one in the middle of what leads to it."""
    bounds = [0, *places.values()]
    return sorted({place for low, high in pairwise(bounds) for place in ((low + high + 1) // 2, high)})


def command(home: Path, *arguments: str, actor: str = "Eva", limit: int = 0) -> "subprocess.Popen[str]":
    environment = os.environ | {
        "INTGRAPH_HOME": str(home),
        "INTGRAPH_ACTOR": actor,
        "INTGRAPH_SECOND_PAIR": "on",
        "INTGRAPH_ROLES": "",
    }

    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    program = "from graph_app.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limited,  # noqa: PLW1509 - this process has no threads that hold locks
    )


def ran(home: Path, *arguments: str, actor: str = "Eva", limit: int = 0) -> tuple[int, str, str]:
    process = command(home, *arguments, actor=actor, limit=limit)
    said, errors = process.communicate(timeout=120)
    assert "Traceback" not in errors, errors
    return process.returncode, said, errors


def approved(home: Path, name: str) -> str:
    code, said, errors = ran(home, "submit", str(home.parent / f"{name}.yaml"), "--dataset", name, actor="Jana")
    assert code == 0, errors
    assert ran(home, "approve", said.split()[0])[0] == 0
    return said.split()[0]


def test_several_processes_that_publish_the_same_publish_it_once(home: Path) -> None:
    ident = approved(home, "one")
    processes = [command(home, "publish", ident) for _ in range(3)]
    outcomes = [(process.communicate(timeout=240), process.returncode) for process in processes]
    assert [code for _, code in outcomes] == [0, 0, 0], outcomes
    settings = Settings(home=home)
    assert {said for (said, _), _ in outcomes} == {f"{current_release(settings).version}\n"}
    assert check(settings) == {"one": State.PUBLISHED}


def test_processes_that_publish_different_things_at_once_publish_both(home: Path) -> None:
    idents = [approved(home, name) for name in ("one", "two")]
    processes = [command(home, "publish", ident) for ident in idents]
    outcomes = [(process.communicate(timeout=240), process.returncode) for process in processes]
    assert [code for _, code in outcomes] == [0, 0], outcomes
    settings = Settings(home=home)
    assert check(settings) == {"one": State.PUBLISHED, "two": State.PUBLISHED}
    assert {"one", "two"} <= {dataset.key for dataset in current_release(settings).datasets}


@pytest.mark.parametrize("room", [100, 700, 1_200, 1_400])
def test_where_the_journal_cannot_grow_nothing_is_acknowledged_and_all_works_later(home: Path, room: int) -> None:
    settings = Settings(home=home)
    limit = open_journal(settings).path.stat().st_size + room
    file = str(home.parent / "one.yaml")
    code, said, errors = ran(home, "submit", file, "--dataset", "one", actor="Jana", limit=limit)
    states = check(settings)
    assert (code, said) == (2, ""), (code, said, errors)
    assert "cannot be" in errors
    assert "Nothing was written down" in errors or "kept" in errors
    assert states.get("one") in {None, State.RECEIVED, State.VALIDATED}
    ident = approved(home, "one")
    assert ran(home, "publish", ident)[0] == 0
    assert check(settings) == {"one": State.PUBLISHED}


def test_a_publication_without_room_for_its_release_is_told_and_kept(home: Path) -> None:
    settings = Settings(home=home)
    ident = approved(home, "one")
    before = current_release(settings)
    code, said, errors = ran(home, "publish", ident, limit=open_journal(settings).path.stat().st_size + 2_000)
    assert (code, said) == (2, "")
    events = open_journal(settings).events()
    published = [event.seq for event in events if event.type is EventType.PUBLISHED and "submission" in event.details]
    assert f"Published one as event {published[0]}." in errors
    assert current_release(settings) == before
    assert check(settings) == {"one": State.PUBLISHED}
    assert ran(home, "publish", ident)[0] == 0
    assert "one" in {dataset.key for dataset in current_release(settings).datasets}
