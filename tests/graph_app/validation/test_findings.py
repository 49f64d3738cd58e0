from rdflib import Literal, URIRef
from rdflib.namespace import SH

from graph_app.validation.findings import collapse, in_order, to_finding
from graph_app.validation.results import Result
from loaders.findings import Finding, Location, Severity
from loaders.vocabulary import IG

FOCUS = URIRef("https://example.org/p")
_TEXT = {"en": "Not {?value}.", "cs": "Ne {?value}."}


def _pair(rule, component, severity=Severity.VIOLATION, column="F", value="x", path=IG.startDate):
    result = Result(rule, severity, component, FOCUS, (path,), Literal(value), _TEXT)
    location = Location("a.xlsx", "Projects", 4, column)
    return result, Finding(rule, severity, _TEXT, location, value, str(FOCUS), str(path))


def _rules(*pairs):
    return [found.rule for found in collapse(pairs)]


def test_form_comes_before_range_and_range_before_comparison():
    form = _pair("Value", SH.DatatypeConstraintComponent)
    bound = _pair("NotNegative", SH.MinInclusiveConstraintComponent)
    order = _pair("InOrder", SH.SPARQLConstraintComponent)

    assert _rules(order, bound, form) == ["Value"]
    assert _rules(order, bound) == ["NotNegative"]


def test_a_violation_comes_before_advice():
    advice = _pair("Advice", SH.DatatypeConstraintComponent, Severity.WARNING)

    assert _rules(advice, _pair("Order", SH.SPARQLConstraintComponent)) == ["Order"]


def test_two_bad_values_of_one_cell_stay_two():
    first, second = (
        _pair("A", SH.ClassConstraintComponent, value="x"),
        _pair("A", SH.ClassConstraintComponent, value="y"),
    )

    assert _rules(first, second) == ["A", "A"]


def test_without_a_cell_one_finding_remains_for_each_property():
    missing = _pair("TitleGiven", SH.MinCountConstraintComponent, column="")
    other = _pair("CountryGiven", SH.MinCountConstraintComponent, column="", path=IG.country)

    assert _rules(missing, missing, other) == ["CountryGiven", "TitleGiven"]


def test_findings_come_in_the_order_of_files_sheets_rows_and_columns():
    places = [
        Location("b.csv", row=1),
        Location("a.xlsx", "Projects", 10, "B"),
        Location("a.xlsx", "Projects", 9, "AA"),
        Location("a.xlsx", "Projects", 9, "Z"),
        Location("a.xlsx", "Grants", 99, "A"),
        None,
    ]
    findings = [Finding("r", Severity.WARNING, _TEXT, place) for place in places]

    assert [str(found.location) for found in in_order(findings)] == [
        "a.xlsx, Grants!A99",
        "a.xlsx, Projects!Z9",
        "a.xlsx, Projects!AA9",
        "a.xlsx, Projects!B10",
        "b.csv, row 1",
        "None",
    ]


def test_a_message_names_the_value_by_its_label_in_each_language(graph, cell):
    data = graph(
        'ex:q dct:title "Path"@en , "Cesta"@cs . ex:p prov:wasDerivedFrom ex:row4 ; ig:continues ex:q .\n'
        + cell(4, "C", "ig:continues")
    )
    result = Result(
        "FollowUp",
        Severity.VIOLATION,
        SH.SPARQLConstraintComponent,
        FOCUS,
        (IG.continues,),
        URIRef("https://example.org/q"),
        _TEXT,
    )

    found = to_finding(result, data)

    assert (found.text("en"), found.text("cs")) == ("Not Path.", "Ne Cesta.")
    assert (str(found.location), found.value) == ("entries.xlsx, Projects!C4", "q")
    assert (found.focus, found.path) == (str(FOCUS), str(IG.continues))
