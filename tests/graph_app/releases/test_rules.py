from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.releases.rules import RuleError, derive, read_rules

GRAPH = "urn:derived"
PREFIXES = {"ex": "urn:ex:"}


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    content = tmp_path / "in.nq"
    content.write_text(
        "".join(f"<urn:ex:{n}> <urn:ex:next> <urn:ex:{n + 1}> <urn:g> .\n" for n in range(5)), encoding="utf-8"
    )
    build_columns(tmp_path / "stated", content)
    return tmp_path / "stated"


def rules(folder: Path, **texts: str) -> Path:
    path = folder / "rules"
    path.mkdir()
    for name, text in texts.items():
        (path / f"{name}.rq").write_text(text, encoding="utf-8")
    return path


def test_rules_read_what_is_stated_and_nothing_else(stated: Path, tmp_path: Path) -> None:
    folder = rules(
        tmp_path,
        a_reads_b="CONSTRUCT { ?x ex:before ?z } WHERE { ?x ex:before ?y . ?y ex:before ?z }",
        b="CONSTRUCT { ?x ex:before ?y } WHERE { ?x ex:next/ex:next? ?y }",
    )
    derived = set("".join(derive(stated, read_rules(folder, GRAPH, PREFIXES), tmp_path)).splitlines(keepends=True))
    assert min(derived) == "<urn:ex:0> <urn:ex:before> <urn:ex:1> <urn:derived> .\n"
    assert len(derived) == 5 + 4


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("CONSTRUCT { ?x ex:n [] } WHERE { ?x ex:next ?y }", "bad.rq makes a blank node"),
        ("SELECT * { ?s ?p ?o }", "bad.rq gives no triples"),
        ("CONSTRUCT { ?s ?p }", "bad.rq cannot be run"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(text: str, part: str, stated: Path, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=part):
        list(derive(stated, read_rules(rules(tmp_path, bad=text), GRAPH, PREFIXES), tmp_path))
