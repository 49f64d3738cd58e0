"""A home with one published dataset, and people who hand in, decide and publish."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.journal.intake import take_in
from graph_app.questions.current import current_engine
from graph_app.releases.build import build
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.described import Stated
from graph_app.stewardship.submit import Outcome, submit
from loaders.datasets import Dataset

JANA, EVA = Actor("Jana", EVERY_ROLE), Actor("Eva", EVERY_ROLE)

FIRST = """\
dataset: first
organisations:
  - {id: iom, locator: line 1, name: {en: IOM}}
  - {id: club, locator: line 2, name: {en: Club}}
projects:
  - {id: access, locator: line 3, title: {en: ACCESS}, start: 2020}
"""
COURSE = """\
dataset: {key}
projects:
  - id: course
    locator: line 1
    title: {{en: {title}}}
    start: 2023
    participations: [{{organisation: iom, role: {role}}}]
"""
FIRST_DATASET = Dataset("first", {"en": "First"}, "curated", "first", publisher="P", licence="not stated")

#: Hands in the text of a file for a dataset, whose ids are those of the dataset ``first``.
HandIn = Callable[..., Outcome]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("stewardship")
    settings = Settings(home=folder / "home", data=folder / "data", actor="Operator")
    load_first(settings, FIRST)
    build(settings)
    return settings


@pytest.fixture
def settings(made: Settings, tmp_path: Path):
    """A copy of it."""
    shutil.copytree(made.home, tmp_path / "home", symlinks=True)
    copy = replace(made, home=tmp_path / "home", data=tmp_path / "data")
    yield copy
    current_engine(copy).close()


@pytest.fixture
def hand_in(settings: Settings, tmp_path: Path) -> HandIn:
    return handing_in(settings, tmp_path)


def handing_in(settings: Settings, folder: Path) -> HandIn:
    def run(text: str = course(), dataset: str = "course", actor: Actor = JANA, **options: object) -> Outcome:
        path = folder / f"{dataset}.yaml"
        path.write_text(text, encoding="utf-8")
        return submit(path, actor, settings, Stated(dataset), **options)

    return run


def course(key: str = "course", title: str = "Course", role: str = "partner") -> str:
    # Paths name what another dataset describes.
    text = COURSE.format(key=key, title=title, role=role)
    return text.replace("organisation: iom", "organisation: organisation/first/iom")


def load_first(settings: Settings, text: str) -> None:
    path = settings.home.parent / "first.yaml"
    path.write_text(text, encoding="utf-8")
    assert take_in(path, FIRST_DATASET, settings).event
