"""Suggestions from a release: of names, of entries, of projects."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_app.identity.described import Described, code_of
from graph_app.identity.entities import _in_parts, read_entities
from graph_app.identity.entry import suggestions_for
from graph_app.identity.graph import KnownNames, Neighbours, known_names
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.organisations import judge_organisation
from graph_app.identity.projects import judge_project
from graph_app.identity.suggestions import SHOWN, Suggestion, sentence
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.datasets import Dataset

DATASET = Dataset("submission", {"en": "entry"}, "template", "submission")


@pytest.fixture(scope="module")
def engine(curated_settings: Settings) -> Iterator[Engine]:
    with Engine(current_release(curated_settings), curated_settings) as running:
        yield running


def told(found: tuple[Suggestion, ...]) -> list[tuple[str, str]]:
    return [(suggestion.iri.rsplit("/", 1)[-1], suggestion.relation.value) for suggestion in found]


def suggested(engine: Engine, name: str, seat: str = "") -> list[tuple[str, str]]:
    return told(known_names(engine).suggest(engine, Described("organisation", (name,), seat=seat)))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("IOM Praha", ("iom-prague", "same")),
        ("Internationale Organisation für Migration", ("iom", "same")),
        ("META, o.p.s.", ("meta", "same")),
        ("Europäische Kommission", ("european-commission", "same")),
        ("Ministerstvo vnitra ČR", ("ministry-of-the-interior-cz", "same")),
    ],
)
def test_what_the_graph_has_comes_first(engine: Engine, name: str, first: tuple[str, str]) -> None:
    assert suggested(engine, name)[0] == first


def test_a_branch_is_told_apart_from_its_head_and_from_other_branches(engine: Engine) -> None:
    found = suggested(engine, "IOM Vídeň")
    assert ("iom", "part") in found
    assert not {"iom-prague", "iom-budapest"} & {name for name, _ in found}


def test_ministries_of_other_countries_are_not_suggested(engine: Engine) -> None:
    assert suggested(engine, "Ministerstvo vnútra", "SVK") == []
    assert suggested(engine, "Ministry of the Interior", "CZE") == [("ministry-of-the-interior-cz", "same")]


def test_names_of_nobody_have_no_suggestion(engine: Engine) -> None:
    assert suggested(engine, "Nový spolek pro sousedy") == []
    assert suggested(engine, "") == []
    assert suggested(engine, "–") == []


def test_columns_and_engine_tell_the_same_names(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("organisation", "project"):
        whole = sorted(_in_parts(engine, kind))
        of_columns = {entity.iri: set(entity.described.texts) for entity in read_entities(engine, kind)}
        assert {row[0] for row in whole} == set(of_columns)
        assert {row[2] for row in whole} >= set().union(*of_columns.values())
        with monkeypatch.context() as patched:
            patched.setattr("graph_app.identity.entities._PART", 50)
            assert sorted(_in_parts(engine, kind)) == whole


def write(folder: Path, **tables: list[list[str]]) -> Path:
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return folder


def test_an_entry_is_looked_up_with_its_partners(engine: Engine, tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        organisations=[
            ["id", "name (cs)", "seat"],
            ["a", "IOM Praha", "CZE"],
            ["b", "META, o.p.s.", "CZE"],
            ["organisation/curated/slovo-21", "Slovo 21", "CZE"],
            ["c", "Zcela nové sdružení", ""],
        ],
        projects=[["id", "title (cs)"], ["p", "Sousedé"]],
        participations=[["project", "organisation", "role"], ["p", "a", "partner"], ["p", "b", "partner"]],
    )
    found, left_out = suggestions_for(engine, entry, DATASET)
    assert left_out == 0
    by_key = {mention.key: suggestions for mention, suggestions in found}
    assert set(by_key) == {"a", "b"}
    assert told(tuple(by_key["a"]))[0] == ("iom-prague", "same")
    rules = {reason.rule for reason in by_key["a"][0].reasons}
    assert {"same-seat", "known-together"} <= rules
    assert found[0][0].place.row == 2
    assert suggestions_for(engine, entry, DATASET, most=1)[1] == 3


def test_the_same_project_and_its_successor_are_told_apart(engine: Engine) -> None:
    index = KnownNames().index(engine, "project")
    title = next(entity for entity in index.entities.values() if entity.described.start and entity.described.end)
    again = Described("project", title.described.texts[:1], start=title.described.start, end=title.described.end)
    later = Described("project", title.described.texts[:1], start="2090", end="2091")
    second = Described("project", (f"{title.described.texts[0]} II",))
    assert [judge_project(one, title, index).relation for one in (again, later, second)] == [
        Relation.SAME,
        Relation.FOLLOWS,
        Relation.FOLLOWS,
    ]


def organisation(name: str, seat: str = "", *codes: tuple[str, str]) -> Described:
    return Described(
        "organisation", (name,), seat=seat, codes=frozenset(code for pair in codes if (code := code_of(*pair)))
    )


def test_neither_an_identifier_nor_a_name_alone_decides() -> None:
    code, other = ("XM-DAC", "EC-GOV-1"), ("XM-DAC", "EC-GOV-2")
    known = [
        Entity("https://example.org/a", organisation("Frontex", "", code)),
        Entity("https://example.org/b", organisation("European External Action Service", "", code)),
    ]
    index = Index(known)
    wanted = organisation("European Commission, DG HOME", "", code)
    both = [judge_organisation(wanted, entity, index) for entity in known]
    assert all(found is not None and found.score < 0.9 for found in both)
    same = judge_organisation(organisation("Frontex", "", code), known[0], index)
    assert same is not None
    assert same.score >= 0.98
    differ = judge_organisation(organisation("Frontex", "", other), known[0], index)
    assert differ is None or differ.score < SHOWN
    apart = judge_organisation(organisation("Frontex", "CZE"), Entity("c", organisation("Frontex", "POL")), index)
    assert apart is not None
    assert apart.score < SHOWN


def test_an_identifier_that_many_share_tells_nothing() -> None:
    code = ("XM-DAC", "EC-GOV-1")
    names = ("Frontex", "EEAS", "DG HOME", "DG NEAR", "DG ECHO")
    known = [Entity(f"https://example.org/{name}", organisation(name, "", code)) for name in names]
    index = Index(known)
    found = judge_organisation(organisation("Something Else", "", code), known[0], index)
    assert found is None or found.score < SHOWN


def test_partners_lift_what_may_be_and_never_what_is_not(engine: Engine) -> None:
    near = Neighbours(frozenset({"META"}))
    known = known_names(engine)
    alone = known.suggest(engine, organisation("IOM Praha"))
    together = known.suggest(engine, organisation("IOM Praha"), near)
    assert together[0].score >= alone[0].score
    assert known.suggest(engine, organisation("Zcela nové sdružení"), near) == ()


def test_every_reason_is_told_in_both_languages(engine: Engine) -> None:
    for name in ("IOM Praha", "Ministry of the Interior", "IOM"):
        for found in known_names(engine).suggest(engine, organisation(name, "CZE")):
            texts = [
                {found.verdict(language)} | {reason.text(language) for reason in found.reasons}
                for language in ("en", "cs")
            ]
            assert all(all(text) for text in texts)
            assert texts[0].isdisjoint(texts[1])
    assert sentence("same.likely", "de") == sentence("same.likely", "en")


def test_an_acronym_that_a_longer_name_belies_is_no_suggestion() -> None:
    known = Entity("https://example.org/a", organisation("Sdružení pro integraci a migraci"))
    index = Index([known])
    alone = judge_organisation(organisation("SIM"), known, index)
    assert alone is not None
    assert alone.score >= SHOWN
    belied = judge_organisation(Described("organisation", ("Symtavision GmbH", "SIM")), known, index)
    assert belied is None or belied.score < SHOWN
    assert not [
        found for found in [judge_organisation(organisation("SYM"), known, index)] if found and found.score >= SHOWN
    ]


def test_what_only_its_place_names_is_no_other_place(engine: Engine) -> None:
    assert suggested(engine, "City") == []
    assert suggested(engine, "Government") == []


def test_what_an_entry_states_to_be_its_whole_is_not_suggested(engine: Engine, tmp_path: Path) -> None:
    heading, row = ["id", "name (en)"], ["a", "IOM Vienna"]
    alone = write(tmp_path, organisations=[heading, row])
    ((_, found),), _ = suggestions_for(engine, alone, DATASET)
    assert ("iom", "part") in told(tuple(found))
    write(tmp_path, organisations=[[*heading, "part of"], [*row, "organisation/curated/iom"]])
    found_for, _ = suggestions_for(engine, tmp_path, DATASET)
    assert "iom" not in {name for _, suggestions in found_for for name, _ in told(tuple(suggestions))}
