"""A table of two projects with its provenance, as a loader would make it."""

import pytest
from rdflib import Graph

_PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
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
ex:file a ig:SourceFile ; ig:dataset ex:dataset ; ig:fileName "entries.xlsx" ; ig:sheet "Projects" ;
    ig:fileHash "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
ex:layout4 ig:file ex:file .
ex:layout5 ig:file ex:file .
ex:row4 ig:layout ex:layout4 ; ig:row 4 .
ex:row5 ig:layout ex:layout5 ; ig:row 5 .
"""


@pytest.fixture
def graph():
    """Make a graph from Turtle that may use the rows 4 and 5 of a sheet."""

    def parse(text):
        return Graph().parse(data=_PREFIXES + _ROWS + text, format="turtle")

    return parse


@pytest.fixture
def cell():
    """Write a field of a row in Turtle, and what it says where the value does not tell that by itself."""

    def write(row, column, path, text="", value=""):
        field = f"ex:field{row}-{column}"
        told = f'ig:sourceValue "{text}" ; ig:field {field}' + (f" ; rdf:value {value}" if value else "")
        return f'ex:layout{row} ig:field {field} . {field} ig:property {path} ; ig:column "{column}" .\n' + (
            f"ex:row{row} ig:cell ex:cell{row}-{column} . ex:cell{row}-{column} {told} .\n" if text else ""
        )

    return write
