"""What the pages ask: every query runs on the curated graph and gives the columns that its header declares."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from graph_app.questions.catalogue import view, with_prefixes
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table, Term
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders import resources
from loaders.findings import LANGUAGES

NAMES = sorted(path.stem for path in (resources.QUERIES / "views").glob("*.rq"))

#: A value for each type of parameter that a view may need.
SAMPLE = {
    "iri": "project/curated/access",
    "organisation": "iom-prague",
    "donor": "european-commission",
    "project": "access",
    "programme": "opz-plus",
    "country": "CZE",
    "target-group": "women",
    "text": "vietnam",
}


@pytest.fixture(scope="module")
def engine(curated_settings: Settings) -> Iterator[Engine]:
    with Engine(current_release(curated_settings), curated_settings) as running:
        yield running


@pytest.mark.parametrize("name", NAMES)
def test_a_view_gives_the_columns_that_it_declares(engine: Engine, name: str) -> None:
    question = view(name)
    needed = {parameter.name: [SAMPLE[parameter.type]] for parameter in question.params if parameter.required}
    answer = engine.answer(question, needed)
    if isinstance(answer, Table):
        assert answer.columns == question.returns
    assert set(question.summary) == set(LANGUAGES)
    assert with_prefixes(question.text)


@pytest.mark.parametrize(
    ("filters", "together"),
    [
        ({}, True),
        ({"country": ["FRA"]}, True),
        ({"country": ["FRA"], "targetGroup": ["vietnamese-community"]}, False),
        ({"from": ["2014-01-01"], "to": ["2014-12-31"]}, True),
        ({"to": ["1900-12-31"]}, False),
        ({"donor": ["european-commission"]}, True),
        ({"targetGroup": ["people-with-migration-experience"]}, True),
        ({"project": ["access"]}, True),
    ],
)
def test_filters_narrow_who_works_together(engine: Engine, filters: dict[str, list[str]], together: bool) -> None:
    everyone = engine.answer(view("memberships"))
    found = engine.answer(view("memberships"), filters)
    assert bool(found.rows) is together
    assert set(found.rows) <= set(everyone.rows)


def rows(engine: Engine, name: str, **values: str) -> list[dict[str, str]]:
    answer = engine.answer(view(name), {key: [value] for key, value in values.items()})
    return [{column: term.value.rsplit("/", 1)[-1] for column, term in row.items()} for row in answer]


def test_a_project_tells_what_it_continues_and_what_continues_it(engine: Engine) -> None:
    later, earlier = "internal-restrictions-czech-labour-market", "pilot-project-2003"
    assert [(row["step"], row["project"]) for row in rows(engine, "project-chain", iri=later)] == [
        ("continues", earlier)
    ]
    assert ("continued_by", later) in {
        (row["step"], row["project"]) for row in rows(engine, "project-chain", iri=earlier)
    }


def test_an_output_in_several_languages_stands_once(engine: Engine) -> None:
    found = [row["output"] for row in rows(engine, "project-outputs", iri="pilot-project-2003")]
    assert len(found) == len(set(found))


def test_a_programme_names_its_projects(engine: Engine) -> None:
    assert "healthy-umbrella" in {row["project"] for row in rows(engine, "programme-projects", iri="opz-plus")}


def test_donors_seated_in_a_country_count_the_projects_that_they_pay_for(engine: Engine) -> None:
    counted = {row["organisation"]: row["projects"] for row in rows(engine, "country-organisations", iri="CZE")}
    assert counted["ta-cr"] == "1"


def test_a_broader_group_names_its_narrower_ones(engine: Engine) -> None:
    women = "https://w3id.org/integration-graph/target-group/women"
    found = {(row["subject"], row["property"]) for row in rows(engine, "incoming", iri=women)}
    assert ("migrant-women", "core#narrower") in found


def test_a_search_puts_names_before_descriptions(engine: Engine) -> None:
    found = [row["entity"] for row in rows(engine, "search", text="iom")]
    assert found[0] == "iom"
    assert set(found[1:3]) == {"iom-prague", "iom-budapest"}


def test_a_search_tells_what_was_found_also_where_name_and_description_hold_it(engine: Engine) -> None:
    found = list(engine.answer(view("search"), {"text": ["integration"]}))
    assert len(found) > 20
    assert all("integration" in row["found"].value.casefold() for row in found)


@pytest.mark.parametrize(
    ("iri", "parts"),
    [
        ("grant/curated/access-european-commission", ["access", "european-commission"]),
        ("grant/curated/path-to-progress-esf", ["path-to-progress", "european-social-fund"]),
    ],
)
def test_what_has_no_name_is_told_by_what_it_links(engine: Engine, iri: str, parts: list[str]) -> None:
    assert [row["part"] for row in rows(engine, "parts", iri=iri)] == parts


def taking_part(engine: Engine) -> dict[str, set[str]]:
    """Return who takes part in each project and partnership."""
    asked = """SELECT ?context ?organisation {
        ?part ig:organisation ?organisation ; ig:role ?role ; ig:project|ig:partnership ?context .
        FILTER(?role != role:funder)
    }"""
    found: dict[str, set[str]] = {}
    for row in engine.ask(asked):
        found.setdefault(row["context"].value, set()).add(row["organisation"].value)
    return found


def test_organisations_are_related_by_the_projects_that_they_share(engine: Engine) -> None:
    contexts = taking_part(engine)
    for iri in sorted(set.union(*contexts.values())):
        own = [others for others in contexts.values() if iri in others]
        shared = Counter(other for others in own for other in others - {iri})
        told = {row["organisation"].value: int(row["shared"].value) for row in answered(engine, iri, "organisations")}
        assert len(told) == min(10, len(shared))
        assert told.items() <= shared.items()
        assert sorted(told.values()) == sorted(shared.values())[-10:]


def test_projects_are_related_by_what_they_have_in_common(engine: Engine) -> None:
    properties = {"targetGroups": "ig:targetGroup", "themes": "ig:theme", "countries": "ig:country"}
    features: dict[str, dict[str, set[str]]] = {"organisations": taking_part(engine)}
    asked = {name: f"?project {path} ?value" for name, path in properties.items()}
    asked["programmes"] = "?grant ig:project ?project ; ig:programme ?value"
    for name, pattern in asked.items():
        for row in engine.ask(f"SELECT ?project ?value {{ {pattern} }}"):
            features.setdefault(name, {}).setdefault(row["project"].value, set()).add(row["value"].value)
    projects = [row["p"].value for row in engine.ask("SELECT ?p { ?p a ig:Project }")]
    for iri in projects:
        common = {
            other: {name: len(of.get(iri, set()) & of.get(other, set())) for name, of in features.items()}
            for other in projects
            if other != iri
        }
        told = answered(engine, iri, "projects")
        for row in told:
            counts = common[row["project"].value]
            assert {name: int(row[name].value) for name in counts} == counts
            assert int(row["inCommon"].value) == sum(counts.values())
        best = sorted((sum(counts.values()) for counts in common.values() if any(counts.values())), reverse=True)
        assert [int(row["inCommon"].value) for row in told] == best[:10]


def answered(engine: Engine, iri: str, what: str) -> list[Mapping[str, Term]]:
    answer = engine.answer(view(f"related-{what}"), {"iri": [iri]})
    assert isinstance(answer, Table)
    return list(answer)


def test_a_project_tells_its_dates(engine: Engine) -> None:
    (stated,) = rows(engine, "project-dates", iri="access")
    assert stated == {"period": "project", "start": "2013-12", "end": "2015-05"}
