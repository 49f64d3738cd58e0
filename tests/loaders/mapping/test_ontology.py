"""Ontology and schemes come out of the mapping as they are written, to the last letter of every literal."""

import pyoxigraph

from loaders import resources
from loaders.mapping.ontology import ontology_lines


def test_every_statement_of_the_ontology_keeps_its_lexical_form() -> None:
    lines = "".join(ontology_lines()).encode()
    given = {quad.triple for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)}
    written = {
        quad.triple
        for path in resources.ONTOLOGY.glob("*.ttl")
        if path.name != "prefixes.ttl"
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    }
    assert given == written
