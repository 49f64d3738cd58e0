"""A table of two projects with its provenance, as a loader would make it."""

import pytest
from rdflib import Graph

_PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix ig: <https://w3id.org/integration-graph/ontology#> .
@prefix amountkind: <https://w3id.org/integration-graph/amount-kind/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix role: <https://w3id.org/integration-graph/role/> .
@prefix tg: <https://w3id.org/integration-graph/target-group/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_ROWS = """
ex:row4 a ig:SourceRecord ; ig:dataset ex:dataset ; ig:fileName "entries.xlsx" ; ig:sheet "Projects" ; ig:row 4 ;
    ig:fileHash "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
ex:row5 a ig:SourceRecord ; ig:dataset ex:dataset ; ig:fileName "entries.xlsx" ; ig:sheet "Projects" ; ig:row 5 ;
    ig:fileHash "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
"""


@pytest.fixture
def graph():
    """Make a graph from Turtle that may use the rows 4 and 5 of a sheet."""

    def parse(text):
        return Graph().parse(data=_PREFIXES + _ROWS + text, format="turtle")

    return parse


@pytest.fixture
def cell():
    """Write a cell of a row in Turtle."""

    def write(row, column, subject, path, text):
        name = f"ex:row{row}-{column}-{abs(hash(text))}"
        return (
            f"ex:row{row} ig:cell {name} . {name} a ig:SourceCell ; ig:subject {subject} ; ig:property {path} ; "
            f'ig:column "{column}" ; ig:sourceValue "{text}" .\n'
        )

    return write
