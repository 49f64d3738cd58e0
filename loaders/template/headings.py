"""What the shapes say to people about a field: its heading, its help, and whether it must be filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Literal, Node

from loaders import resources
from loaders.fields import Field
from loaders.model import ENTITIES

__all__ = ["Heading", "heading", "kind_name"]


@dataclass(frozen=True, slots=True)
class Heading:
    """How a field is shown.

    :param name: language to heading.
    :param help: language to explanation.
    :param order: place among the fields of its kind.
    :param required: whether a value must be given.
    """

    name: Mapping[str, str] = field(hash=False)
    help: Mapping[str, str] = field(hash=False)
    order: float
    required: bool


@cache
def heading(kind: str, name: str) -> Heading:
    """Return how a field is shown, from ``sh:name``, ``sh:description``, ``sh:order`` and ``sh:minCount``.

    :param kind: name of the kind.
    :param name: name of the field.
    :raises LookupError: if no shape names the field for people.
    """
    about = [shape for shape in _property_shapes(kind) if _is_about(shape, ENTITIES[kind].field(name))]
    named = [shape for shape in about if (shape, SH.name, None) in _shapes()]
    if not named:
        raise LookupError(f"No shape of {kind} names its field {name} for people.")
    order = _shapes().value(named[0], SH.order)
    least = [_shapes().value(shape, SH.minCount) for shape in about]
    return Heading(
        _texts(named[0], SH.name),
        _texts(named[0], SH.description),
        float(str(order)) if order is not None else 0.0,
        any(count is not None and int(str(count)) > 0 for count in least),
    )


@cache
def kind_name(kind: str) -> Mapping[str, str]:
    """Return the name of a kind as its shape gives it.

    :param kind: name of the kind.
    :returns: language to name.
    """
    return _texts(_node_shape(kind), SH.name)


@cache
def _shapes() -> Graph:
    return Graph().parse(resources.SHAPES / "core.ttl")


def _node_shape(kind: str) -> Node:
    shape = _shapes().value(predicate=SH.targetClass, object=ENTITIES[kind].type)
    if shape is None:
        raise LookupError(f"No shape is for {kind}.")
    return shape


def _property_shapes(kind: str) -> list[Node]:
    return list(_shapes().objects(_node_shape(kind), SH.property))


def _is_about(shape: Node, wanted: Field) -> bool:
    path = _shapes().value(shape, SH.path)
    if wanted.inverse and path is not None:
        return _shapes().value(path, SH.inversePath) == wanted.path
    return path == wanted.path


def _texts(subject: Node, predicate: URIRef) -> dict[str, str]:
    texts = _shapes().objects(subject, predicate)
    return {str(text.language): str(text) for text in texts if isinstance(text, Literal) and text.language}
