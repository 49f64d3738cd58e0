from graph_app.questions.engine import Engine
from graph_app.questions.labels import labels_question
from graph_app.questions.results import Table


def test_both_ways_give_the_same_names(small_engine: Engine) -> None:
    found = small_engine.ask("SELECT DISTINCT ?s { ?s a ?type }")
    assert isinstance(found, Table)
    iris = [row["s"].value for row in found if row["s"].kind == "iri"]
    names = []
    for complete in (True, False):
        rows = [
            {column: term.value for column, term in row.items()}
            for row in small_engine.answer(labels_question(complete=complete), {"iri": iris, "lang": ["cs"]})
        ]
        names.append(sorted(rows, key=lambda row: row["iri"]))
    assert names[0] == names[1]
    assert any("label" in row for row in names[0])
