"""What a kind of entity and its fields are."""

from dataclasses import dataclass
from enum import StrEnum

from rdflib import URIRef

__all__ = ["Entity", "Field", "ValueKind"]


class ValueKind(StrEnum):
    """How the text of a cell becomes an RDF term."""

    TEXT = "text"  #: prose with a language tag
    STRING = "string"  #: a code or word without language
    DATE = "date"  #: year, month or day, precision kept
    DURATION = "duration"  #: ISO 8601 duration
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    URL = "url"
    CURRENCY = "currency"  #: ISO 4217 code
    LANGUAGE = "language"  #: BCP 47 code
    CONCEPT = "concept"  #: a concept of a SKOS scheme, by any of its labels or its key
    REFERENCE = "reference"  #: another entity, by key or IRI


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity.

    :param name: key in YAML records and of template columns.
    :param path: property that the field fills.
    :param kind: how text becomes a term.
    :param target: scheme of a concept (file name in ``ontology/`` without ending), or kind of a referenced entity;
        empty for a reference that names its own kind, written ``kind/key``.
    :param many: whether several values are allowed; texts may always come once a language.
    :param inverse: whether the referenced entity is the subject of the triple.
    :param entered: whether people fill it in themselves; else only published files give it.
    """

    name: str
    path: URIRef
    kind: ValueKind
    target: str = ""
    many: bool = False
    inverse: bool = False
    entered: bool = True


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of entity.

    :param kind: name of the kind, part of its IRIs.
    :param type: its class.
    :param fields: its fields, in the order in which people fill them.
    """

    kind: str
    type: URIRef
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """Return one field by name.

        :raises KeyError: if the kind has no such field.
        """
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)
