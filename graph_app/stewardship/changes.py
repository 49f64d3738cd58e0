"""What a submission will change: which entities it adds, which it changes and how, and which it takes away."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF, RDFS, SH
from rdflib.term import Node

from graph_app.validation.places import label
from graph_app.validation.shapes import ontology_graph, shapes_graph
from loaders.findings import LANGUAGES
from loaders.mapping.quads import Quad
from loaders.vocabulary import DCT, IG, PROV, SKOS

__all__ = [
    "Change",
    "ChangeKind",
    "Fact",
    "Said",
    "by_project",
    "changes",
    "class_name",
    "counted",
    "facts_of",
    "named",
    "said_by",
]

#: Entity to what is said of it: property and value, without where it was found.
Said = Mapping[URIRef, frozenset[tuple[URIRef, Node]]]

_NAMES = (DCT.title, SKOS.prefLabel)
#: Properties by which something has parts that nothing else refers to.
_PARTS = frozenset({IG.amount, IG.expectedBeneficiaries, IG.expectedResult})
#: Classes that tell what an entry is about; their changes come first.
_FIRST = ("Project", "Organisation", "Participation", "Grant", "Amount")


class ChangeKind(StrEnum):
    """What happens to an entity."""

    ADDED = "added"  #: the graph did not know it
    CHANGED = "changed"  #: other things are said of it
    RETIRED = "retired"  #: nothing is said of it any more
    KEPT = "kept"  #: the same is said of it


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about an entity.

    :param path: IRI of the property.
    :param value: the value, an IRI or a text.
    :param property: language to the name of the property.
    :param shown: language to the value as people read it.
    """

    path: str
    value: str
    property: Mapping[str, str] = field(hash=False)
    shown: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one entity.

    :param kind: what.
    :param iri: the entity.
    :param type: local name of its class.
    :param label: language to what it is called.
    :param added: what will be said of it and is not now.
    :param removed: what is said of it now and will not be.
    :param whole: IRI of the project that it is a part of, or empty.
    """

    kind: ChangeKind
    iri: str
    type: str
    label: Mapping[str, str] = field(hash=False)
    added: tuple[Fact, ...] = ()
    removed: tuple[Fact, ...] = ()
    whole: str = ""


def said_by(quads: Iterable[Quad]) -> Said:
    """Gather statements by their entity. Where each was found is left out: a row that moves changes nothing.

    :param quads: the statements.
    """
    said: dict[URIRef, set[tuple[URIRef, Node]]] = {}
    for quad in quads:
        if quad.predicate != PROV.wasDerivedFrom:
            said.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
    return {entity: frozenset(pairs) for entity, pairs in said.items()}


def changes(before: Said, after: Said, others: Graph, names: Graph) -> tuple[Change, ...]:
    """Compare what a dataset says with what it will say.

    :param before: what it says now; nothing of a new one.
    :param after: what it will say.
    :param others: what other datasets say of the same entities, and goes on to be said.
    :param names: what entities and values are called.
    :returns: a change for each entity, also for those that stay as they are, by class and label.
    """
    wholes = _wholes(before, after)
    found = [
        replace(
            _change(entity, before.get(entity, frozenset()), after.get(entity, frozenset()), others, names),
            whole=wholes.get(entity, ""),
        )
        for entity in {**before, **after}
    ]
    order = list(ChangeKind)

    def place(change: Change) -> tuple[int, int, str, str]:
        first = _FIRST.index(change.type) if change.type in _FIRST else len(_FIRST)
        return order.index(change.kind), first, change.type, change.label["en"]

    return tuple(sorted(found, key=place))


def by_project(found: Iterable[Change]) -> Sequence[tuple[Change | None, Sequence[Change]]]:
    """Put each project before its parts: participations, grants and their amounts, and whatever else hangs on it.

    :param found: the changes.
    :returns: each project with its parts, in the order of the changes; last, without project, all that is part of none.
    """
    fresh = [change for change in found if change.kind is not ChangeKind.KEPT]
    parts: dict[str, list[Change]] = {}
    for change in fresh:
        if change.whole:
            parts.setdefault(change.whole, []).append(change)
    known = {change.iri: change for change in found if change.iri in parts or change.type == _FIRST[0]}
    projects = [
        (change, parts.get(iri, ()))
        for iri, change in known.items()
        if iri in parts or change.kind is not ChangeKind.KEPT
    ]
    shown = {change.iri for change, _ in projects} | {part.iri for _, members in projects for part in members}
    left = [change for change in fresh if change.iri not in shown]
    return [*projects, *([(None, left)] if left else [])]


def _wholes(*told: Said) -> Mapping[URIRef, str]:
    """Return the project that each entity is a part of, if it is of one."""
    projects: dict[URIRef, str] = {}
    owners: dict[Node, URIRef] = {}
    for said in told:
        for entity, pairs in said.items():
            for path, value in pairs:
                if path == IG.project:
                    projects[entity] = str(value)
                elif path in _PARTS:
                    owners[value] = entity
                    if (RDF.type, IG.Project) in pairs and isinstance(value, URIRef):
                        projects[value] = str(entity)
    for part, owner in owners.items():
        if owner in projects and isinstance(part, URIRef):
            projects.setdefault(part, projects[owner])
    return projects


def counted(found: Iterable[Change]) -> Mapping[ChangeKind, Mapping[str, int]]:
    """Count changes: kind to class to how many entities.

    :param found: the changes.
    """
    numbers = Counter((change.kind, change.type) for change in found)
    return {kind: {name: number for (of, name), number in sorted(numbers.items()) if of is kind} for kind in ChangeKind}


@cache
def class_name(type_: str, language: str) -> str:
    """Return what people call a class.

    :param type_: its local name.
    :param language: language to prefer.
    """
    texts = _texts(ontology_graph(), IG[type_], RDFS.label)
    return texts.get(language) or texts.get(LANGUAGES[0]) or type_


def _change(
    entity: URIRef,
    before: frozenset[tuple[URIRef, Node]],
    after: frozenset[tuple[URIRef, Node]],
    others: Graph,
    names: Graph,
) -> Change:
    elsewhere = frozenset(
        (path, value)
        for path, value in others.predicate_objects(entity)
        if path != PROV.wasDerivedFrom and isinstance(path, URIRef)
    )
    added, removed = after - before - elsewhere, before - after - elsewhere
    if not before and not elsewhere:
        kind = ChangeKind.ADDED
    elif not after and not elsewhere:
        kind = ChangeKind.RETIRED
    else:
        kind = ChangeKind.CHANGED if added or removed else ChangeKind.KEPT
    types = sorted(str(value) for path, value in after | before | elsewhere if path == RDF.type)
    name = types[0].rsplit("#", 1)[-1].rsplit("/", 1)[-1] if types else ""
    shown = {language: named(names, entity, language) for language in LANGUAGES}
    return Change(kind, str(entity), name, shown, facts_of(added, names), facts_of(removed, names))


def facts_of(pairs: Iterable[tuple[URIRef, Node]], names: Graph) -> tuple[Fact, ...]:
    """Say statements for people; that something is of its class goes without saying.

    :param pairs: property and value.
    :param names: what values are called.
    """
    facts = (
        Fact(
            str(path),
            str(value),
            {language: _property(path, language) for language in LANGUAGES},
            {language: _value(names, value, language, path) for language in LANGUAGES},
        )
        for path, value in pairs
        if path != RDF.type
    )
    return tuple(sorted(facts, key=lambda fact: (fact.property["en"], fact.value)))


def named(names: Graph, entity: Node, language: str) -> str:
    """Return what people call an entity; one without a name is told by what it links.

    :param names: what entities are called.
    :param entity: the entity.
    :param language: language to prefer.
    """
    if isinstance(entity, Literal) or _has_name(names, entity):
        return label(names, entity, language)
    linked = [label(names, value, language) for _, value in sorted(_links(names, entity))]
    return " · ".join(linked) or label(names, entity, language)


def _has_name(names: Graph, entity: Node) -> bool:
    return any((entity, path, None) in names for path in _NAMES)


def _links(names: Graph, entity: Node) -> Iterator[tuple[str, Node]]:
    """Find what an entity links; what has no name either, such as an amount, tells nothing."""
    for path, value in names.predicate_objects(entity):
        if isinstance(value, URIRef) and path not in {RDF.type, PROV.wasDerivedFrom} and _has_name(names, value):
            yield str(path), value


def _value(names: Graph, value: Node, language: str, path: URIRef) -> str:
    if isinstance(value, Literal):
        return f"{value} ({value.language})" if value.language else str(value)
    # A web address is not the name of something: whoever reviews it must see the whole of it.
    return str(value) if path == FOAF.homepage else named(names, value, language)


@cache
def _property(path: URIRef, language: str) -> str:
    """Return the name of a property: its own, else that of the field that fills it."""
    own = _texts(ontology_graph(), path, RDFS.label)
    fields = [_texts(shapes_graph(), shape, SH.name) for shape in shapes_graph().subjects(SH.path, path)]
    for texts in (own, *sorted(fields, key=lambda texts: texts.get("en", "~"))):
        if texts:
            return texts.get(language) or texts.get("en") or min(texts.values())
    return str(path).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _texts(graph: Graph, node: Node, path: URIRef) -> dict[str, str]:
    return {text.language or "": str(text) for text in graph.objects(node, path) if isinstance(text, Literal)}
