"""Every concept: labels that find it and no other, a definition, and a place in its scheme."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, URIRef

from loaders.fields import ValueKind
from loaders.model import ENTITIES
from loaders.normalise.names import lookup_key
from loaders.vocabulary import IG, prefixes

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
LANGUAGES = ("en", "cs")

#: File to the prefix of its concepts; the scheme's IRI is the namespace without its last slash.
SCHEMES = {
    "amount-kinds": "amountkind",
    "countries": "country",
    "esf-indicators": "esf",
    "flow-levels": "flow",
    "organisation-types": "orgtype",
    "output-types": "outputtype",
    "project-statuses": "status",
    "roles": "role",
    "target-groups": "tg",
    "themes": "theme",
    "transaction-types": "transactiontype",
}
#: Names of countries say what they are.
UNDEFINED = {"countries"}
CLASSES = {"countries": IG.Country, "target-groups": IG.TargetGroup}


@pytest.fixture(params=sorted(SCHEMES))
def name(request):
    return request.param


@cache
def read(name):
    return Graph().parse(ONTOLOGY / f"{name}.ttl")


@pytest.fixture
def graph(name):
    return read(name)


@pytest.fixture
def scheme(name):
    return URIRef(prefixes()[SCHEMES[name]].removesuffix("/"))


@pytest.fixture
def concepts(graph):
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def texts(graph, node, predicate, language):
    return [str(text) for text in graph.objects(node, predicate) if getattr(text, "language", None) == language]


def test_every_file_is_a_scheme_or_known_to_be_none():
    assert {path.stem for path in ONTOLOGY.glob("*.ttl")} == {*SCHEMES, "integration", "alignments", "prefixes"}


def test_every_scheme_that_a_field_names_exists():
    named = {field.target for entity in ENTITIES.values() for field in entity.fields if field.kind is ValueKind.CONCEPT}
    assert named <= set(SCHEMES)


def test_there_is_one_scheme_a_file(graph, scheme):
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]


def test_the_scheme_is_titled_and_described(graph, scheme):
    missing = [
        (p, tag)
        for p in (DCTERMS.title, DCTERMS.description)
        for tag in LANGUAGES
        if len(texts(graph, scheme, p, tag)) != 1
    ]
    assert missing == []


def test_concepts_have_keys_in_the_scheme_s_namespace(name, concepts):
    namespace = prefixes()[SCHEMES[name]]
    key = re.compile(r"[A-Z0-9]+" if name in {"countries", "esf-indicators"} else r"[a-z]+(-[a-z]+)*")
    assert concepts
    assert [concept for concept in concepts if not key.fullmatch(concept.removeprefix(namespace))] == []


def test_every_statement_is_about_the_scheme_or_a_concept(graph, scheme, concepts):
    assert set(graph.subjects()) == {scheme, *concepts}


def test_every_concept_is_in_its_scheme_only(graph, scheme, concepts):
    assert [concept for concept in concepts if set(graph.objects(concept, SKOS.inScheme)) != {scheme}] == []


def test_concepts_of_a_class_say_so(name, graph, concepts):
    expected = {SKOS.Concept, *({CLASSES[name]} if name in CLASSES else ())}
    assert [concept for concept in concepts if set(graph.objects(concept, RDF.type)) != expected] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_one_preferred_label(graph, concepts, language):
    assert [concept for concept in concepts if len(texts(graph, concept, SKOS.prefLabel, language)) != 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_one_definition_of_one_sentence(name, graph, concepts, language):
    definitions = {concept: texts(graph, concept, SKOS.definition, language) for concept in concepts}
    expected = 0 if name in UNDEFINED else 1
    assert [concept for concept, found in definitions.items() if len(found) != expected] == []
    assert [
        text for found in definitions.values() for text in found if not re.fullmatch(r"\w[^;]*\.", text) or ". " in text
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_do_not_repeat_the_label(graph, concepts, language):
    wrong = [
        (label, definition)
        for concept in concepts
        for label in texts(graph, concept, SKOS.prefLabel, language)
        for definition in texts(graph, concept, SKOS.definition, language)
        if re.search(rf"\b{re.escape(label.casefold())}\b", definition.casefold())
        or re.match(r"\w+", label.casefold()).group() == re.match(r"\w+", definition.casefold()).group()
    ]
    assert wrong == []


def test_all_texts_are_in_a_known_language(graph):
    texts = [
        text for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.definition, DCTERMS.title) for text in graph.objects(None, p)
    ]
    assert [text for text in texts if text.language not in LANGUAGES] == []
    assert [text for text in texts if str(text) != " ".join(text.split())] == []


def test_a_name_finds_one_concept(graph, concepts):
    """Labels, alternative labels, notations and keys are looked up alike, so none may lead to two concepts."""
    owners = defaultdict(set)
    for concept in concepts:
        labels = [*graph.objects(concept, SKOS.prefLabel), *graph.objects(concept, SKOS.altLabel)]
        codes = list(graph.objects(concept, SKOS.notation))
        for name in (*labels, *codes, concept.rsplit("/", 1)[1]):
            owners[lookup_key(str(name))].add(concept)
    assert {name: sorted(found) for name, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_alternative_label_repeats_another_label(graph, concepts, language):
    wrong = []
    for concept in concepts:
        labels = [
            label.casefold() for p in (SKOS.prefLabel, SKOS.altLabel) for label in texts(graph, concept, p, language)
        ]
        wrong += [(concept, label) for label in set(labels) if labels.count(label) > 1]
    assert wrong == []


def test_broader_concepts_are_of_the_same_scheme_and_lead_to_a_top(graph, concepts):
    for concept in concepts:
        assert set(graph.objects(concept, SKOS.broader)) <= set(concepts)
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert concept not in {
            wider
            for near in graph.objects(concept, SKOS.broader)
            for wider in graph.transitive_objects(near, SKOS.broader)
        }
        assert not set(graph.objects(concept, SKOS.related)) & above


def test_tops_are_those_without_broader_and_the_scheme_lists_them(graph, scheme, concepts):
    tops = {concept for concept in concepts if graph.value(concept, SKOS.broader) is None}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == tops
    assert set(graph.subjects(SKOS.topConceptOf, scheme)) == tops


def test_relations_between_concepts_are_said_from_both_sides(graph):
    pairs = set(graph.subject_objects(SKOS.related))
    assert pairs == {(b, a) for a, b in pairs}


def test_matches_lead_out_of_the_scheme(graph, concepts):
    kinds = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    for concept in concepts:
        matched = [target for kind in kinds for target in graph.objects(concept, kind)]
        assert not set(matched) & set(concepts)
        assert len(matched) == len(set(matched)), f"{concept} matches one concept in two ways"


COUNTRY_NAMES = {
    "CZE": ["CZ", "Czechia", "Czech Republic", "Česká republika", "ČR", "česko"],
    "GBR": ["GB", "UK", "Great Britain", "United Kingdom", "Velká Británie"],
    "GRC": ["EL", "GR", "Greece", "Řecko"],
    "NLD": ["Holland", "the Netherlands", "Holandsko"],
    "MKD": ["former Yugoslav Republic of Macedonia", "FYROM", "Makedonie"],
    "1A0": ["XK", "Kosovo", "Kosovo under UNSCR1244"],
    "RUS": ["Russia", "Russian Federation", "Ruská federace"],
    "BIH": ["Bosnia & Herzegovina", "Bosnia and Herzegovina", "Bosna a Hercegovina"],
    "CIV": ["Ivory Coast", "Côte d'Ivoire", "Pobřeží slonoviny"],
    "FQ0": ["TF", "ATF"],
}


@pytest.mark.parametrize(("key", "names"), COUNTRY_NAMES.items())
def test_countries_are_found_by_their_usual_names(key, names):
    graph = read("countries")
    country = URIRef(prefixes()["country"] + key)
    found = {
        lookup_key(str(name))
        for p in (SKOS.prefLabel, SKOS.altLabel, SKOS.notation)
        for name in graph.objects(country, p)
    }
    assert {lookup_key(name) for name in names} <= found


#: States that ended, and what their notations are: alpha-2 and alpha-3 of the time, and the code of ISO 3166-3.
ENDED = {
    "ANT": {"AN", "ANT", "ANHH"},
    "CSK": {"CSK", "CSHH"},
    "DDR": {"DD", "DDR", "DDDE"},
    "SCG": {"SCG", "CSXX"},
    "SUN": {"SU", "SUN", "SUHH"},
    "YMD": {"YD", "YMD", "YDYE"},
    "YUG": {"YU", "YUG", "YUCS"},
}


def test_every_territory_of_the_authority_table_is_there():
    graph = read("countries")
    ended = {URIRef(prefixes()["country"] + key) for key in ENDED}
    countries = set(graph.subjects(RDF.type, IG.Country))
    assert ended < countries
    assert len(countries - ended) == 250
    wrong = [c for c in countries - ended if sorted(map(len, graph.objects(c, SKOS.notation))) != [2, 3]]
    assert wrong == []


@pytest.mark.parametrize(("key", "codes"), ENDED.items())
def test_states_that_ended_say_when(key, codes):
    graph = read("countries")
    country = URIRef(prefixes()["country"] + key)
    assert set(map(str, graph.objects(country, SKOS.notation))) == codes
    notes = [note for language in LANGUAGES for note in texts(graph, country, SKOS.historyNote, language)]
    assert len(notes) == len(LANGUAGES)
    assert all(re.search("(19|20)[0-9]{2}", note) for note in notes)


def test_only_states_that_ended_have_a_history():
    assert {country.rsplit("/", 1)[1] for country in read("countries").subjects(SKOS.historyNote)} == set(ENDED)
