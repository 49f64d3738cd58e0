"""A journal of a few events, and a data folder small enough to take in within a test."""

from pathlib import Path

import pytest

from graph_app.journal.events import EventType
from graph_app.journal.journal import Journal
from graph_app.settings import Settings

RECORDS = """\
dataset: small
organisations:
  - {id: iom, locator: line 1, name: {en: IOM}}
"""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Three events, with text beyond ASCII."""
    made = Journal(tmp_path / "home" / "journal.jsonl")
    for number, name in enumerate(("Žižkov", "Αθήνα", "line\nend"), 1):
        made.append(EventType.RECEIVED, {"name": name}, event_id=f"event-{number}", actor="Jana")
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty home; the data folder has one file."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "small.yaml").write_text(RECORDS, encoding="utf-8")
    return Settings(home=tmp_path / "home", data=data, actor="Jana")
