from graph_app.questions.engine import Engine
from graph_app.questions.labels import label_questions
from graph_app.questions.results import Table

IRIS = [f"urn:example:{number}" for number in range(250)]


def test_names_are_asked_for_at_once_where_there_is_a_store_and_in_parts_where_there_is_none() -> None:
    ((question, iris),) = label_questions(IRIS, complete=True)
    assert (question.name, iris) == ("labels", IRIS)
    parts = list(label_questions(IRIS, complete=False))
    assert {question.name for question, _ in parts} == {"labels-as-text"}
    assert [iri for _, some in parts for iri in some] == IRIS
    assert max(len(some) for _, some in parts) < len(IRIS)
    assert list(label_questions([], complete=False)) == []


def test_both_ways_give_the_same_names(small_engine: Engine) -> None:
    found = small_engine.ask("SELECT DISTINCT ?s { ?s a ?type }")
    assert isinstance(found, Table)
    iris = [row["s"].value for row in found if row["s"].kind == "iri"]
    names = []
    for complete in (True, False):
        rows = [
            {column: term.value for column, term in row.items()}
            for question, some in label_questions(iris, complete=complete)
            for row in small_engine.answer(question, {"iri": some, "lang": ["cs"]})
        ]
        names.append(sorted(rows, key=lambda row: row["iri"]))
    assert names[0] == names[1]
    assert any("label" in row for row in names[0])
