from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryRefused
from graph_app.questions.parameters import Parameter, ParameterError, bind, parse, read, serialise
from graph_app.questions.results import XSD, Table, Term
from graph_app.questions.tokens import Kind, tokens

BASE = "https://w3id.org/integration-graph/id/"
NAUGHTY = (
    '" } SELECT * { ?s ?p ?o } #',
    '"@en . ?s ?p "',
    "\\",
    '\\"',
    '\\\\"',
    "\\u0022 . ?s ?p ?o",
    "\\\\u0022",
    "' ''' \"\"\"",
    "line\nline\rline\ttab\b\f\x00\x07\x7f\x85\u2028",
    "?x $y {} [] () <> #",
    "Žižkov ⵣ 𝔘𝔫𝔦 \u202eRTL \ufeff",
    "UNDEF",
    "%s {0} {evil}",
    "x" * 3000,
)


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("text", " as it is ", Term("literal", " as it is ")),
        ("month", "2024-01", Term("literal", "2024-01")),
        ("year", "2024", Term("literal", "2024", datatype=XSD + "integer")),
        ("integer", "-7", Term("literal", "-7", datatype=XSD + "integer")),
        ("decimal", "1200.50", Term("literal", "1200.50", datatype=XSD + "decimal")),
        ("date", "2024-02-29", Term("literal", "2024-02-29", datatype=XSD + "date")),
        ("language", "cs\n", Term("literal", "cs")),
        ("iri", "urn:example:1", Term("iri", "urn:example:1")),
        ("iri", "project/curated/access", Term("iri", BASE + "project/curated/access")),
        ("organisation", "iom", Term("iri", BASE + "organisation/curated/iom")),
        ("donor", "ds/iom", Term("iri", BASE + "organisation/ds/iom")),
        ("project", "project/curated/access", Term("iri", BASE + "project/curated/access")),
        ("country", "CZE", Term("iri", "http://publications.europa.eu/resource/authority/country/CZE")),
        ("target-group", "refugees", Term("iri", "https://w3id.org/integration-graph/target-group/refugees")),
        ("role", "role:partner", Term("iri", "https://w3id.org/integration-graph/role/partner")),
    ],
)
def test_values_become_terms(kind: str, text: str, term: Term) -> None:
    assert parse(Parameter("x", kind), text) == term


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("month", "2024-13"),
        ("month", "2024-1"),
        ("month", "٢٠٢٤-٠١"),
        ("year", "24"),
        ("integer", "1.5"),
        ("integer", "1" * 100),
        ("decimal", "1200,50"),
        ("decimal", "1e5"),
        ("date", "2023-02-29"),
        ("date", "31.2.2024"),
        ("language", "de"),
        ("iri", "javascript:alert(1)"),
        ("iri", "file:///etc/passwd"),
        ("iri", "http://example.org/a b"),
        ("iri", "http://example.org/> } #"),
        ("iri", "http://[example.org/"),
        ("iri", ""),
        ("organisation", "iom> ?p ?o"),
        ("text", "\ud800"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_name(kind: str, text: str) -> None:
    with pytest.raises(ParameterError, match=r"^colour needs .*, not "):
        parse(Parameter("colour", kind), text)


def test_reading_takes_defaults_and_names_what_is_missing() -> None:
    wanted = (
        Parameter("month", "month", required=True),
        Parameter("lang", "language", default="en"),
        Parameter("group", "target-group", multiple=True),
    )
    assert read(wanted, {"month": ["2024-01"], "group": ["women", "roma"]}).keys() == {"month", "lang", "group"}
    with pytest.raises(ParameterError, match="month needs a value"):
        read(wanted, {"month": [" "]})
    with pytest.raises(ParameterError, match="month takes one value, not 2"):
        read(wanted, {"month": ["2024-01", "2024-02"]})
    with pytest.raises(ParameterError, match="no parameter year"):
        read(wanted, {"year": ["2024"]})


def test_binding_fills_every_slot_and_only_slots() -> None:
    text = """# VALUES ?x { UNDEF }
SELECT * { values ?x {undef} VALUES ?y { UNDEF }
  ?s ?p "VALUES ?x { UNDEF }" { VALUES $x { UNDEF } } }"""
    bound = """# VALUES ?x { UNDEF }
SELECT * { values ?x {<urn:a> "b"@en} VALUES ?y { UNDEF }
  ?s ?p "VALUES ?x { UNDEF }" { VALUES $x { <urn:a> "b"@en } } }"""
    assert bind(text, {"x": [Term("iri", "urn:a"), Term("literal", "b", language="en")], "y": []}) == bound


@pytest.mark.parametrize(
    "term",
    [
        Term("iri", "http://example.org/>"),
        Term("iri", "relative"),
        Term("bnode", "b0"),
        Term("literal", "x", language="en . ?s ?p ?o"),
        Term("literal", "x", datatype="urn:a> . <urn:b"),
    ],
)
def test_terms_that_would_break_out_are_refused(term: Term, small_engine: Engine) -> None:
    with pytest.raises(ParameterError):
        serialise(term)
    with pytest.raises(QueryRefused):
        small_engine.ask("SELECT ?x { VALUES ?x { UNDEF } }", {"x": [term]})


def test_a_parameter_without_slot_is_refused(small_engine: Engine) -> None:
    with pytest.raises(QueryRefused, match="no place"):
        small_engine.ask("SELECT ?x { ?x ?y ?z }", {"x": [Term("iri", "urn:a")]})


def texts(function: object) -> object:
    for naughty in NAUGHTY:
        function = example(naughty)(function)  # type: ignore[arg-type]
    return function


@texts
@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_one_string_token(text: str) -> None:
    written = serialise(Term("literal", text))
    assert [token.kind for token in tokens(written)] == [Kind.STRING]
    bound = bind("SELECT ?x { VALUES ?x { UNDEF } }", {"x": [Term("literal", text)]})
    assert bound == f"SELECT ?x {{ VALUES ?x {{ {written} }} }}"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20, unique=True))
@example(NAUGHTY)
def test_any_text_comes_back_from_the_engine_as_it_went_in(small_engine: Engine, values: Sequence[str]) -> None:
    terms = [Term("literal", value) for value in values]
    if not terms:
        return
    table = small_engine.ask("SELECT ?x { VALUES ?x { UNDEF } }", {"x": terms})
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == terms


@pytest.mark.parametrize(
    ("kind", "text", "local"),
    [
        ("country", "France", "country/FRA"),
        ("country", "country:FRA", "country/FRA"),
        ("role", "lead partner", "role/coordinator"),
        ("target-group", "uprchlíci", "target-group/refugees"),
    ],
)
def test_concepts_go_by_any_of_their_names(kind: str, text: str, local: str) -> None:
    assert parse(Parameter("x", kind), text).value.endswith(local)


@pytest.mark.parametrize(("kind", "text"), [("country", "Atlantis"), ("role", "country:FRA"), ("theme", "")])
def test_a_concept_that_its_scheme_lacks_is_refused_with_the_nearest(kind: str, text: str) -> None:
    with pytest.raises(ParameterError, match=f"a {kind}, such as "):
        parse(Parameter("x", kind), text)
