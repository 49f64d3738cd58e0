from pathlib import Path

import pytest

from graph_app.releases.rules import RuleError, derive
from graph_app.store.oxigraph import build_store, open_store
from graph_app.store.patching import copy_store, patch_store

GRAPH = "urn:derived"
PREFIXES = {"ex": "urn:ex:"}


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    content = tmp_path / "in.nq"
    content.write_text(
        "".join(f"<urn:ex:{n}> <urn:ex:next> <urn:ex:{n + 1}> <urn:g> .\n" for n in range(5)), encoding="utf-8"
    )
    build_store(tmp_path / "stated", content)
    return tmp_path / "stated"


@pytest.fixture
def store(stated: Path) -> Path:
    copy_store(stated, stated.with_name("store"))
    return stated.with_name("store")


def rules(folder: Path, **texts: str) -> Path:
    path = folder / "rules"
    path.mkdir()
    for name, text in texts.items():
        (path / f"{name}.rq").write_text(text, encoding="utf-8")
    return path


def test_rules_read_what_is_stated_and_nothing_else(stated: Path, store: Path, tmp_path: Path) -> None:
    folder = rules(
        tmp_path,
        a_reads_b="CONSTRUCT { ?x ex:before ?z } WHERE { ?x ex:before ?y . ?y ex:before ?z }",
        b="CONSTRUCT { ?x ex:before ?y } WHERE { ?x ex:next/ex:next? ?y }",
    )
    derived = derive(stated, store, folder, GRAPH, PREFIXES)
    assert derived[0] == "<urn:ex:0> <urn:ex:before> <urn:ex:1> <urn:derived> .\n"
    assert len(derived) == 5 + 4
    assert (
        open_store(store).evaluate("ASK { GRAPH <urn:derived> { <urn:ex:0> <urn:ex:before> <urn:ex:2> } }").body
        == b"true"
    )


def test_what_does_not_follow_any_more_is_taken_back(stated: Path, store: Path, tmp_path: Path) -> None:
    folder = rules(tmp_path, there="CONSTRUCT { ?y ex:after ?x . ?x ex:before ?y } WHERE { ?x ex:next ?y }")
    before = derive(stated, store, folder, GRAPH, PREFIXES)
    assert len(before) == 10
    gone = [b"<urn:ex:0> <urn:ex:next> <urn:ex:1> <urn:g> .\n"]
    for path in (stated, store):
        patch_store(path, gone, [])
    after = derive(stated, store, folder, GRAPH, PREFIXES, [line.encode() for line in before])
    assert after == [line for line in before if "<urn:ex:0>" not in line]
    held = open_store(store).evaluate("SELECT * { GRAPH <urn:derived> { ?s ?p ?o } }").count
    assert (held, open_store(store).evaluate("SELECT * { ?s ?p ?o }").count) == (8, 8 + 4)


@pytest.mark.parametrize("few", [0, 1000])
def test_many_and_few_triples_are_put_alike(
    few: int, stated: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph_app.releases.rules._FEW", few)
    derive(stated, store, rules(tmp_path, b="CONSTRUCT { ?x ex:before ?y } WHERE { ?x ex:next ?y }"), GRAPH, PREFIXES)
    assert open_store(store).evaluate("SELECT * { GRAPH <urn:derived> { ?s ?p ?o } }").count == 5


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("CONSTRUCT { ?x ex:n [] } WHERE { ?x ex:next ?y }", "bad.rq makes a blank node"),
        ("SELECT * { ?s ?p ?o }", "bad.rq gives no triples"),
        ("CONSTRUCT { ?s ?p }", "bad.rq cannot be run"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(text: str, part: str, stated: Path, store: Path, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=part):
        derive(stated, store, rules(tmp_path, bad=text), GRAPH, PREFIXES)
