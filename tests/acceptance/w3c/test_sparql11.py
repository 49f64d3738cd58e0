"""The W3C's tests of SPARQL 1.1 queries and result formats, through the engine that answers ``/sparql``."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError, QueryRefused, QuerySyntaxError
from graph_app.questions.responses import kind_of
from graph_app.releases.release import Release
from graph_app.settings import Settings
from tests.acceptance.w3c import compare, suite

pytestmark = pytest.mark.skipif(
    not suite.ARCHIVE.is_file(), reason=f"The W3C's suite is not at {suite.ARCHIVE}, so it does not run."
)

# The causes lie in the engine, pyoxigraph 0.5.13, which gives the same when it is asked without anything of ours.
_LANGUAGE = "The engine keeps a language that all members of GROUP_CONCAT share, as SPARQL 1.2 has it."
_NO_NODE = "The engine takes a constant for a node of a path of length zero only if the data hold it."
_GRAPH = "The engine reads GRAPH ?g as part of each pattern in it, not as one evaluation for each graph: "
#: Manifest to the tests that fail, by name, with the cause of each.
KNOWN = {
    "manifest-sparql11-query.ttl": {
        "aggregates: GROUP_CONCAT with same language tag": _LANGUAGE,
        "aggregates: GROUP_CONCAT with one element": _LANGUAGE,
        "aggregates: COUNT: no GROUP BY inside of GRAPH": _GRAPH + "a graph without a match gives no count of zero.",
        "bindings: VALUES inside GRAPH binding the same variable as the graph name": _GRAPH
        + "a row that leaves the graph open is given once, not once a graph.",
        "functions: BNODE(str)": "The engine names the node after the text, so that rows share it.",
        "negation: outer GRAPH operator does not affect MINUS disjointness": _GRAPH
        + "both sides of MINUS then share the variable ?g, and MINUS removes rows that it should keep.",
        "property-path: * with start being a constant on the empty dataset": _NO_NODE,
        "property-path: * with end being a constant on the empty dataset": _NO_NODE,
        "property-path: ? with start being a constant on the empty dataset": _NO_NODE,
        "property-path: ? with end being a constant on the empty dataset": _NO_NODE,
    },
    "manifest-sparql11-results.ttl": {
        "csv-tsv-res: tsv03 - TSV Result Format": "The store keeps xsd:negativeInteger as xsd:integer.",
    },
}
COUNTS = {
    "manifest-sparql11-query.ttl": {
        "QueryEvaluationTest": 225,
        "PositiveSyntaxTest11": 63,
        "NegativeSyntaxTest11": 40,
    },
    "manifest-sparql11-results.ttl": {"QueryEvaluationTest": 7, "CSVResultFormatTest": 3},
}
_MEDIA = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}


@pytest.fixture(scope="module")
def tests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[suite.Case]]:
    folder = suite.unpack(tmp_path_factory.mktemp("w3c"))
    return {manifest: list(suite.cases(folder, manifest)) for manifest in KNOWN}


@pytest.fixture(scope="module")
def engine(tests: dict[str, list[suite.Case]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("w3c-release")
    release = Release("w3c", path, "", datetime(2026, 11, 21, tzinfo=UTC), 0, {})
    suite.build(release.store, [case for manifest in tests.values() for case in manifest])
    with Engine(release, Settings(time_limit=20.0)) as engine:
        yield engine


@pytest.mark.parametrize("manifest", KNOWN)
def test_the_suite_is_passed_but_for_what_is_named(
    manifest: str, tests: dict[str, list[suite.Case]], engine: Engine
) -> None:
    assert Counter(case.kind for case in tests[manifest]) == COUNTS[manifest]
    faults = {case.name: fault for case in tests[manifest] if (fault := run(case, engine))}
    assert faults.keys() == KNOWN[manifest].keys(), "\n".join(f"{name}: {fault}" for name, fault in faults.items())


def run(case: suite.Case, engine: Engine) -> str:
    """Run one test and say what is wrong, or nothing."""
    text = case.query.read_text(encoding="utf-8")
    media = "" if case.result is None else _MEDIA.get(case.result.suffix, "")
    own = re.search(r"\bFROM\b", text) is not None  # the query names what it reads itself
    try:
        # Queries of the suite may name files beside their own.
        response = engine.respond(
            f"BASE <{case.query.as_uri()}>\n{text}",
            media=media,
            default_graphs=None if own else case.data,
            named_graphs=None if own else case.graphs,
        )
    except (QuerySyntaxError, QueryRefused) as error:
        return "" if case.kind == "NegativeSyntaxTest11" else str(error)
    except QueryError as error:
        return "" if case.kind == "PositiveSyntaxTest11" and error.code == "evaluation" else str(error)
    if case.result is None:
        return "accepted" if case.kind == "NegativeSyntaxTest11" else ""
    if kind_of(text) == "triples":
        return compare.same_graphs(response.body, case.result)
    given = compare.read(response.body, response.media)
    if case.result.suffix == ".ttl":
        return compare.same_results(given, compare.read_described(case.result), ordered=False)
    expected = compare.read(case.result.read_bytes(), case.result.suffix)
    return compare.same_results(given, expected, ordered=bool(re.search(r"\bORDER\s+BY\b", text)))
