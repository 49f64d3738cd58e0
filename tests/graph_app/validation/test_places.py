from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from graph_app.validation.places import label, place_of
from loaders.vocabulary import COUNTRY, DCT, IG, TARGET_GROUP

PROJECT = URIRef("https://example.org/p")
_PROJECT = """ex:p a ig:Project ; dct:title "One"@en , "Two"@en , "Dva"@cs ; ig:country country:CZE , country:FRA ;
    prov:wasDerivedFrom ex:row4 ."""


def _at(place):
    return (str(place[0]), place[1])


def test_a_value_that_no_cell_tells_is_its_text_by_itself(graph, cell):
    data = graph("ex:p ig:startDate '2013'^^xsd:gYear ; prov:wasDerivedFrom ex:row4 ." + cell(4, "D", "ig:startDate"))

    place = place_of(data, PROJECT, (IG.startDate,), Literal("2013", datatype=XSD.gYear))

    assert _at(place) == ("entries.xlsx, Projects!D4", "2013")


def test_a_text_is_found_in_the_field_of_its_language(graph, cell):
    languages = 'ex:field4-B dct:language "en" . ex:field4-C dct:language "cs" .'
    data = graph(_PROJECT + languages + cell(4, "B", "dct:title") + cell(4, "C", "dct:title"))

    assert _at(place_of(data, PROJECT, (DCT.title,), Literal("Dva", lang="cs"))) == ("entries.xlsx, Projects!C4", "Dva")


def test_a_value_is_found_in_the_cell_that_was_read_as_it(graph, cell):
    data = graph(
        _PROJECT
        + cell(4, "F", "ig:country", "Francie", "country:FRA")
        + cell(4, "G", "ig:country", "Česko", "country:CZE")
    )

    assert _at(place_of(data, PROJECT, (IG.country,), COUNTRY.CZE)) == ("entries.xlsx, Projects!G4", "Česko")


def test_of_two_records_the_one_that_says_otherwise_tells_its_cell(graph, cell):
    data = graph(
        _PROJECT.replace("ex:row4", "ex:row4 , ex:row5")
        + cell(4, "B", "ig:country")
        + cell(5, "B", "ig:country", "FRA", "country:FRA")
    )

    assert _at(place_of(data, PROJECT, (IG.country,), COUNTRY.FRA)) == ("entries.xlsx, Projects!B5", "FRA")
    assert _at(place_of(data, PROJECT, (IG.country,), COUNTRY.CZE)) == ("entries.xlsx, Projects!B4", "CZE")


def test_what_came_too_much_is_the_last_cell(graph, cell):
    data = graph(
        _PROJECT.replace("ex:row4", "ex:row4 , ex:row5")
        + cell(4, "B", "dct:title")
        + cell(5, "B", "dct:title", "Two", '"Two"@en')
    )

    assert _at(place_of(data, PROJECT, (DCT.title,), None)) == ("entries.xlsx, Projects!B5", "Two")


def test_columns_are_ordered_as_in_a_sheet(graph, cell):
    data = graph(_PROJECT + cell(4, "AA", "dct:title", "One", '"One"@en') + cell(4, "Z", "dct:title", "0", '"Two"@en'))

    assert _at(place_of(data, PROJECT, (DCT.title,), None)) == ("entries.xlsx, Projects!AA4", "One")


def test_a_missing_value_is_at_the_record(graph, cell):
    data = graph(_PROJECT + cell(4, "B", "dct:title"))

    assert _at(place_of(data, PROJECT, (DCT.description,), None)) == ("entries.xlsx, Projects!row 4", "")


def test_a_node_without_record_is_at_the_record_of_what_holds_it(graph):
    data = graph("ex:g a ig:Grant ; ig:amount ex:a ; prov:wasDerivedFrom ex:row5 . ex:a a ig:Amount .")

    assert _at(place_of(data, URIRef("https://example.org/a"), (IG.value,), None)) == (
        "entries.xlsx, Projects!row 5",
        "",
    )


def test_a_consortium_is_at_the_record_of_its_project(graph):
    data = graph(_PROJECT + "ex:c a ig:Partnership ; ig:project ex:p .")

    assert _at(place_of(data, URIRef("https://example.org/c"), (IG.member,), None)) == (
        "entries.xlsx, Projects!row 4",
        "",
    )


def test_a_node_that_nothing_tells_of_has_no_place(graph):
    assert place_of(graph(""), PROJECT, (DCT.title,), None) == (None, "")


def test_the_line_of_a_field_is_counted_from_that_of_the_record(graph):
    data = graph(
        """
        ex:p prov:wasDerivedFrom ex:r ; dct:title "One"@en .
        ex:r ig:layout ex:l ; ig:line 3 ; ig:locator "p. 1" .
        ex:l ig:file ex:f ; ig:field ex:c . ex:f ig:fileName "a.yaml" .
        ex:c ig:property dct:title ; ig:column "title" ; ig:lineOffset 2 ."""
    )

    location, _ = place_of(data, PROJECT, (DCT.title,), Literal("One", lang="en"))

    assert str(location) == "a.yaml, line 5 (title)"
    assert location.locator == "p. 1"


def test_a_label_is_in_the_language_asked_for_or_in_english_or_the_end_of_the_iri(graph):
    data = graph('ex:p dct:title "Cesta"@cs , "Path"@en . ex:q skos:prefLabel "Weg"@de .')

    assert label(data, PROJECT, "cs") == "Cesta"
    assert label(data, PROJECT, "de") == "Path"
    assert label(data, URIRef("https://example.org/q"), "cs") == "Weg"
    assert label(data, TARGET_GROUP.roma, "en") == "roma"
    assert label(data, Literal("2013"), "cs") == "2013"
