"""Two publishers' real 360Giving files: every sum as published, and the same graph from XLSX as from JSON."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

from loaders.datasets import Dataset
from loaders.findings import Effect, Finding, Severity
from loaders.load import load_lines
from loaders.sources import detect
from loaders.vocabulary import prefixes

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "360giving"
TRUST, FOUNDATION = "a001p00000zgyHZAAY", "a003W000001B7PzQAK"
DATASET = Dataset("real", {"en": "Real"}, "360giving", "360giving")
BASE = "https://w3id.org/integration-graph/id/"
DATA = f"<{BASE}graph/real/data>"
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())

#: Recipients as a publisher counts them: one for each identifier, whatever names it was given.
RECIPIENTS = """
SELECT (COUNT(DISTINCT ?identifier) AS ?recipients) WHERE {
  GRAPH ?provenance { ?cell ig:field?/ig:property ig:recipient ; ig:sourceValue ?identifier }
}"""
MENTIONS = "SELECT (COUNT(DISTINCT ?mention) AS ?mentions) WHERE { GRAPH ?data { ?grant ig:recipient ?mention } }"
TOTALS = """
SELECT ?kind ?currency (COUNT(?amount) AS ?amounts) (SUM(?value) AS ?total) WHERE {
  GRAPH ?data { ?grant a ig:Grant ; ig:amount ?amount .
    ?amount ig:value ?value ; ig:currency ?currency ; ig:amountKind ?kind }
} GROUP BY ?kind ?currency"""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real files of 360Giving are not here")


@cache
def loaded(name: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    lines: list[str] = []
    findings: list[Finding] = []
    for item in load_lines(FOLDER / name, DATASET):
        if isinstance(item, Finding):
            findings.append(item)
        else:
            lines.append(item)
    return tuple(lines), tuple(findings)


@cache
def store(name: str) -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.load("".join(loaded(name)[0]).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return found


def asked(name: str, query: str) -> list[tuple[str, ...]]:
    solutions = store(name).query(PREFIXES + query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sorted(tuple(str(term.value) for term in row) for row in solutions)  # type: ignore[union-attr]


def data(name: str) -> set[str]:
    """The statements about the world: neither provenance nor from which source record they come."""
    lines = "".join(loaded(name)[0]).splitlines()
    return {line for line in lines if line.endswith(f"{DATA} .") and "prov#wasDerivedFrom" not in line}


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_the_trust_gave_what_it_says(ending: str) -> None:
    name = f"{TRUST}.{ending}"
    assert detect(FOLDER / name).source.name == "360giving"
    assert asked(name, TOTALS) == [("https://w3id.org/integration-graph/amount-kind/awarded", "GBP", "783", "12785625")]
    assert asked(name, RECIPIENTS) == [("322",)]
    # One identifier with another name is another mention, as people have yet to judge it.
    assert asked(name, MENTIONS) == [("356",)]


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_the_foundation_gave_what_it_says(ending: str) -> None:
    kind = "https://w3id.org/integration-graph/amount-kind"
    totals = {(row[0], row[1], row[2]): Decimal(row[3]) for row in asked(f"{FOUNDATION}.{ending}", TOTALS)}
    assert totals[f"{kind}/awarded", "GBP", "475"] == Decimal("21757793.27")
    assert set(totals) == {(f"{kind}/awarded", "GBP", "475"), (f"{kind}/applied-for", "GBP", "475")}
    assert asked(f"{FOUNDATION}.{ending}", RECIPIENTS) == [("288",)]


@pytest.mark.parametrize("name", [TRUST, FOUNDATION])
def test_a_workbook_and_its_json_give_the_same_graph(name: str) -> None:
    from_json, from_workbook = data(f"{name}.json"), data(f"{name}.xlsx")
    assert len(from_json) > 15_000
    assert from_json == from_workbook


@pytest.mark.parametrize("name", [f"{name}.{ending}" for name in (TRUST, FOUNDATION) for ending in ("json", "xlsx")])
def test_nothing_is_lost_without_a_word(name: str) -> None:
    findings = loaded(name)[1]
    assert all(found.severity is not Severity.VIOLATION for found in findings)
    assert not any(found.effect is Effect.RECORD_SKIPPED for found in findings)
    assert {found.rule for found in findings} <= {
        "threesixty-binary",
        "threesixty-differs",
        "threesixty-left-out",
        "threesixty-organisation-type",
        "threesixty-register-number",
        "threesixty-unknown-field",
    }
