import pytest

from graph_app.web.negotiation import RDF, TABLES, choose
from graph_app.web.refusals import Refused

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", "text/csv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", XML),
        (f"{JSON};q=0.5, text/*;q=0.6", "text/csv"),
        ("text/csv;q=0, */*", JSON),
        (f"{JSON};q=0, {XML};q=0, */*;q=0.1", "text/csv"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("nonsense", JSON),
        ("nonsense, text/csv", "text/csv"),
        (";;;,,,", JSON),
    ],
)
def test_the_weights_of_accept_decide(accept: str, media: str) -> None:
    assert choose(accept, TABLES).media == media


@pytest.mark.parametrize(
    ("accept", "media"),
    [("", "text/turtle"), ("application/ld+json", "application/ld+json"), ("application/*", "application/n-triples")],
)
def test_triples_are_turtle_unless_asked_otherwise(accept: str, media: str) -> None:
    assert choose(accept, RDF).media == media


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "*/*;q=0", "text/csv;q=0"])
def test_what_is_not_acceptable_is_said_with_what_there_is(accept: str) -> None:
    with pytest.raises(Refused, match=r"There are: .*text/csv") as refused:
        choose(accept, TABLES)
    assert refused.value.status == 406


def test_a_header_is_read_up_to_its_hundredth_range() -> None:
    assert choose("a/b," * 99 + "text/csv", TABLES).media == "text/csv"
    with pytest.raises(Refused):
        choose("a/b," * 100 + "text/csv", TABLES)
