import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph_app.questions.current import CurrentEngine, current_engine
from graph_app.questions.results import Table
from graph_app.releases.keeping import prune
from graph_app.releases.publish import point_to
from graph_app.releases.release import CURRENT, NoRelease, Release, releases_folder, write_release
from graph_app.releases.report import BuildReport, Kind
from graph_app.settings import Settings
from graph_app.store.oxigraph import build_store

VERSION = "SELECT ?v { <urn:release> <urn:version> ?v }"

Publish = Callable[[str], Release]


@pytest.fixture
def settings(tmp_path: Path, limits: Settings) -> Settings:
    return replace(limits, home=tmp_path / "home", time_limit=20.0)


@pytest.fixture
def publish(settings: Settings) -> Publish:
    """Puts a release that says its own version in place."""

    def make(version: str) -> Release:
        path = releases_folder(settings) / version
        path.mkdir(parents=True)
        created = datetime.now(tz=UTC)
        release = Release(version, path, "", created, 1, {}, report=BuildReport(Kind.FULL, 0.0, {}, 1, 0))
        content = path / "content.nq"
        content.write_text(f'<urn:release> <urn:version> "{version}" <urn:graph> .\n', encoding="utf-8")
        build_store(release.store, content)
        write_release(release, path)
        point_to(releases_folder(settings) / CURRENT, path)
        return release

    return make


@pytest.fixture
def current(settings: Settings) -> Iterator[CurrentEngine]:
    engine = CurrentEngine(settings)
    yield engine
    engine.close()


def version(current: CurrentEngine, client: str = "") -> str:
    with current.lease() as engine:
        table = engine.ask(VERSION, client=client)
        assert isinstance(table, Table)
        (row,) = table
        assert row["v"].value == table.release == engine.release.version
        return table.release


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - counted, not opened


def test_without_a_release_there_is_no_engine(current: CurrentEngine) -> None:
    with pytest.raises(NoRelease, match="intgraph build"), current.lease():
        pass


def test_whoever_asks_after_a_publication_gets_it(current: CurrentEngine, publish: Publish) -> None:
    for name in ("a", "b", "c"):
        publish(name)
        assert version(current) == name


def test_a_lease_keeps_its_release_and_the_last_one_ends_it(current: CurrentEngine, publish: Publish) -> None:
    publish("a")
    with current.lease() as before:
        publish("b")
        assert version(current) == "b"
        pids = before.worker_pids
        assert pids
        table = before.ask(VERSION)
        assert isinstance(table, Table)
        assert table.rows[0][0] is not None
        assert table.rows[0][0].value == "a"
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_broken_release_leaves_the_one_before_in_use(
    current: CurrentEngine, publish: Publish, settings: Settings
) -> None:
    publish("a")
    assert version(current) == "a"
    broken = publish("b")
    shutil.rmtree(broken.store)
    assert version(current) == "a"
    publish("c")
    deadline = time.monotonic() + 10
    while version(current) != "c":  # a failed move is not tried again at once
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert (releases_folder(settings) / CURRENT).readlink().name == "c"


def test_a_release_in_use_is_not_removed(current: CurrentEngine, publish: Publish, settings: Settings) -> None:
    publish("a")
    with current.lease():
        publish("b")
        assert version(current) == "b"
        assert prune(settings, 1).removed == ()
    assert prune(settings, 1).removed == ("a",)


def test_no_question_fails_while_twenty_releases_follow_each_other(
    current: CurrentEngine, publish: Publish, settings: Settings
) -> None:
    publish("r00")
    assert version(current) == "r00"
    open_before = descriptors()
    answers: list[list[str]] = [[] for _ in range(3)]
    failures: list[BaseException] = []
    pids: set[int] = set()
    done = threading.Event()

    def ask(place: int) -> None:
        try:
            while not done.is_set():
                answers[place].append(version(current, f"client {place}"))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has failed
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(answers))]
    for thread in threads:
        thread.start()
    for number in range(1, 21):
        publish(f"r{number:02}")
        deadline = time.monotonic() + 20
        while not failures and not any(f"r{number:02}" in answer[-50:] for answer in answers):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        with current.lease() as engine:
            pids |= set(engine.worker_pids)
        prune(settings, 2)
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    for answer in answers:
        assert answer == sorted(answer)  # nobody goes back to an older release
    assert len(set().union(*answers)) == 21
    with current.lease() as engine:
        left = {pid for pid in pids if Path(f"/proc/{pid}").exists()}
        assert left <= set(engine.worker_pids)
    assert descriptors() <= open_before + 12  # three more workers, with four each
    with suppress(NoRelease):
        current.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_process_has_one(settings: Settings, publish: Publish) -> None:
    publish("a")
    assert current_engine(settings) is current_engine(replace(settings))
    current_engine(settings).close()
