"""The rules derive exactly what their fixture says: ``fixtures/rules/<rule>.yaml`` holds data and expected triples."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from ruamel.yaml import YAML

from loaders import resources
from loaders.vocabulary import prefixes

FIXTURES = Path(__file__).with_name("fixtures") / "rules"
GRAPHS = ("urn:example:one", "urn:example:two")


def cases() -> list[Any]:
    reader = YAML(typ="safe")
    return [
        pytest.param(path.stem, case["data"], case["derived"], id=f"{path.stem}-{case['name']}")
        for path in sorted(FIXTURES.glob("*.yaml"))
        for case in reader.load(path)
    ]


def triples(turtle: str) -> set[str]:
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
    text = header + "@prefix ex: <urn:example:> .\n" + turtle
    return {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


def derive(rule: str, turtle: str) -> set[str]:
    """Run one rule on data that two graphs state alike."""
    store = ox.Store()
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes().items())
    for graph in GRAPHS:
        text = header + "@prefix ex: <urn:example:> .\n" + turtle
        store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    text = (resources.QUERIES / "rules" / f"{rule}.rq").read_text(encoding="utf-8")
    return {str(triple) for triple in store.query(text, prefixes=prefixes(), use_default_graph_as_union=True)}


@pytest.mark.parametrize(("rule", "data", "derived"), cases())
def test_rule(rule: str, data: str, derived: str) -> None:
    assert derive(rule, data) == triples(derived)


def test_every_rule_has_cases() -> None:
    assert {path.stem for path in FIXTURES.glob("*.yaml")} == {
        path.stem for path in (resources.QUERIES / "rules").glob("*.rq")
    }
