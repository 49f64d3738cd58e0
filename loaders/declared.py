"""Fields that only the shapes know: a property shape with a name whose values are literals is a field all the same.

So a field can be added where everything else about fields is said, without a change of the program.
"""

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import SH, XSD

from loaders import resources
from loaders.fields import Entity, Field, ValueKind
from loaders.turtle import Statements, read_turtle
from loaders.vocabulary import IGSH

__all__ = ["core_shapes", "declared_fields"]

_CLASS, _PROPERTY, _PATH = map(str, (SH.targetClass, SH.property, SH.path))
_NAME, _NODE, _DATATYPE, _MOST = map(str, (SH.name, SH.node, SH.datatype, SH.maxCount))

#: What the shapes say of a value to how its text is read.
_KINDS = MappingProxyType(
    {
        str(IGSH.Text): ValueKind.TEXT,
        str(IGSH.PlainText): ValueKind.STRING,
        str(IGSH.Code): ValueKind.STRING,
        str(IGSH.PartialDate): ValueKind.DATE,
        str(IGSH.Duration): ValueKind.DURATION,
        str(IGSH.WholeNumber): ValueKind.INTEGER,
        str(IGSH.Percentage): ValueKind.DECIMAL,
        str(IGSH.CurrencyCode): ValueKind.CURRENCY,
        str(IGSH.LanguageCode): ValueKind.LANGUAGE,
        str(IGSH.WebAddress): ValueKind.URL,
        str(XSD.decimal): ValueKind.DECIMAL,
        str(XSD.integer): ValueKind.INTEGER,
        str(XSD.boolean): ValueKind.BOOLEAN,
    }
)
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def core_shapes() -> Statements:
    """Return what ``shapes/core.ttl`` says, read once a process."""
    return read_turtle(resources.SHAPES / "core.ttl")


def declared_fields(entity: Entity) -> tuple[Field, ...]:
    """Return the fields of a kind that its shape names and the record model does not know.

    :param entity: the kind with the fields that the model knows.
    """
    shapes = core_shapes()
    known = {str(field.path) for field in entity.fields}
    members = [one for shape in shapes.subjects(_CLASS, str(entity.type)) for one in shapes.nodes(shape, _PROPERTY)]
    single = {path for one in members if shapes.texts(one, _MOST) for path in shapes.nodes(one, _PATH)}
    return tuple(_declared(shapes, members, known, single))


def _declared(shapes: Statements, members: list[str], known: set[str], single: set[str]) -> Iterator[Field]:
    for one in members:
        told = (*shapes.nodes(one, _NODE), *shapes.nodes(one, _DATATYPE))
        kind = next((_KINDS[node] for node in told if node in _KINDS), None)
        for path in shapes.nodes(one, _PATH):
            if kind is None or path in known or shapes.about.get(path) or not shapes.texts(one, _NAME):
                continue  # a path that is described itself is an inverse one or a choice of several
            name = _WORD.sub("_", re.split("[#/]", path)[-1]).lower()
            yield Field(name, URIRef(path), kind, many=path not in single and kind is not ValueKind.TEXT)
