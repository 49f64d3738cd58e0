"""The grammar that looks ahead reads what rdflib's own reads, and nothing else."""

import importlib.util
import re
from functools import cache
from typing import Any

import pytest
from pyparsing import ParseBaseException
from rdflib.plugins.sparql import parser

from graph_app.columns.algebra.grammar import parse_query
from loaders import resources
from tests.graph_app.columns.w3c import suite

ODD = (
    "select$x where{$x?y'z'}limit 3",
    "SELECT * { ?s ?p ?o # ; }\n}",
    "#first\nSELECT #second\n*#third\n{#fourth\n?s<#p>'#'#fifth\n}#last",
    'SELECT * { ?s ?p ?o FILTER(?o nOt iN (1, 2.5, .5e3, true, """a"b"""@en, \'c\'^^<d>)) }',
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?o ?p ?s } }",
    "SELECT (count(distinct*) as?n) (STRéN(?a) AS ?b) {}",
    "SELECT (STRLEN(?a) AS ?b) (str(?a) AS ?c) (:str(?a) AS ?d) (STR:x(?a) AS ?e) { ?a ?b ?c }",
    "SELECT * { ?s a|^a|!(a|:c)/:d*/(:e+)?/^(:f|:g) [ :h ( 1 _:i [] () ) ] ; ; :j ?k , ?l . }",
    "SELECT * { ?s ?p ?o . . }",
    "SELECT * { ?s ?p ?o . FILTER(! ?a && -?b + +?c*?d/?e > 2 || ?f != ?g) }",
    "SELECT * { { ?a ?b ?c } UNION { ?d ?e ?f } MINUS { ?a ?g ?h } GRAPH ?i { ?j ?k ?l } }",
    "SELECT * { SERVICE SILENT ?m { ?n ?o ?p } }",
    "SELECT DISTINCTé * {}",
    "SELECT",
    "",
    "ASK { ?s ?p }",
    "ASK { ?s ?p ?o } trailing",
    "CONSTRUCT WHERE { ?s ?p ?o } ORDER BY DESC(?o) ASC(?p) ?s OFFSET 2 LIMIT 1",
    "DESCRIBE <a> ?b FROM <c> FROM NAMED <d> WHERE { VALUES (?b ?e) { (<f> UNDEF) } } HAVING(?b) VALUES ?b {}",
)


@cache
def untouched() -> Any:
    """Return the module of rdflib's grammar once more, as it is before anything is done to it."""
    spec = importlib.util.spec_from_file_location(parser.__name__, parser.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(parse: Any, text: str) -> str:
    try:
        return re.sub(r"BNode\('\w+'\)", "BNode", repr(parse(text)))  # named at random
    except (ParseBaseException, RecursionError) as error:
        return type(error).__name__


def same(text: str) -> bool:
    return read(parse_query, text) == read(untouched().parseQuery, text)


@pytest.mark.parametrize("text", ODD)
def test_odd_queries(text: str) -> None:
    assert same(text)


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_queries_of_ours(step: int) -> None:
    # The grammar that is left as it is takes a tenth of a second for each.
    texts = [path.read_text(encoding="utf-8") for path in sorted(resources.QUERIES.rglob("*.rq"))[::step]]
    assert texts
    assert [text for text in texts if not same(text)] == []


@pytest.mark.skipif(not suite.ARCHIVE.is_file(), reason=f"{suite.ARCHIVE} is not here")
def test_queries_of_the_w3c() -> None:
    texts = [suite.read_text(case.query).decode() for case in suite.cases()]
    assert texts
    # Mended: what a negated path walks backwards.
    assert [text for text in texts if not re.search(r"!\(?.*\^", text) and not same(text)] == []
