from rdflib.namespace import RDFS, SH

from graph_app.validation.shapes import concepts_for, shapes_graph, without_words
from loaders.vocabulary import COUNTRY, IG, IGSH, TARGET_GROUP


def test_concepts_come_with_those_above_them_and_no_others(graph):
    concepts = concepts_for(graph("ex:p ig:targetGroup tg:resettled-refugees ; ig:country country:CZE ."))

    assert (TARGET_GROUP["forced-migrants"], None, None) in concepts
    assert (TARGET_GROUP.migrants, None, None) in concepts
    assert (COUNTRY.CZE, None, None) in concepts
    assert (COUNTRY.FRA, None, None) not in concepts
    assert (IG.Donor, RDFS.subClassOf, IG.Organisation) in concepts


def test_shapes_without_words_still_ask_the_same():
    lean = without_words(shapes_graph())

    assert (IGSH.ProjectTitleGiven, SH.message, None) not in lean
    assert set(lean.triples((None, SH.minCount, None))) == set(shapes_graph().triples((None, SH.minCount, None)))
    assert set(lean.objects(None, SH.select)) == set(shapes_graph().objects(None, SH.select))
