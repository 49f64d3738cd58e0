"""What an editor completes from: the words of the release, with counts and names."""

import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.vocabulary import shorten, vocabulary
from graph_app.releases.release import current_release
from graph_app.settings import Settings


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        ("https://w3id.org/integration-graph/ontology#Project", "ig:Project"),
        ("https://w3id.org/integration-graph/role/implementing-organisation", "role:implementing-organisation"),
        ("https://example.org/a", "<https://example.org/a>"),
        ("https://w3id.org/integration-graph/ontology#", "<https://w3id.org/integration-graph/ontology#>"),
        ("https://w3id.org/integration-graph/ontology#a/b", "<https://w3id.org/integration-graph/ontology#a/b>"),
    ],
)
def test_iris_are_written_as_sparql_has_them(iri: str, written: str) -> None:
    assert shorten(iri) == written


def test_the_words_of_a_release(curated_settings: Settings) -> None:
    with Engine(current_release(curated_settings), curated_settings) as engine:
        found = vocabulary(engine, "cs")
    classes = {word.written: word for word in found.classes}
    assert (classes["ig:Project"].count, classes["ig:Project"].label) == (34, "Projekt")
    assert {"ig:organisation", "dct:title"} <= {word.written for word in found.predicates}
    things = {word.written: word.label for word in found.things}
    assert things["country:CZE"] == "Česko"
    assert "Mezinárodní organizace pro migraci" in things.values()
    assert all(word.label for word in found.things)
