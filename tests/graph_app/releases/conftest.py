"""Data folders small enough to build in every test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.releases.release import Release
from graph_app.settings import Settings

Publish = Callable[..., Release]

DATASETS = """\
- key: small
  title: {en: A small source, cs: Malý zdroj}
  publisher: Somebody
  licence: https://creativecommons.org/licenses/by/4.0/
  format: curated
  file: small.yaml
  namespace: curated
"""
RECORDS = """\
dataset: small
organisations:
  - {id: iom, locator: line 1, name: {en: IOM}}
  - {id: athens, locator: line 2, name: {en: "City of\\nAthens"}}
projects:
  - id: access
    locator: lines 3-9
    title: {en: ACCESS}
    start: 2013-12
    participations:
      - {organisation: iom, role: implementing-organisation}
      - {organisation: athens, role: partner}
    grants:
      - {donor: iom, amounts: [{value: "1200.50", currency: EUR, amount_kind: awarded}]}
"""


def write_data(folder: Path) -> Path:
    data = folder / "data"
    data.mkdir()
    (data / "datasets.yaml").write_text(DATASETS, encoding="utf-8")
    (data / "small.yaml").write_text(RECORDS, encoding="utf-8")
    return data


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder, and a home without release."""
    return Settings(home=tmp_path / "home", data=write_data(tmp_path))


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    settings = Settings(home=folder / "home", data=write_data(folder))
    take_in_all(settings)
    build(settings)
    return settings.home


@pytest.fixture
def built(settings: Settings, built_home: Path) -> Settings:
    """The same data, and a home with its release."""
    shutil.copytree(built_home, settings.home, symlinks=True)
    return settings


@pytest.fixture
def records(settings: Settings) -> Path:
    """The file of records, to be changed by tests."""
    return settings.data / "small.yaml"


@pytest.fixture
def publish(settings: Settings) -> Publish:
    """Take in what the data folder holds now, and build."""

    def run(progress: Callable[[str], None] = lambda _: None, *, full: bool = False) -> Release:
        assert all(intake.event for intake in take_in_all(settings))
        return build(settings, progress, full=full)

    return run
