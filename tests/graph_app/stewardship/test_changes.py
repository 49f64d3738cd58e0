"""Changes are told so that a reviewer knows what is meant, without opening anything."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF

from graph_app.stewardship.changes import by_project, changes, facts_of, named
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


def test_parts_stand_below_their_project_whatever_says_so() -> None:
    def iri(path: str) -> URIRef:
        return URIRef(HERE + path)

    partners = [iri(f"participation/x/{number}") for number in range(60)]
    said = {
        iri("organisation/x/club"): frozenset({(RDF.type, IG.Organisation)}),
        PROJECT: frozenset({(RDF.type, IG.Project), (IG.expectedBeneficiaries, iri("count/1"))}),
        GRANT: frozenset({(RDF.type, IG.Grant), (IG.project, PROJECT), (IG.amount, AMOUNT)}),
        AMOUNT: frozenset({(RDF.type, IG.Amount)}),
        iri("count/1"): frozenset({(RDF.type, IG.ExpectedCount)}),
        iri("elsewhere/1"): frozenset({(RDF.type, IG.Participation), (IG.project, iri("project/of/others"))}),
        **{one: frozenset({(RDF.type, IG.Participation), (IG.project, PROJECT)}) for one in partners},
    }
    (project, parts), (none, left) = by_project(changes({}, said, Graph(), Graph()))
    assert project is not None
    assert project.iri == str(PROJECT)
    assert {part.iri for part in parts} == set(map(str, (*partners, GRANT, AMOUNT, iri("count/1"))))
    assert none is None
    assert {part.iri for part in left} == {HERE + "organisation/x/club", HERE + "elsewhere/1"}
    moved = said | {GRANT: said[GRANT] | {(IG.recipient, iri("organisation/x/club"))}}
    ((kept, (grant,)),) = by_project(changes(said, moved, Graph(), Graph()))
    assert kept is not None
    assert (kept.iri, grant.iri) == (str(PROJECT), str(GRANT)), "a project that stays as it is says whose grant it is"
    assert by_project(changes(said, said, Graph(), Graph())) == []
