"""Every question of the library gives the rows that reading the sources leads to: ``expected/<question>.yaml``.

Each file is a list of cases: the ``graph`` that is asked, ``params``, the ``columns`` that are compared and the
``rows`` in their order. With ``count``, the rows are some of that many; with ``some``, of any number.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_app.questions.catalogue import questions
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table, Term
from loaders.vocabulary import BASE, prefixes

EXPECTED = Path(__file__).with_name("expected")
#: Instances of both graphs, and concepts, are written without what they share.
_SHORT = (
    {
        f"{BASE}{kind}/{namespace}/": ""
        for kind in ("organisation", "project", "programme", "grant", "output", "partnership", "dataset")
        for namespace in ("curated", "money")
    }
    | {f"{BASE}dataset/": ""}
    | {namespace: f"{prefix}:" for prefix, namespace in prefixes().items()}
)


def cases() -> list[Any]:
    reader = YAML(typ="safe")
    return [
        pytest.param(path.stem, case, id=f"{path.stem}-{case['graph']}-{number}")
        for path in sorted(EXPECTED.glob("*.yaml"))
        for number, case in enumerate(reader.load(path), start=1)
    ]


@pytest.mark.parametrize(("name", "case"), cases())
def test_answer(name: str, case: Mapping[str, Any], engines: Mapping[str, Engine]) -> None:
    question = questions()[name]
    values = {key: [str(value) for value in _list(given)] for key, given in case.get("params", {}).items()}
    answer = engines[case["graph"]].answer(question, values)
    assert isinstance(answer, Table)
    assert answer.columns == question.returns
    assert not answer.truncated
    places = [answer.columns.index(column) for column in case["columns"]]
    rows = [[short(row[place]) for place in places] for row in answer.rows]
    expected = [[None if cell is None else written(cell) for cell in row] for row in case["rows"]]
    if "count" in case or case.get("some"):
        assert len(rows) == case.get("count", len(rows))
        assert [row for row in expected if row not in rows] == []
    else:
        assert rows == expected


def test_every_question_has_expected_rows_somewhere() -> None:
    reader = YAML(typ="safe")
    shown = {path.stem for path in EXPECTED.glob("*.yaml") if any(case["rows"] for case in reader.load(path))}
    assert shown == set(questions())


@pytest.mark.parametrize("name", questions())
def test_entities_have_labels_and_rows_differ(name: str, engines: Mapping[str, Engine]) -> None:
    for engine in engines.values():
        answer = engine.ask(questions()[name].text)
        assert isinstance(answer, Table)
        assert len(set(answer.rows)) == len(answer.rows)
        for row in answer.rows:
            for position, term in enumerate(row):
                if term is not None and term.kind == "iri":
                    assert answer.columns[position + 1] == f"{answer.columns[position]}Label"
                    assert row[position + 1] is not None, term.value


def short(term: Term | None) -> str | None:
    """Write a term as the files of expected rows do."""
    if term is None:
        return None
    if term.kind != "iri":
        return term.value
    start = max((beginning for beginning in _SHORT if term.value.startswith(beginning)), key=len, default="")
    return _SHORT.get(start, "") + term.value.removeprefix(start)


def written(cell: object) -> str:
    """Write a value of a YAML file as a term is written."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _list(given: object) -> Sequence[object]:
    return given if isinstance(given, list) else [given]
