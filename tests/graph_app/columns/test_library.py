"""Every query of the project gives the same rows by columns as by Oxigraph, or is declined as ``declines.yaml`` lists.

Values compare as Oxigraph keeps them, which makes ``P18M`` ``P1Y6M``.

The curated data in every run; invented ones, IOM's portfolio and 10,000 generated projects in the long form.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from ruamel.yaml import YAML

from graph_app.columns.declined import Declined
from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnAnswer, ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.questions.catalogue import Question
from graph_app.questions.errors import QueryTimeout
from graph_app.questions.parameters import bind
from graph_app.questions.results import Term
from loaders.vocabulary import prefixes
from tests.graph_app.columns.differential.agreement import rows_differ
from tests.graph_app.columns.differential.algebra import Order
from tests.graph_app.columns.differential.terms import kept
from tests.graph_app.columns.library import GRAPHS, IOM, LARGE, NAMES, Both, Values, asked, open_graph, values
from tests.graph_app.columns.rows import graph, rows
from tests.queries.test_rules import cases as rule_cases
from tests.queries.test_rules import triples

DECLINES: dict[str, str] = YAML(typ="safe").load(Path(__file__).with_name("declines.yaml")) or {}
_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_ORDER = re.compile(r"^ORDER BY (.*)$", re.MULTILINE)
_GATHERED = re.compile(r'(?i:SEPARATOR) *= *"([^"]*)"\) AS \?(\w+)')
_KEY = re.compile(r"(DESC\()?(STR\()?(\?\w+)\)*")

Open = Callable[[str], Both]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    with ExitStack() as stack:
        yield cache(lambda name: open_graph(name, tmp_path_factory.mktemp(name), stack))


def graphs() -> list[object]:
    missing = pytest.mark.skipif(not IOM.is_dir(), reason=f"IOM's portfolio is not at {IOM}.")
    marks = {name: [pytest.mark.soak] for name in ("money", "transactions", "generated")}
    marks["iom"] = [pytest.mark.soak, missing]
    return [pytest.param(name, marks=marks.get(name, [])) for name in (*GRAPHS, *LARGE)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("of", graphs())
def test_both_engines_give_the_same_rows(of: str, name: str, opened: Open) -> None:
    both, question = opened(of), asked()[name]
    for given in values(question, both):
        try:
            mine = answer(both, question, given)
        except Declined as declined:
            assert declined.reason == DECLINES.get(name), f"Declined, and not so listed:\n{name}: {declined.reason}"  # noqa: PT017
            continue
        try:
            media = _TRIPLES if mine.kind == "triples" else _JSON
            yours = both.oxigraph.respond(bind(question.text, given), media=media)
        except QueryTimeout:
            continue  # what one engine cannot answer compares with nothing
        assert not yours.truncated
        wrong = difference(question.text, mine, yours.body)
        assert not wrong, f"{name} on {of} with {given}: {wrong}"


@pytest.mark.parametrize("name", DECLINES)
def test_what_is_listed_is_declined(name: str, opened: Open) -> None:
    for of in GRAPHS:
        for given in values(asked()[name], opened(of)):
            with suppress(Declined):
                answer(opened(of), asked()[name], given)
                continue
            return
    pytest.fail(f"{name} is answered now: take it out of declines.yaml.")


def answer(both: Both, question: Question, given: Values) -> ColumnAnswer:
    params = {name: [constant(term) for term in terms] for name, terms in given.items()}
    return both.columns.evaluate(question.text, prefixes=prefixes(), params=params)


def constant(term: Term) -> Constant:
    if term.kind == "iri":
        return Constant(Kind.IRI, term.value)
    return Constant.literal(term.value, term.datatype, term.language)


@pytest.mark.parametrize(("rule", "data", "derived"), rule_cases())
def test_rules_derive_the_same(rule: str, data: str, derived: str, tmp_path: Path) -> None:
    (tmp_path / "content.nq").write_text("".join(f"{triple} .\n" for triple in triples(data)), encoding="utf-8")
    build_columns(tmp_path / "columns", tmp_path / "content.nq")
    store = ColumnStore.open(tmp_path / "columns")
    try:
        found = store.evaluate(asked()[f"rules/{rule}"].text, prefixes=prefixes())
    except Declined as declined:
        assert declined.reason == DECLINES.get(f"rules/{rule}")  # noqa: PT017
        return
    expected = "".join(f"{triple} .\n" for triple in triples(derived))
    assert not difference("", found, expected.encode())


def difference(text: str, mine: ColumnAnswer, yours: bytes) -> str:
    """Say how two answers differ, or nothing."""
    if mine.kind == "truth":
        return "" if mine.body.decode() in yours.decode() else f"{mine.body.decode()}"
    if mine.kind == "triples":
        stores = ox.Store(), ox.Store()
        for store, body in zip(stores, (mine.body, yours), strict=True):
            store.load(body, format=ox.RdfFormat.N_TRIPLES)
        found, expected = (graph(quad.triple for quad in store) for store in stores)
        return "" if found == expected else f"{sorted(found - expected)[:3]}, not {sorted(expected - found)[:3]}"
    keys = _ORDER.search(text)
    order = [Order(key[3], bool(key[2]), bool(key[1])) for key in _KEY.finditer(keys[1])] if keys else []
    gathers = {name: separator for separator, name in _GATHERED.findall(text)}
    return rows_differ(rows(mine.body, kept), rows(yours), order=order, gathers=gathers)
