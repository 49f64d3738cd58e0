"""Every class and property: its name, its definition, and nothing that implies more than it says."""

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS

from loaders.vocabulary import IG

LANGUAGES = ("en", "cs")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
ARTICLES = frozenset({"a", "an", "the", "of", "is", "has", "on", "in", "je", "má", "v", "ve", "na", "se"})

#: Local name of a kind of term (SEMIC CMC-R4): classes as things, properties as links.
CASES = {
    OWL.Class: re.compile(r"([A-Z][a-z0-9]+)+"),
    OWL.ObjectProperty: re.compile(r"[a-z][a-zA-Z0-9]*"),
    OWL.DatatypeProperty: re.compile(r"[a-z][a-zA-Z0-9]*"),
}


def own(terms):
    return {term: kind for kind in KINDS for term in terms.subjects(RDF.type, kind)}


def texts(graph, term, predicate, language):
    return [str(text) for text in graph.objects(term, predicate) if text.language == language]


def content_words(text):
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in ARTICLES]


def test_there_are_terms(terms):
    assert len(own(terms)) > 50


def test_terms_are_ours_and_of_one_kind(terms):
    declared = [term for kind in KINDS for term in terms.subjects(RDF.type, kind)]
    assert [term for term in declared if not term.startswith(str(IG))] == []
    assert len(declared) == len(set(declared))


def test_every_statement_is_about_a_declared_term(terms):
    described = {subject for subject in terms.subjects() if subject.startswith(str(IG))}
    assert described == set(own(terms))


def test_local_names_show_the_kind(terms):
    assert [term for term, kind in own(terms).items() if not CASES[kind].fullmatch(term.removeprefix(str(IG)))] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=["label", "definition"])
def test_every_term_is_named_and_defined_once_a_language(terms, predicate, language):
    counts = {term: len(texts(terms, term, predicate, language)) for term in own(terms)}
    assert {term: count for term, count in counts.items() if count != 1} == {}


def test_no_text_is_in_another_language(terms):
    literals = [
        text for predicate in (RDFS.label, SKOS.definition, SKOS.scopeNote) for text in terms.objects(None, predicate)
    ]
    assert [text for text in literals if text.language not in LANGUAGES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_classes_are_nouns_and_of_properties_verbs_by_their_first_letter(terms, language):
    wrong = [
        label
        for term, kind in own(terms).items()
        for label in texts(terms, term, RDFS.label, language)
        if label[0].isupper() != (kind == OWL.Class)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_share_a_label(terms, language):
    labels = [label.casefold() for term in own(terms) for label in texts(terms, term, RDFS.label, language)]
    assert sorted(label for label in set(labels) if labels.count(label) > 1) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_are_one_sentence(terms, language):
    definitions = [text for term in own(terms) for text in texts(terms, term, SKOS.definition, language)]
    assert [text for text in definitions if not re.fullmatch(r"\w[^;]*[^.;]\.", text) or ". " in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_do_not_repeat_the_term(terms, language):
    wrong = []
    for term in own(terms):
        (label,) = texts(terms, term, RDFS.label, language)
        (definition,) = texts(terms, term, SKOS.definition, language)
        starts_alike = content_words(definition)[0] in content_words(label)
        contains = re.search(rf"\b{re.escape(label.casefold())}\b", definition.casefold())
        if starts_alike or contains:
            wrong.append((label, definition))
    assert wrong == []


def test_scope_notes_come_in_every_language(terms):
    noted = set(terms.subjects(SKOS.scopeNote))
    assert [
        term for term in noted for language in LANGUAGES if len(texts(terms, term, SKOS.scopeNote, language)) != 1
    ] == []


def test_every_term_says_where_it_is_defined(terms):
    (ontology,) = terms.subjects(RDF.type, OWL.Ontology)
    assert [term for term in own(terms) if terms.value(term, RDFS.isDefinedBy) != ontology] == []


def test_the_version_is_said_twice_alike(terms):
    (ontology,) = terms.subjects(RDF.type, OWL.Ontology)
    version = str(terms.value(ontology, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(terms.value(ontology, OWL.versionIRI)) == f"{ontology}/{version}"


@pytest.mark.parametrize("predicate", [RDFS.domain, RDFS.range], ids=["domain", "range"])
def test_nothing_has_a_domain_or_range(everything, shapes, predicate):
    assert list((everything + shapes).subject_objects(predicate)) == []
