import pytest

from graph_app.web.repeatable import repeatable


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (now() AS ?time) {}",
        "SELECT * { ?s ?p ?o } ORDER BY RAND()",
        "SELECT (STRUUID() AS ?id) {}",
        "SELECT (UUID( ) AS ?id) {}",
        "SELECT (BNODE() AS ?node) {}",
        "ASK { FILTER(trueNOW()) }",
        r"SELECT (\u004EOW() AS ?time) {}",
        "SELECT * { ?s ?p ?o FILTER(?o<NOW()&&?o>?s) }",
    ],
)
def test_what_changes_from_one_time_to_the_next_is_not_kept(text: str) -> None:
    assert not repeatable(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?now ?rand ?o }",
        "SELECT * { ?s rdfs:label 'NOW()' }",
        "ASK {} # RAND()",
        "SELECT * { ?s <http://example/now> ex:uuid }",
    ],
)
def test_names_and_texts_are_no_functions(text: str) -> None:
    assert repeatable(text)
