"""The face for programs: a folder or an address is opened, and rows come as a table of pandas."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from rdflib import BNode, Literal, URIRef

from graph_app import Graph
from graph_app.questions.parameters import ParameterError
from graph_app.questions.results import Table, Triples, Truth
from graph_app.releases.release import NoRelease
from graph_app.settings import Settings
from loaders.vocabulary import BASE


@pytest.fixture(scope="module")
def graph(curated_settings: Settings) -> Iterator[Graph]:
    with Graph.open(curated_settings.home) as opened:
        yield opened


def test_a_question_of_the_library_gives_a_table(graph: Graph) -> None:
    found = graph.query("active-in-month", month="2014-01")
    assert isinstance(found, Table)
    table = found.to_pandas()
    assert list(table.columns) == list(found.columns)
    assert len(table) == len(found) > 0
    assert graph.release == found.release


def test_values_go_into_the_slots_of_a_query(graph: Graph) -> None:
    text = """
        SELECT ?name ?number ?money ?nothing WHERE {
            VALUES ?organisation { UNDEF } VALUES ?number { UNDEF } VALUES ?money { UNDEF }
            ?organisation skos:prefLabel ?name . FILTER(lang(?name) = "en")
            OPTIONAL { ?organisation ig:noSuch ?nothing }
        }
    """
    prague = URIRef(f"{BASE}organisation/curated/iom-prague")
    table = graph.query(text, organisation=prague, number=[2**60 + 1, 7], money=Literal(Decimal("0.10"))).to_pandas()
    assert set(table["name"]) == {"IOM Prague"}
    assert sorted(table["number"]) == [7, 2**60 + 1]
    assert pd.api.types.is_integer_dtype(table["number"])
    assert set(table["money"]) == {Decimal("0.10")}
    assert table["nothing"].isna().all()


def test_other_kinds_of_query_give_their_kinds_of_answer(graph: Graph) -> None:
    assert isinstance(graph.query("ASK { ?p a ig:Project }"), Truth)
    found = graph.query("CONSTRUCT { ?p a ig:Project } WHERE { ?p a ig:Project }")
    assert isinstance(found, Triples)
    assert len(found.lines) == 34


def test_what_cannot_be_asked_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="give an IRI or a literal"):
        graph.query("SELECT * { VALUES ?x { UNDEF } ?x a ?y }", x=BNode("b"))
    with pytest.raises(NoRelease):
        Graph.open(tmp_path)


def test_an_app_is_asked_at_its_address(
    graph: Graph, curated_settings: Settings, serve: Callable[[Settings], str]
) -> None:
    with Graph.open(f"{serve(curated_settings).rstrip('/')}/sparql") as remote:
        there, here = (opened.query("donors").to_pandas() for opened in (remote, graph))
    assert there.equals(here)
