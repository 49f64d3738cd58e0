"""Changes are told so that a reviewer knows what is meant, without opening anything."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF

from graph_app.stewardship.changes import changes, facts_of, named
from loaders.vocabulary import DCT, IG

HERE = "https://example.org/id/"
GRANT, AMOUNT, PROJECT = (URIRef(HERE + path) for path in ("grant/x/one", "amount/x/one/_", "project/x/bridges"))
NAMES = Graph()
NAMES.add((GRANT, IG.amount, AMOUNT))
NAMES.add((GRANT, IG.project, PROJECT))
NAMES.add((PROJECT, DCT.title, Literal("Bridges", lang="en")))


def test_a_grant_is_named_by_what_has_a_name() -> None:
    assert named(NAMES, GRANT, "en") == "Bridges"


def test_a_website_is_told_whole() -> None:
    website = URIRef("https://www.example.org/projects/welcome")
    (fact,) = facts_of([(FOAF.homepage, website)], NAMES)
    assert fact.shown == {"en": str(website), "cs": str(website)}


def test_projects_come_first() -> None:
    types = ("Amount", "Classification", "Organisation", "Project", "Grant", "Participation")
    said = {URIRef(f"{HERE}{name}"): frozenset({(RDF.type, IG[name])}) for name in types}
    found = changes({}, said, Graph(), Graph())
    order = ["Project", "Organisation", "Participation", "Grant", "Amount", "Classification"]
    assert [change.type for change in found] == order
