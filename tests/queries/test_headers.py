"""Every question of the library: its header says what it does, and both SPARQL parsers read it."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery

from graph_app.questions.catalogue import GROUPS, Question, questions, read_question
from graph_app.questions.parameters import parse
from graph_app.questions.tokens import Kind, tokens
from loaders import resources
from loaders.vocabulary import prefixes

LANGUAGES = {"en", "cs"}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
#: Prefixes whose terms this repository declares itself.
OWN = ("ig", "role", "orgtype", "tg", "theme", "amountkind", "flow", "status", "outputtype", "country")
RULES = {path.stem: read_question(path) for path in sorted((resources.QUERIES / "rules").glob("*.rq"))}
LIBRARY = dict(questions())
QUERIES = {**RULES, **LIBRARY}


@pytest.fixture(scope="module")
def declared() -> set[str]:
    """Every term that the ontology and its schemes describe."""
    graph = Graph()
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        graph.parse(path)
    return {str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)}


def code(text: str):
    return [token for token in tokens(text) if token.kind not in {Kind.BLANK, Kind.COMMENT}]


def test_there_are_questions_of_every_group() -> None:
    groups = [question.group for question in LIBRARY.values()]
    assert set(groups) == set(GROUPS)
    assert len(groups) >= 30


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_name_and_texts(query: Question) -> None:
    assert KEBAB.fullmatch(query.name)
    for texts in (query.summary, query.description):
        assert set(texts) == LANGUAGES
        assert all(text.strip() == text and text for text in texts.values())
        assert texts["en"] != texts["cs"]
    assert all(not text.endswith(".") for text in query.summary.values()), "a summary is a headline"
    assert all(text.endswith(".") for text in query.description.values())


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_header_of_a_question(query: Question) -> None:
    assert query.tags
    assert query.returns
    for parameter in query.params:
        assert set(parameter.label) == LANGUAGES, parameter.name
        if parameter.default is not None:
            parse(parameter, parameter.default)


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_each_parameter_has_a_slot_and_each_slot_a_parameter(query: Question) -> None:
    assert {parameter.name for parameter in query.params} == set(SLOT.findall(query.text))


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_every_entity_column_is_followed_by_its_label(query: Question) -> None:
    for position, column in enumerate(query.returns):
        if column.endswith("Label"):
            assert query.returns[position - 1] == column.removesuffix("Label")


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_declares_no_prefix(query: Question) -> None:
    assert not [token.text for token in code(query.text) if token.kind is Kind.WORD and token.text.upper() == "PREFIX"]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_uses_declared_terms_only(query: Question, declared: set[str]) -> None:
    names = {token.text.partition(":")[::2] for token in code(query.text) if token.kind is Kind.NAME}
    assert {prefix for prefix, _ in names} <= set(prefixes())
    own = {prefixes()[prefix] + local for prefix, local in names if prefix in OWN}
    assert own <= declared


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_oxigraph_reads_it_and_projects_what_it_returns(query: Question) -> None:
    result = ox.Store().query(query.text, prefixes=prefixes())
    assert isinstance(result, ox.QuerySolutions)
    assert tuple(variable.value for variable in result.variables) == query.returns


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_rdflib_reads_it_and_projects_what_it_returns(query: Question) -> None:
    prepared = prepareQuery(query.text, initNs=prefixes())
    assert tuple(str(variable) for variable in prepared.algebra.PV) == query.returns


@pytest.mark.parametrize("query", RULES.values(), ids=RULES)
def test_a_rule_constructs_triples(query: Question) -> None:
    assert isinstance(ox.Store().query(query.text, prefixes=prefixes()), ox.QueryTriples)
    assert prepareQuery(query.text, initNs=prefixes()).algebra.name == "ConstructQuery"
    assert not query.params


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_rows_come_in_a_stated_order(query: Question) -> None:
    words = [token.text.upper() for token in code(query.text)]
    last_brace = len(words) - 1 - words[::-1].index("}")
    assert words[last_brace + 1 : last_brace + 3] == ["ORDER", "BY"]


def test_files_are_utf8_text_with_lines_of_readable_length() -> None:
    for group in (*GROUPS, "rules"):
        for path in sorted((resources.QUERIES / group).glob("*.rq")):
            body = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#+")]
            assert max(map(len, body)) <= 140, path


def test_readme_names_every_question() -> None:
    text = Path(resources.QUERIES / "README.md").read_text(encoding="utf-8")
    assert [name for name in QUERIES if f"`{name}`" not in text] == []
