"""Changes are told so that a reviewer knows what is meant, without opening anything."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF

from graph_app.stewardship.changes import facts_of, named
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
