from dataclasses import replace

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryFailed
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.releases.release import Release
from graph_app.settings import Settings
from loaders.vocabulary import DCT, IG, SKOS

BASE = "https://w3id.org/integration-graph/id/"
ELCI, IOM = URIRef(BASE + "project/curated/elci"), URIRef(BASE + "organisation/curated/iom")
GRANT, AMOUNT = URIRef(BASE + "grant/curated/elci/1"), URIRef(BASE + "amount/curated/elci/1")
FUNDER = URIRef(BASE + "participation/curated/elci/iom/funder")


def test_a_project_comes_with_what_belongs_to_it(small_engine: Engine) -> None:
    graph = neighbourhood(small_engine, {str(ELCI)})
    assert (ELCI, DCT.title, Literal('Local cities "in" integration\nsecond line', lang="en")) in graph
    assert (FUNDER, IG.organisation, IOM) in graph
    assert (AMOUNT, IG.value, None) in graph
    assert (IOM, SKOS.prefLabel, None) not in graph
    assert (URIRef(BASE + "project/curated/access"), None, None) not in graph


def test_what_is_referred_to_comes_with_its_class_only(small_engine: Engine) -> None:
    graph = neighbourhood(small_engine, {str(FUNDER)})
    assert set(graph.predicate_objects(IOM)) == {(RDF.type, IG.Organisation)}


def test_unknown_entities_and_graphs_left_out_give_nothing(small_engine: Engine) -> None:
    assert len(neighbourhood(small_engine, {"urn:no-such"})) == 0
    assert len(neighbourhood(small_engine, set())) == 0
    assert len(neighbourhood(small_engine, {str(ELCI)}, leave_out=[BASE + "graph/small/data"])) == 0


def test_many_entities_are_asked_in_turn(small_engine: Engine) -> None:
    graph = neighbourhood(small_engine, {f"urn:example:{number}" for number in range(150)})
    assert len(graph) == 150


def test_what_is_more_than_one_answer_holds_is_asked_in_parts(small_release: Release, limits: Settings) -> None:
    with Engine(small_release, replace(limits, row_limit=20)) as engine:
        assert len(neighbourhood(engine, {f"urn:example:{number}" for number in range(150)})) == 150


def test_a_part_is_not_taken_for_the_whole(small_release: Release, limits: Settings) -> None:
    with (
        Engine(small_release, replace(limits, row_limit=5)) as engine,
        pytest.raises(QueryFailed, match="too much to check"),
    ):
        neighbourhood(engine, {str(ELCI)})
