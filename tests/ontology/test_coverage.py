"""Every term is used, every class and property has its shape, and no file uses a term that does not exist."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from loaders.vocabulary import IG

ROOT = Path(__file__).resolve().parents[2]
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("shapes/**/*.ttl", "queries/**/*.rq", "loaders/**/*.py", "graph_app/**/*.py", "ontology/*.md")
    for path in ROOT.glob(pattern)
)
#: Where a mention alone is no use of a term.
TALK = ("graph_app/", "ontology/")
_NAMES = re.compile(r"\big:(\w+)|\bIG\.(\w+)|\bIG\[\"(\w+)\"\]")


def mentioned(files):
    text = "\n".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    return {IG[next(filter(None, names))] for names in _NAMES.findall(text)}


def own(terms, *kinds):
    return {term for kind in kinds for term in terms.subjects(RDF.type, kind)}


def in_paths(shapes):
    """All properties in any path of any shape, however deep."""
    found, open_nodes = set(), list(shapes.objects(None, SH.path))
    while open_nodes:
        node = open_nodes.pop()
        if node in found or node == RDF.nil:
            continue
        found.add(node)
        if not isinstance(node, URIRef):
            open_nodes.extend(term for predicate, term in shapes.predicate_objects(node) if predicate != RDF.type)
    return found


def test_every_class_has_a_node_shape(terms, core):
    targets = {
        target for shape in core.subjects(RDF.type, SH.NodeShape) for target in core.objects(shape, SH.targetClass)
    }
    assert sorted(own(terms, OWL.Class) - targets) == []


def test_every_property_is_in_a_path_of_a_shape(terms, shapes):
    assert sorted(own(terms, *PROPERTIES) - in_paths(shapes)) == []


def test_no_term_is_an_orphan(terms):
    in_use = mentioned(file for file in SOURCES if not file.startswith(TALK))
    assert sorted(own(terms, OWL.Class, *PROPERTIES) - in_use) == []


@pytest.mark.parametrize("file", SOURCES)
def test_no_file_uses_a_term_that_does_not_exist(file, terms):
    assert sorted(mentioned([file]) - own(terms, OWL.Class, *PROPERTIES)) == []


def test_alignments_are_of_own_terms_of_the_same_kind(terms, everything):
    classes, properties = own(terms, OWL.Class), own(terms, *PROPERTIES)
    assert set(everything.subjects(RDFS.subPropertyOf)) <= properties
    assert set(everything.subjects(RDFS.subClassOf)) <= classes
    matches = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, RDFS.seeAlso)
    about = {term for match in matches for term in everything.subjects(match) if term.startswith(str(IG))}
    assert about <= classes | properties


def test_alignments_make_no_project_or_partnership_an_organisation(everything):
    """The trap of schema.org and ORG: both count projects among organisations."""
    organisations = {
        URIRef("http://www.w3.org/ns/org#OrganizationalCollaboration"),
        URIRef("http://schema.org/Project"),
    }
    for term in (IG.Project, IG.Partnership):
        wider = set(everything.transitive_objects(term, RDFS.subClassOf))
        assert not wider & (organisations | set(everything.objects(IG.Organisation, RDFS.subClassOf)))
