from rdflib import Literal, URIRef

from graph_app.validation.places import label, place_of
from graph_app.validation.shapes import ontology_graph
from loaders.vocabulary import COUNTRY, DCT, IG, TARGET_GROUP

PROJECT = URIRef("https://example.org/p")
_PROJECT = """ex:p a ig:Project ; dct:title "One"@en , "Two"@en ; ig:country country:CZE , country:FRA ;
    prov:wasDerivedFrom ex:row4 ."""


def _at(place):
    return (str(place[0]), place[1])


def test_a_value_is_found_in_the_cell_that_says_it(graph, cell):
    data = graph(_PROJECT + cell(4, "F", "ex:p", "ig:country", "FRA") + cell(4, "G", "ex:p", "ig:country", "CZE"))

    assert _at(place_of(data, PROJECT, (IG.country,), COUNTRY.CZE)) == ("entries.xlsx, Projects!G4", "CZE")


def test_a_concept_is_found_in_the_cell_that_says_one_of_its_names(graph, cell):
    data = graph(_PROJECT + cell(4, "F", "ex:p", "ig:country", "Francie") + cell(4, "G", "ex:p", "ig:country", "Česko"))

    place = place_of(data, PROJECT, (IG.country,), COUNTRY.CZE, names=ontology_graph())

    assert _at(place) == ("entries.xlsx, Projects!G4", "Česko")


def test_what_came_too_much_is_the_last_cell(graph, cell):
    data = graph(_PROJECT + cell(4, "B", "ex:p", "dct:title", "One") + cell(5, "B", "ex:p", "dct:title", "Two"))

    assert _at(place_of(data, PROJECT, (DCT.title,), None)) == ("entries.xlsx, Projects!B5", "Two")


def test_columns_are_ordered_as_in_a_sheet(graph, cell):
    data = graph(_PROJECT + cell(4, "AA", "ex:p", "dct:title", "One") + cell(4, "Z", "ex:p", "dct:title", "Two"))

    assert _at(place_of(data, PROJECT, (DCT.title,), None)) == ("entries.xlsx, Projects!AA4", "One")


def test_a_missing_value_is_at_the_record(graph, cell):
    data = graph(_PROJECT + cell(4, "B", "ex:p", "dct:title", "One"))

    assert _at(place_of(data, PROJECT, (DCT.description,), None)) == ("entries.xlsx, Projects!row 4", "")


def test_a_cell_of_another_entity_in_the_same_row_is_not_taken(graph, cell):
    data = graph(_PROJECT + cell(4, "B", "ex:other", "dct:title", "One"))

    assert _at(place_of(data, PROJECT, (DCT.title,), None)) == ("entries.xlsx, Projects!row 4", "")


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


def test_a_line_of_the_cell_comes_before_that_of_the_record(graph):
    data = graph(
        """
        ex:c ig:subject ex:p ; ig:property dct:title ; ig:column "title" ; ig:line 5 ; ig:sourceValue "One" .
        ex:p prov:wasDerivedFrom ex:r .
        ex:r a ig:SourceRecord ; ig:fileName "a.yaml" ; ig:line 3 ; ig:locator "p. 1" ; ig:cell ex:c ."""
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
