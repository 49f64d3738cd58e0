"""A disk that is full at one step of the way: people are told, nothing is lost, and all goes on when there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app.journal.deployment import open_journal
from graph_app.journal.intake import take_in
from graph_app.releases.build import build
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.stewardship.states import State
from loaders.datasets import Dataset
from tests.acceptance.crash.small_disk import filled, mounted
from tests.acceptance.crash.test_stewardship_crash import COURSE, FIRST, approved, check, ran

#: Bytes that are left: none, and room for an event but not for a release.
HANDING_IN, PUBLISHING = (0, 8_192), (0, 8_192, 1_000_000)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "64m"):
        settings = Settings(home=disk / "home")
        (disk / "first.yaml").write_text(FIRST, encoding="utf-8")
        assert take_in(disk / "first.yaml", Dataset("first", {"en": "First"}, "curated", "first"), settings).event
        build(settings)
        (disk / "one.yaml").write_text(COURSE.format("one"), encoding="utf-8")
        yield settings.home


def test_a_full_disk_at_each_step_loses_nothing(home: Path) -> None:
    settings = Settings(home=home)
    file = str(home.parent / "one.yaml")
    refused = {"submit": 0, "publish": 0}
    for room in HANDING_IN:
        with filled(home.parent, room):
            code, said, errors = ran(home, "submit", file, "--dataset", "one", actor="Jana")
            state = check(settings).get("one")
        assert code in {0, 2}, errors
        refused["submit"] += code == 2
        assert state is State.SUBMITTED if code == 0 else state in {None, State.RECEIVED, State.VALIDATED}
        assert (said == "") is (code == 2), "acknowledged and refused"
        assert code == 0 or "No space left" in errors, errors
    code, said, errors = ran(home, "submit", file, "--dataset", "one", actor="Jana")
    assert code == 0, errors
    ident = said.split()[0]
    with filled(home.parent, 0):
        code, _, errors = ran(home, "approve", ident)
        # The last page of the journal may have room for an event.
        assert check(settings) == {"one": State.APPROVED if code == 0 else State.SUBMITTED}
    assert code == 0 or "No space left" in errors, errors
    assert approved(home, "one") == ident
    before = current_release(settings)
    for room in PUBLISHING:
        with filled(home.parent, room):
            code, said, errors = ran(home, "publish", ident)
            state = check(settings)["one"]
            assert current_release(settings) == before or code == 0
        assert code in {0, 2}, errors
        refused["publish"] += code == 2
        assert (said == "") is (code == 2), "acknowledged and refused"
        assert state in {State.APPROVED, State.PUBLISHED}
        assert state is State.PUBLISHED or "No space left" in errors, errors
        assert state is State.APPROVED or code == 0 or "as event" in errors or "since event" in errors, errors
    code, _, errors = ran(home, "publish", ident)
    assert code == 0, errors
    assert check(settings) == {"one": State.PUBLISHED}
    assert "one" in {dataset.key for dataset in current_release(settings).datasets}
    assert sum(event.type.value == "published" for event in open_journal(settings).events()) == 2
    assert all(refused.values()), refused
