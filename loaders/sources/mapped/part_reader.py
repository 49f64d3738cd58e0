"""The parts that a map names: organisations, amounts and the like, with what is the same in every row."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.model import ENTITIES
from loaders.normalise.money import currency
from loaders.normalise.names import lookup_key
from loaders.records import Cell
from loaders.schemes import scheme
from loaders.sources.mapped.column_map import GRANT, PROJECT, Part, Persons
from loaders.sources.mapped.nodes import Nodes
from loaders.sources.yaml_tree import Node, Pairs, Scalar

__all__ = ["ENTITIES_FIELDS", "KINDS", "PartReader", "fields_of", "given"]

#: Section of a map to the kind of the parts in it.
KINDS = {
    "organisations": "organisation",
    "amounts": "amount",
    "programmes": "programme",
    "places": "place",
    "identifiers": "identifier",
    "classifications": "classification",
}
#: Fields of a part that belong to the participation in which an organisation takes part.
PARTICIPATION = ("role", "source_role")
#: References between projects that a list can state by its own ids.
_PROJECTS = ("part_of", "has_part", "related", "continues")
_SETTINGS = {
    "project": ("key", "repeated", "required", "not_totals"),
    "organisation": ("identity", "scheme", "persons"),
    "amount": ("of",),
    "identifier": ("of",),
    "place": ("identity",),
    "grant": ("donor", "recipient", "programme"),
}


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that columns and constants of a map may fill.

    Links between the parts of a row are made by what the parts are, not by columns.

    :param kind: kind of the part.
    """
    own = [
        field.name
        for field in ENTITIES[kind].fields
        if field.kind is not ValueKind.REFERENCE or (kind == PROJECT and field.name in _PROJECTS)
    ]
    with_id = ("id",) if kind in ("project", "organisation", "programme") else ()
    return (*with_id, *own, *(PARTICIPATION if kind == "organisation" else ()))


class PartReader:
    """Reads the parts of one map.

    :param nodes: takes the tree apart.
    :param language: language of texts where nothing else is stated.
    """

    def __init__(self, nodes: Nodes, language: str) -> None:
        self._nodes = nodes
        self._language = language

    def parts(self, top: Mapping[str, Node]) -> tuple[dict[str, Part], dict[str, str]]:
        """Read all parts of a map.

        :param top: its sections.
        :returns: name to part, and what the grant is linked to.
        """
        nodes = self._nodes
        sections = [(PROJECT, PROJECT, top.get(PROJECT))]
        if GRANT in top:
            sections.append((GRANT, GRANT, top[GRANT]))
        for section, kind in KINDS.items():
            pairs = nodes.pairs(top.get(section), section)
            for name, node in pairs.items.items():
                if name in [known for known, _, _ in sections]:
                    nodes.fault("map-part-twice", pairs.lines[name], value=name)
                    continue
                sections.append((name, kind, node))
        allowed = {kind: (*fields_of(kind), *_SETTINGS.get(kind, ())) for _, kind, _ in sections}
        settings = {name: nodes.pairs(given(node), name, allowed[kind]) for name, kind, node in sections}
        plain = {name: Part(name, kind) for name, kind, _ in sections}
        parts = {name: self._part(part, settings[name], plain) for name, part in plain.items()}
        links = self._links(settings[GRANT], plain) if GRANT in settings else {}
        return parts, links

    def paths(
        self, node: Node | None, name: str, parts: Mapping[str, Part], own: str = ""
    ) -> tuple[tuple[str, str], ...]:
        """Read references to what columns fill, such as ``beneficiary.postcode``.

        :param node: the list of them.
        :param name: what the list is called.
        :param parts: the parts of the map.
        :param own: part that a field without part belongs to; the project where empty.
        """
        found: list[tuple[str, str]] = []
        for text in self._nodes.texts(node, name):
            part, _, field = text.rpartition(".")
            part = part or own or PROJECT
            if part not in parts or field not in fields_of(parts[part].kind):
                choices = [f"{each.name}.{field}" for each in parts.values() for field in fields_of(each.kind)]
                self._nodes.target_fault(Scalar(text, node.line if node else 1), choices)
                continue
            found.append((part, field))
        return tuple(found)

    def _part(self, part: Part, pairs: Pairs, parts: Mapping[str, Part]) -> Part:
        nodes, items = self._nodes, pairs.items
        constants = {
            name: tuple(self._constant(ENTITIES_FIELDS[part.kind][name], node))
            for name, node in items.items()
            if name in fields_of(part.kind)
        }
        usual = GRANT if part.kind == "amount" and GRANT in parts else PROJECT
        of = nodes.text(items.get("of"), "of", _parents(part.kind, parts)) or usual
        return Part(
            part.name,
            part.kind,
            MappingProxyType(constants),
            self.paths(items.get("identity"), "identity", parts, part.name),
            of,
            nodes.text(items.get("scheme"), "scheme"),
            self._persons(items.get("persons")),
        )

    def _persons(self, node: Node | None) -> Persons | None:
        if node is None:
            return None
        items = self._nodes.pairs(node, "persons", ("column", "values")).items
        values = self._nodes.texts(items.get("values"), "values")
        column = self._nodes.text(items.get("column"), "column")
        if not column or not values:
            self._nodes.fault("map-needs", node.line, name="persons: column, values")
            return None
        return Persons(column, frozenset(map(lookup_key, values)))

    def _links(self, pairs: Pairs, parts: Mapping[str, Part]) -> dict[str, str]:
        kinds = {"donor": "organisation", "recipient": "organisation", "programme": "programme"}
        return {
            name: self._nodes.text(
                pairs.items[name], name, [part.name for part in parts.values() if part.kind == kinds[name]]
            )
            for name in pairs.items
            if name in kinds
        }

    def _constant(self, field: Field, node: Node) -> Iterator[Cell]:
        if isinstance(node, Pairs) and field.kind is ValueKind.TEXT:
            for language, told in node.items.items():
                tag = self._nodes.language(language, node.lines[language])
                yield Cell(self._nodes.text(told, field.name), language=tag)
            return
        for text in self._nodes.texts(node, field.name):
            self._check_constant(field, text, node.line)
            yield Cell(text, language=self._language if field.kind is ValueKind.TEXT else "")

    def _check_constant(self, field: Field, text: str, line: int) -> None:
        """Refuse at its line what would else be refused in every row."""
        if field.kind is ValueKind.CONCEPT and scheme(field.target).find(text) is None:
            choices = ", ".join(concept.key for concept in scheme(field.target).concepts[:40])
            self._nodes.fault("map-value", line, value=text, name=field.name, choices=choices)
        if field.name == "classification_type" and len(text.split()) != 1:
            self._nodes.fault("map-value", line, value=text, name=field.name, choices="sector, topic, …")
        if field.kind is ValueKind.CURRENCY:
            try:
                currency(text)
            except ValueFault:
                self._nodes.fault("map-value", line, value=text, name=field.name, choices="EUR, CZK, …")


def given(node: Node | None) -> Node | None:
    """Return a section, or nothing where the map only names it.

    :param node: the section.
    """
    return None if isinstance(node, Scalar) and not node.text.strip() else node


def _parents(kind: str, parts: Mapping[str, Part]) -> list[str]:
    """Return the parts that an amount or identifier can belong to."""
    known = [part.name for part in parts.values() if part.kind == "organisation"]
    return [PROJECT, *([GRANT] if GRANT in parts and kind == "amount" else []), *known]


_ID = Field("id", ENTITIES["identifier"].field("code").path, ValueKind.STRING)
#: Kind to field name to field, with those that maps know beside the model.
ENTITIES_FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        kind: MappingProxyType(
            {
                "id": _ID,
                **{field.name: field for field in entity.fields},
                **(
                    {name: ENTITIES["participation"].field(name) for name in PARTICIPATION}
                    if kind == "organisation"
                    else {}
                ),
            }
        )
        for kind, entity in ENTITIES.items()
    }
)
