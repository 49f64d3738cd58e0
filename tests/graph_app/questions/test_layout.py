"""Laying out changes white space and nothing else, whatever the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyparsing import ParseResults
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.questions.catalogue import questions, with_prefixes
from graph_app.questions.layout import laid_out
from graph_app.questions.tokens import Kind, tokens


def said(text: str) -> list[str]:
    return [token.text for token in tokens(text) if token.kind is not Kind.BLANK]


@pytest.mark.parametrize("name", sorted(questions())[::6])
def test_a_question_means_the_same(name: str) -> None:
    text = questions()[name].text
    squeezed = "".join(" " if token.kind in {Kind.BLANK, Kind.COMMENT} else token.text for token in tokens(text))
    made = laid_out(text)
    assert laid_out(made) == made
    assert tree(laid_out(squeezed)) == tree(made) == tree(with_prefixes(text))


def tree(text: str) -> object:
    def plain(node: object) -> object:
        if isinstance(node, CompValue):
            return node.name, sorted((str(key), plain(part)) for key, part in node.items())
        # Texts within texts would double their escapes at every level.
        return [plain(one) for one in node] if isinstance(node, list | ParseResults) else repr(node)

    return [plain(part) for part in parseQuery(text)]


@given(st.text(alphabet="{} \n\t#'\"<>?aPREFIX:;.\\", max_size=80))
def test_nothing_is_lost_of_any_text(text: str) -> None:
    made = laid_out(text)
    assert made == text or said(made) == said(with_prefixes(text))


def test_braces_indent_and_prefixes_are_added() -> None:
    assert laid_out("SELECT ?p WHERE {?p a ig:Project. # all\n OPTIONAL { ?p dct:title ?t }\n}") == (
        "PREFIX dct: <http://purl.org/dc/terms/>\n"
        "PREFIX ig: <https://w3id.org/integration-graph/ontology#>\n"
        "SELECT ?p WHERE {\n  ?p a ig:Project. # all\n  OPTIONAL { ?p dct:title ?t }\n}\n"
    )


def test_what_is_not_closed_stays_as_it_is() -> None:
    assert laid_out("SELECT * WHERE { ?a ?b ?c") == "SELECT * WHERE { ?a ?b ?c"
