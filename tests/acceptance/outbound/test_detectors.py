"""The detectors notice what they are there for; else the silence of all other tests here would prove nothing."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.request import urlopen

import pytest

from graph_app.store.oxigraph import OxigraphStore, build_store, open_store
from tests.acceptance.outbound.attempts import CHANNELS, Lure, attempts
from tests.acceptance.outbound.detectors import HIDDEN


def eventually(found: Callable[[], object]) -> bool:
    deadline = time.monotonic() + 5
    while not found() and time.monotonic() < deadline:
        time.sleep(0.01)
    return bool(found())


def test_there_are_at_least_sixty_attempts_and_each_has_its_name() -> None:
    for channel in CHANNELS:
        names = [attempt["name"] for attempt in attempts(channel)]
        assert len(set(names)) == len(names), channel
    assert sum(len(attempts(channel)) for channel in CHANNELS) >= 60


def test_a_request_is_heard(fresh_lure: Lure) -> None:
    with urlopen(fresh_lure.fill("{web}", "a control")) as answer:  # noqa: S310 - our own listener
        assert answer.status == 200
    assert fresh_lure.touched() == (["GET /a-control HTTP/1.1"], [])


def test_a_connection_without_request_is_heard(fresh_lure: Lure) -> None:
    host, port = fresh_lure.listener.host.split(":")
    with socket.create_connection((host, int(port))):
        assert eventually(lambda: fresh_lure.listener.heard)


def test_a_request_of_another_process_is_heard(fresh_lure: Lure) -> None:
    program = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, fresh_lure.fill("{web}", "child")], check=True)
    assert fresh_lure.touched()[0] == ["GET /child HTTP/1.1"]


def test_the_engine_itself_would_call_out(fresh_lure: Lure, small_store: OxigraphStore) -> None:
    query = fresh_lure.fill("SELECT * { SERVICE SILENT <{web}> { ?s ?p ?o } }", "engine")
    small_store.evaluate(query)
    assert any("/engine" in request for request in fresh_lure.listener.heard)


def test_an_opened_file_is_noticed(fresh_lure: Lure) -> None:
    assert fresh_lure.touched() == ([], [])
    trap = fresh_lure.traps.folder / "secret.txt"
    trap.stat()
    assert fresh_lure.touched() == ([], []), "asking for its size opens nothing"
    assert trap.read_text(encoding="utf-8").strip() == HIDDEN
    assert fresh_lure.touched()[1][0] == "secret.txt (0x20)"


def test_a_file_opened_by_another_process_is_noticed(fresh_lure: Lure) -> None:
    program = "import sys; open(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, fresh_lure.fill("{path}.csv", "")], check=True)
    assert fresh_lure.touched()[1] == ["secret.csv (0x20)"]


@pytest.mark.parametrize("through", ["link", "upwards"])
def test_a_file_opened_by_another_name_is_noticed(fresh_lure: Lure, through: str) -> None:
    trap = fresh_lure.traps.folder / "secret.csv"
    other = trap.parent.parent / "link.csv"
    other.symlink_to(trap)
    (trap.parent.parent / "below").mkdir()
    path = other if through == "link" else trap.parent.parent / "below" / ".." / trap.parent.name / trap.name
    path.read_bytes()
    assert fresh_lure.touched()[1]


def test_a_made_file_is_noticed(fresh_lure: Lure) -> None:
    (fresh_lure.traps.folder / "new.nq").touch()
    assert fresh_lure.touched()[1]


def test_whoever_opens_the_pipe_is_noticed(fresh_lure: Lure) -> None:
    assert fresh_lure.touched() == ([], [])
    reader = threading.Thread(target=lambda: os.close(os.open(fresh_lure.traps.pipe, os.O_RDONLY)), daemon=True)
    reader.start()
    assert eventually(fresh_lure.traps.look)
    assert set(fresh_lure.traps.opened) == {"pipe.csv"}
    reader.join(5)


@pytest.fixture
def small_store(tmp_path) -> OxigraphStore:
    statement = tmp_path / "one.nq"
    statement.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n", encoding="utf-8")
    build_store(tmp_path / "store", statement)
    return open_store(tmp_path / "store")
