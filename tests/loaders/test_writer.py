"""N-Quads text holds every value exactly as given."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from loaders.mapping.quads import Quad
from loaders.writer import nquad

NODE = URIRef("https://example.org/a")


def round_trip(literal: Literal) -> object:
    (quad,) = parse(nquad(Quad(NODE, NODE, literal, NODE)), RdfFormat.N_QUADS)
    return quad.object


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    found = round_trip(Literal(text, lang="cs"))
    assert (found.value, found.language) == (text, "cs")


@given(st.sampled_from(["1.50", "0050", "2013-12", "P18M"]))
def test_lexical_forms_are_not_rewritten(lexical: str) -> None:
    assert round_trip(Literal(lexical, datatype=XSD.gYearMonth, normalize=False)).value == lexical
