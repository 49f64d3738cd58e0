"""Lines that the mapping writes come back as the same statements."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from loaders.mapping.lines import read_quads
from loaders.mapping.quads import Quad
from loaders.writer import nquad

NODE = URIRef("https://example.org/a")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(Literal, TEXTS, lang=st.sampled_from(["en", "cs-CZ", "sr-Latn"])),
    st.builds(partial(Literal, normalize=False), TEXTS, datatype=st.sampled_from([XSD.date, XSD.decimal])),
)


@given(st.lists(st.one_of(LITERALS, st.just(NODE)), min_size=1))
def test_whole_lines_come_back_as_their_statements(terms: list[Literal | URIRef]) -> None:
    quads = [Quad(NODE, NODE, term, NODE) for term in terms]
    assert list(read_quads("".join(map(nquad, quads)))) == quads


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a> <b> <c> .\n",
        "<a> <b> <c> <d> .\n\n",
        '<a> <b> "c"" <d> .\n',
        '<a> <b> "c\\" <d> .\n',
        "<a>  <b> <c> <d> .\n",
        "_:a <b> <c> <d> .\n",
    ],
)
def test_a_line_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no line that the mapping writes"):
        list(read_quads(text))
