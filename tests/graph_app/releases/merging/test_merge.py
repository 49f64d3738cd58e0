"""What was decided to be one has one IRI in all content of a release; mentions stay, and undoing brings all back."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF

from graph_app.journal.decisions import Decision, Judgement, Way, decided_details
from graph_app.journal.deployment import open_journal
from graph_app.journal.events import EventType
from graph_app.journal.revert import revert
from graph_app.questions.engine import Engine
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.questions.results import Table
from graph_app.releases.build import build
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.stewardship.changes import ChangeKind
from graph_app.stewardship.examination import examine_files
from loaders.datasets import read_datasets
from loaders.mapping.quads import data_graph
from loaders.vocabulary import BASE, IG, SKOS

OTHER = """\
dataset: other
organisations:
  - {id: mission, locator: line 1, name: {en: International Organization for Migration, cs: Mezinárodní organizace}}
  - {id: hall, locator: line 2, name: {en: Athens City Hall}, part_of: mission}
projects:
  - id: access
    locator: line 3
    title: {en: ACCESS again}
    participations:
      - {organisation: mission, role: coordinator}
      - {organisation: hall, role: partner}
"""
DATASET = """\
- key: other
  title: {en: Another source, cs: Jiný zdroj}
  publisher: Somebody else
  licence: https://creativecommons.org/licenses/by/4.0/
  format: curated
  file: other.yaml
  namespace: other
"""
IOM, MISSION, ATHENS, HALL = (
    f"organisation/{key}" for key in ("curated/iom", "other/mission", "curated/athens", "other/hall")
)


@pytest.fixture
def two(built: Settings, publish: Callable[..., Release]) -> Settings:
    """A home with a release of two datasets; the one that sorts last was published first."""
    with (built.data / "datasets.yaml").open("a") as datasets:
        datasets.write(DATASET)
    (built.data / "other.yaml").write_text(OTHER, encoding="utf-8")
    publish()
    return built


def decide(settings: Settings, *decisions: Decision) -> int:
    event_id = f"decided {len(open_journal(settings).events())}"
    details = decided_details(decisions)
    return open_journal(settings).append(EventType.MATCH_DECIDED, details, event_id=event_id, actor="jana").seq


def same(left: str, right: str) -> Decision:
    return Decision(left, right, Judgement.SAME, Way.PERSON, 0.9, ({"en": "Same words.", "cs": "Stejná slova."},))


def rows(release: Release, settings: Settings, query: str, engine: str = "columns") -> list[tuple[str, ...]]:
    with Engine(release, Settings(home=settings.home, data=settings.data, engine=engine)) as asked:
        answer = asked.ask(query)
        assert isinstance(answer, Table)
        return sorted(tuple(term.value.removeprefix(BASE) if term else "" for term in row) for row in answer.rows)


def contents(release: Release) -> Mapping[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in release.content_files}


@pytest.mark.parametrize("engine", ["columns", "oxigraph"])
def test_all_that_is_said_of_the_mentions_is_said_of_one(two: Settings, engine: str) -> None:
    decide(two, same(MISSION, IOM))
    release = build(two)
    names = "SELECT ?name { <%s> skos:prefLabel ?name }"
    assert rows(release, two, names % (BASE + IOM), engine) == [("IOM",), ("Mezinárodní organizace",)]
    other = "SELECT ?name { <%s> skos:altLabel ?name }" % (BASE + IOM)
    assert rows(release, two, other, engine) == [("International Organization for Migration",)]
    projects = "SELECT ?project { ?p ig:organisation <%s> ; ig:project ?project }" % (BASE + IOM)
    assert rows(release, two, projects, engine) == [("project/curated/access",), ("project/other/access",)]
    organisations = "SELECT ?o { ?o a ig:Organisation }"
    assert rows(release, two, organisations, engine) == [(ATHENS,), (IOM,), (HALL,)]
    assert rows(release, two, "SELECT ?whole { <%s> ig:partOf ?whole }" % (BASE + HALL), engine) == [(IOM,)]
    members = "SELECT ?o { <%s> ig:member ?o }" % (BASE + "project/other/access/consortium")
    assert rows(release, two, members, engine) == [(IOM,), (HALL,)]


def test_mentions_and_decisions_are_kept_beside_it(two: Settings) -> None:
    decide(two, same(MISSION, IOM))
    release = build(two)
    mentions = """SELECT ?as ?name ?graph {
      GRAPH ?graph { ?m a ig:Mention ; ig:mentionOf <%s> ; ig:loadedAs ?as ; skos:prefLabel ?name }
    }""" % (BASE + IOM)
    assert rows(release, two, mentions, "oxigraph") == [
        (IOM, "IOM", "graph/small/data"),
        (MISSION, "International Organization for Migration", "graph/other/data"),
        (MISSION, "Mezinárodní organizace", "graph/other/data"),
    ]
    decisions = """SELECT ?left ?right ?judgement ?by ?score ?reason {
      ?d a ig:MatchDecision ; ig:left ?left ; ig:right ?right ; ig:judgement ?judgement ; ig:decidedBy ?by ;
         ig:confidence ?score ; ig:reason ?reason FILTER(LANG(?reason) = "cs")
    }"""
    assert rows(release, two, decisions) == [(MISSION, IOM, "same", "person", "0.900", "Stejná slova.")]
    assert not [text for text in contents(release).values() if "jana" in text]


def test_undoing_brings_everything_back_and_doing_it_again_too(two: Settings) -> None:
    before = build(two)
    seq = decide(two, same(MISSION, IOM))
    merged = build(two)
    assert merged.sha256 != before.sha256
    revert(open_journal(two), seq, reason="a slip", actor="jana")
    apart = build(two)
    assert (apart.version, contents(apart)) == (before.version, contents(before))
    decide(two, same(MISSION, IOM))
    again = build(two)
    assert (again.version, again.sha256) == (merged.version, merged.sha256)
    assert build(two, full=True).sha256 == merged.sha256


def test_a_patched_release_is_what_a_full_build_gives(two: Settings) -> None:
    decide(two, same(MISSION, IOM))
    build(two)
    decide(two, same(HALL, ATHENS))
    patched = build(two)
    assert patched.report.kind == "incremental"
    text = (two.data / "other.yaml").read_text(encoding="utf-8")
    (two.data / "other.yaml").write_text(text.replace("ACCESS again", "ACCESS for all"), encoding="utf-8")
    whole = build(two, full=True)
    assert whole.sha256 == patched.sha256
    assert "<%s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" % (BASE + HALL) not in contents(whole)["other.nq"]


def test_a_new_file_of_a_merged_dataset_is_merged_as_well(two: Settings, publish: Callable[..., Release]) -> None:
    decide(two, same(MISSION, IOM))
    build(two)
    path: Path = two.data / "other.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("role: coordinator", "role: partner"), encoding="utf-8")
    release = publish()
    roles = "SELECT ?role { ?p ig:organisation <%s> ; ig:project <%s> ; ig:role ?role }"
    found = rows(release, two, roles % (BASE + IOM, BASE + "project/other/access"))
    assert [role.rsplit("/", 1)[-1] for (role,) in found] == ["partner"]
    assert build(two, full=True).sha256 == release.sha256


def test_parts_are_linked_and_two_stay_two(two: Settings) -> None:
    decide(two, Decision(MISSION, IOM, Judgement.PART), Decision(HALL, ATHENS, Judgement.DIFFERENT))
    release = build(two)
    assert rows(release, two, "SELECT ?part ?whole { ?part ig:partOf ?whole }") == [(HALL, MISSION), (MISSION, IOM)]
    assert not release.as_loaded


def test_what_is_withdrawn_holds_no_longer(two: Settings) -> None:
    before = build(two)
    decide(two, same(MISSION, IOM), same(HALL, ATHENS))
    build(two)
    decide(two, Decision(IOM, MISSION, Judgement.WITHDRAWN), Decision(ATHENS, HALL, Judgement.WITHDRAWN))
    assert build(two).sha256 == before.sha256


def test_one_tied_to_itself_by_merging_is_not(two: Settings) -> None:
    decide(two, same(HALL, MISSION))
    release = build(two)
    assert rows(release, two, "SELECT ?a ?b { ?a ig:partOf ?b . ?a a ig:Organisation }") == []
    assert rows(release, two, "SELECT ?a ?b { ?a ig:partOf ?b . ?a a ig:Mention }") == [
        ("mention/organisation/other/hall", HALL)
    ]


def test_what_was_said_of_a_mention_is_found_under_its_own_address(two: Settings) -> None:
    decide(two, same(MISSION, IOM))
    release = build(two)
    with Engine(release, two) as engine:
        found = neighbourhood(engine, [BASE + MISSION])
        others = neighbourhood(engine, [BASE + MISSION], leave_out=[data_graph("other")])
    mission = URIRef(BASE + MISSION)
    assert (mission, RDF.type, IG.Organisation) in found
    assert {str(name) for name in found.objects(mission, SKOS.prefLabel)} == {
        "International Organization for Migration",
        "Mezinárodní organizace",
    }
    assert not list(others.predicate_objects(mission))


def test_a_file_that_says_the_same_again_changes_nothing(two: Settings) -> None:
    decide(two, same(MISSION, IOM))
    build(two)
    dataset = next(one for one in read_datasets(two.data / "datasets.yaml") if one.key == "other")
    found = examine_files(two.data / "other.yaml", dataset, open_journal(two).events(), two)
    assert found.accepted
    assert {change.kind for change in found.changes} == {ChangeKind.KEPT}


def test_a_name_that_both_have_is_no_other_name(two: Settings, publish: Callable[..., Release]) -> None:
    path: Path = two.data / "other.yaml"
    text = path.read_text(encoding="utf-8").replace("International Organization for Migration", "IOM")
    path.write_text(text, encoding="utf-8")
    publish()
    decide(two, same(MISSION, IOM))
    release = build(two)
    assert rows(release, two, "SELECT ?name { <%s> skos:altLabel ?name }" % (BASE + IOM)) == []
