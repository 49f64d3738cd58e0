"""What holds for every shape: a message in each language, a case that it fails, and the words that forms show."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDFS, BNode, Graph, URIRef
from rdflib.namespace import RDF, SH

from graph_app.validation.shapes import SHAPE_FILES, shapes_graph
from loaders import resources
from loaders.fields import ValueKind
from loaders.findings import LANGUAGES
from loaders.model import ENTITIES
from loaders.vocabulary import IG

_CASES = Path(__file__).parent / "cases"
_COMPONENTS = {
    SH.minCount: SH.MinCountConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["class"]: SH.ClassConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
    SH.qualifiedMinCount: SH.QualifiedMinCountConstraintComponent,
    SH.hasValue: SH.HasValueConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.sparql: SH.SPARQLConstraintComponent,
}
_NO_CONSTRAINT = {SH.path, SH.property, SH.name, SH.description, SH.message, SH.order, SH.group, SH.severity}
_NO_CONSTRAINT |= {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.qualifiedValueShape}
#: Sources word one role differently, and each word is kept.
_MANY_IN_FACT = {("participation", "source_role")}

_SHAPES = shapes_graph()


def _speaking_shapes():
    """Shapes that results name: those with a target, and their properties at any depth; not the forms of values."""
    targeted = {
        shape
        for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        for shape in _SHAPES.subjects(target, None)
    }
    return {part for shape in targeted for part in _SHAPES.transitive_objects(shape, SH.property)}


def _constraints():
    return {
        (shape, _COMPONENTS[parameter])
        for shape in _speaking_shapes()
        for parameter in _SHAPES.predicates(shape)
        if parameter in _COMPONENTS
    }


def _fields():
    return [
        pytest.param(entity, field, id=f"{entity.kind}.{field.name}")
        for entity in ENTITIES.values()
        for field in entity.fields
    ]


def test_every_kind_of_constraint_in_use_is_known_to_these_tests():
    used = {parameter for shape in _speaking_shapes() for parameter in _SHAPES.predicates(shape)}

    assert {term for term in used if term.startswith(str(SH))} <= set(_COMPONENTS) | _NO_CONSTRAINT


def test_every_constraint_fails_in_some_case():
    seen = set()
    for path in _CASES.rglob("*.ttl"):
        case = Graph().parse(path)
        seen |= {
            (case.value(node, SH.sourceShape), case.value(node, SH.sourceConstraintComponent))
            for node in case.objects(None, SH.result)
        }

    assert {(str(shape), str(component)) for shape, component in _constraints() - seen} == set()


@pytest.mark.parametrize(
    "shape", sorted({shape for shape, _ in _constraints()}), ids=lambda shape: shape.rsplit("#")[-1]
)
def test_a_message_in_each_language_speaks_of_data_and_not_of_rdf(shape):
    speakers = [*_SHAPES.objects(shape, SH.sparql)] or [shape]

    for speaker in speakers:
        messages = [*_SHAPES.objects(speaker, SH.message)]
        assert sorted(message.language for message in messages) == sorted(LANGUAGES)
        for message in messages:
            assert re.fullmatch(r"(„|[A-ZÚČŘŽŠÁÍ{]).+\. .+\.", message), "says what is wrong, then how to repair it"
            assert not re.search(
                r"\b(ig|igsh|sh|xsd|dct|skos):|\b(IRI|URI|literal|datatype|SHACL|RDF|triple|predicate|shape)\b", message
            )


def test_a_shape_stands_by_its_name_so_that_findings_can_carry_it():
    assert not [shape for shape in _speaking_shapes() if isinstance(shape, BNode)]


def test_each_class_has_one_node_shape_in_core():
    core = Graph().parse(resources.SHAPES / SHAPE_FILES[0])
    classes = set(Graph().parse(resources.ONTOLOGY / "integration.ttl").subjects(RDF.type, OWL.Class))
    targets = list(core.objects(None, SH.targetClass))

    assert sorted(targets) == sorted(classes)
    for shape in core.subjects(SH.targetClass, None):
        for words in (RDFS.label, SH.name):
            assert sorted(text.language for text in core.objects(shape, words)) == sorted(LANGUAGES)


@pytest.mark.parametrize(("entity", "field"), _fields())
def test_each_field_has_its_name_help_order_and_count(entity, field):
    core = Graph().parse(resources.SHAPES / SHAPE_FILES[0])
    node = core.value(predicate=SH.targetClass, object=entity.type)
    on_path = [shape for shape in core.objects(node, SH.property) if _leads_along(core, shape, field)]
    named = [shape for shape in on_path if (shape, SH.name, None) in core]

    assert len(named) == 1
    assert core.value(named[0], SH.order) is not None
    assert core.value(named[0], SH.group) is not None
    for words in (SH.name, SH.description):
        assert sorted(text.language for text in core.objects(named[0], words)) == sorted(LANGUAGES)
    if not field.many and field.kind is not ValueKind.TEXT and (entity.kind, field.name) not in _MANY_IN_FACT:
        assert any((shape, SH.maxCount, None) in core for shape in _counting(core, node, field))


def test_every_property_of_the_ontology_is_in_a_shape():
    ontology = Graph().parse(resources.ONTOLOGY / "integration.ttl")
    own = {term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in ontology.subjects(RDF.type, kind)}

    assert own - set(_SHAPES.objects()) == set()
    assert {term for term in _SHAPES.objects() if isinstance(term, URIRef) and term.startswith(str(IG))} <= own | set(
        ontology.subjects(RDF.type, OWL.Class)
    )


def _leads_along(core, shape, field):
    path = core.value(shape, SH.path)
    return field.path == (core.value(path, SH.inversePath) if field.inverse else path)


def _counting(core, node, field):
    """Shapes that count values of the field, alone or together with its alternatives."""
    for shape in core.objects(node, SH.property):
        path = core.value(shape, SH.path)
        reached = core.transitive_objects(path, None)
        if path == field.path or (isinstance(path, BNode) and field.path in set(reached)):
            yield shape
