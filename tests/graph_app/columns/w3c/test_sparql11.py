"""The W3C's SPARQL 1.1 tests of queries through the columns alone: each is answered exactly, or declined as listed.

``declines.yaml`` holds the tests that are declined, with the reason. One that is answered now has to leave the list.
A test of syntax is answered where a query compiles; what is no query must be declined, which counts as answered too.
"""

import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.graph_app.columns.w3c.suite import ARCHIVE, FOLDERS, QUERY_FOLDERS, Case, cases, nquads, read_text
from tests.graph_app.columns.w3c.verdict import fault

pytestmark = pytest.mark.skipif(
    not ARCHIVE.is_file(), reason=f"The W3C's suite is not at {ARCHIVE}, so it does not run."
)

DECLINES: dict[str, str] = YAML(typ="safe").load(Path(__file__).with_name("declines.yaml")) or {}
KINDS = {"QueryEvaluationTest": 309, "CSVResultFormatTest": 3, "PositiveSyntaxTest11": 66, "NegativeSyntaxTest11": 40}
#: Tests of the query language, and the share of them that has to be answered.
QUERIES, LEAST = 328, 0.7

Run = Callable[[Case], tuple[str, str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a test once, and give its outcome (answered, declined or wrong) and what there is to say of it."""

    @cache
    def store(text: bytes) -> ColumnStore:
        folder = tmp_path_factory.mktemp("suite")
        content = folder / "content.nq"
        content.write_bytes(text)
        build_columns(folder / "columns", content)
        return ColumnStore.open(folder / "columns")

    @cache
    def outcome(case: Case) -> tuple[str, str]:
        if case.entailment:
            return "declined", "entailment regime"
        text = f"BASE <{case.query}>\n{read_text(case.query).decode()}"
        try:
            answer = store(nquads(case)).evaluate(text)
        except Declined as declined:
            return ("answered", "") if case.kind == "NegativeSyntaxTest11" else ("declined", declined.reason)
        if case.kind == "NegativeSyntaxTest11":
            return "wrong", "This is no query, yet it is answered."
        wrong = fault(case, answer) if case.evaluates else ""
        return ("wrong", wrong) if wrong else ("answered", "")

    return outcome


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.key)
def test_it_is_answered_exactly_or_declined_as_listed(case: Case, run: Run) -> None:
    outcome, said = run(case)
    assert outcome != "wrong", said
    if outcome == "answered":
        assert case.key not in DECLINES, f"{case.key} is answered now: take it out of declines.yaml."
    elif not case.entailment:
        assert DECLINES.get(case.key) == said, f"Declined, and not so listed:\n{case.key}: {said}"


def test_the_suite_is_read_whole() -> None:
    assert Counter(case.kind for case in cases()) == KINDS
    assert sum(case.folder in QUERY_FOLDERS for case in cases()) == QUERIES
    assert DECLINES.keys() <= {case.key for case in cases()}


def test_most_tests_are_answered(run: Run) -> None:
    outcomes = {case: run(case)[0] for case in cases()}
    found = Counter((case.folder, outcome) for case, outcome in outcomes.items())
    lines = [f"{'folder':20}{'tests':>7}{'answered':>10}{'declined':>10}{'wrong':>7}"]
    for folder in FOLDERS:
        counts = [found[folder, outcome] for outcome in ("answered", "declined", "wrong")]
        lines.append(f"{folder:20}{sum(counts):7}{counts[0]:10}{counts[1]:10}{counts[2]:7}")
    table = "\n".join(lines)
    sys.stdout.write(f"\n{table}\n")
    of_queries = {case: outcome for case, outcome in outcomes.items() if case.folder in QUERY_FOLDERS}
    evaluated = [outcome for case, outcome in of_queries.items() if case.evaluates]
    for some in (list(of_queries.values()), evaluated):
        assert some.count("answered") >= LEAST * len(some), table
