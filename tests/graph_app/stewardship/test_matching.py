"""A suggestion that is followed: the edits that it takes, and an entry that is checked with them made."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph_app.cli.validate import dataset_of
from graph_app.identity.entry import suggestions_for
from graph_app.identity.graph import known_names
from graph_app.identity.likeness import Relation
from graph_app.identity.mentions import read_mentions
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, current_actor
from graph_app.stewardship.draft_check import check_draft
from graph_app.stewardship.drafts import create_draft, edit_draft, laid_out
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.match_choices import Choice, choices_of, keep_choice
from graph_app.stewardship.matching import use_existing
from graph_app.validation.entry import check_entry

TABLES = {
    "organisations.csv": [
        ["id", "name (en)", "name (cs)", "other_name (cs)", "seat"],
        ["a", "IOM Prague", "IOM Praha, mise", "Mise", "CZE"],
        ["b", "", "Zcela nové sdružení", "", ""],
    ],
    "projects.csv": [["id", "title (cs)"], ["a", "Sousedé"]],
    "participations.csv": [["project", "organisation", "role"], ["a", "a", "partner"], ["a", "b", "partner"]],
    "grants.csv": [["id", "project", "donor", "recipient"], ["g", "a", "b", "a; b"]],
}


def files() -> list[tuple[str, bytes]]:
    return [
        (name, "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode())
        for name, rows in TABLES.items()
    ]


@pytest.fixture
def settings(curated_settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    shutil.copytree(curated_settings.home, tmp_path / "home", symlinks=True)
    copy = replace(curated_settings, home=tmp_path / "home")
    yield copy
    current_engine(copy).close()


def steward() -> Actor:
    return current_actor(Settings())


def test_an_entry_refers_to_what_the_graph_has_once_a_suggestion_is_followed(settings: Settings) -> None:
    draft = create_draft(files(), steward(), settings)
    checked = check_draft(draft, settings)
    with Engine(current_release(settings), settings) as engine, laid_out(draft) as (whole, _):
        dataset = dataset_of(whole, "", settings.data)
        (pair,) = [
            pair for pair in suggestions_for(engine, whole, dataset, base=settings.base)[0] if pair[0].key == "a"
        ]
        mention, (best, *_) = pair
        assert best.relation is Relation.SAME
        names = known_names(engine).index(engine, "organisation").entities[best.iri].described.texts
    edits = use_existing(checked.sheets, mention, best.iri, names, base=settings.base)
    address = "organisation/curated/iom-prague"
    assert set(edits) == {
        Edit("organisations.csv", "", 2, "A", "a", address),
        Edit("organisations.csv", "", 2, "B", "IOM Prague", ""),
        Edit("organisations.csv", "", 2, "C", "IOM Praha, mise", ""),
        Edit("organisations.csv", "", 2, "D", "Mise", "Mise; IOM Praha, mise"),
        Edit("participations.csv", "", 2, "B", "a", address),
        Edit("grants.csv", "", 2, "D", "a; b", f"{address}; b"),
    }
    draft = edit_draft(draft, edits)
    with Engine(current_release(settings), settings) as engine, laid_out(draft) as (whole, _):
        dataset = dataset_of(whole, "", settings.data)
        report = check_entry(whole, dataset, lambda iris: neighbourhood(engine, iris), base=settings.base)
        assert report.accepted, [found.text() for found in report.findings]
        assert best.iri in {mention.iri for mention in read_mentions(whole, dataset, base=settings.base)}
        assert "a" not in {mention.key for mention, _ in suggestions_for(engine, whole, dataset, base=settings.base)[0]}


def test_what_was_said_of_suggestions_stays_with_the_draft(settings: Settings) -> None:
    draft = create_draft(files(), steward(), settings)
    assert choices_of(draft) == {}
    one, other = ("https://e.org/a", "https://e.org/b"), ("https://e.org/a", "https://e.org/c")
    keep_choice(draft, one, Choice.DIFFERENT)
    keep_choice(draft, other, Choice.UNSURE)
    assert choices_of(draft) == {one: Choice.DIFFERENT, other: Choice.UNSURE}
    keep_choice(draft, one, None)
    assert choices_of(draft) == {other: Choice.UNSURE}
    (draft.folder / "matches.json").write_text("[", encoding="utf-8")
    assert choices_of(draft) == {}


def test_a_workbook_of_another_shape_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Jméno", "Částka"], ["IOM Praha", "5"]])
    draft = create_draft([("list.csv", path.read_bytes())], steward(), settings)
    organisations = create_draft(files(), steward(), settings)
    with laid_out(organisations) as (whole, _):
        mention = read_mentions(whole, dataset_of(whole, "", settings.data), base=settings.base)[0]
    sheets = check_draft(draft, settings).sheets
    assert use_existing(sheets, mention, f"{settings.base}organisation/curated/iom", (), base=settings.base) == ()
