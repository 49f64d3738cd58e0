"""What the shapes say to people about a field: its heading, its help, and whether it must be filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rdflib.namespace import RDFS, SH

from loaders.declared import core_shapes
from loaders.fields import Field
from loaders.model import ENTITIES

__all__ = ["Group", "Heading", "heading", "kind_name"]

_CLASS, _PROPERTY, _PATH, _INVERSE = map(str, (SH.targetClass, SH.property, SH.path, SH.inversePath))
_NAME, _DESCRIPTION, _ORDER, _LEAST = map(str, (SH.name, SH.description, SH.order, SH.minCount))
_GROUP, _LABEL = map(str, (SH.group, RDFS.label))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of fields that people see together.

    :param name: language to name.
    :param order: place among the groups.
    """

    name: Mapping[str, str] = field(hash=False)
    order: float


@dataclass(frozen=True, slots=True)
class Heading:
    """How a field is shown.

    :param name: language to heading.
    :param help: language to explanation.
    :param order: place among the fields of its kind.
    :param required: whether a value must be given.
    :param group: the group that it belongs to.
    """

    name: Mapping[str, str] = field(hash=False)
    help: Mapping[str, str] = field(hash=False)
    order: float
    required: bool
    group: Group | None


@cache
def heading(kind: str, name: str) -> Heading:
    """Return how a field is shown, from the name, description, order, group and counts of its shapes.

    :param kind: name of the kind.
    :param name: name of the field.
    :raises LookupError: if no shape names the field for people.
    """
    about = [shape for shape in _property_shapes(kind) if _is_about(shape, ENTITIES[kind].field(name))]
    named = [shape for shape in about if core_shapes().texts(shape, _NAME)]
    if not named:
        raise LookupError(f"No shape of {kind} names its field {name} for people.")
    groups = core_shapes().nodes(named[0], _GROUP)
    least = [count.value for shape in about for count in core_shapes().texts(shape, _LEAST)]
    return Heading(
        _texts(named[0], _NAME),
        _texts(named[0], _DESCRIPTION),
        _order(named[0]),
        any(int(count) > 0 for count in least),
        Group(_texts(groups[0], _LABEL), _order(groups[0])) if groups else None,
    )


@cache
def kind_name(kind: str) -> Mapping[str, str]:
    """Return the name of a kind as its shape gives it.

    :param kind: name of the kind.
    :returns: language to name.
    """
    return _texts(_node_shape(kind), _NAME)


@cache
def _node_shape(kind: str) -> str:
    shapes = core_shapes().subjects(_CLASS, str(ENTITIES[kind].type))
    if not shapes:
        raise LookupError(f"No shape is for {kind}.")
    return shapes[0]


def _property_shapes(kind: str) -> list[str]:
    return core_shapes().nodes(_node_shape(kind), _PROPERTY)


def _is_about(shape: str, wanted: Field) -> bool:
    paths = core_shapes().nodes(shape, _PATH)
    if wanted.inverse:
        paths = [inverse for path in paths for inverse in core_shapes().nodes(path, _INVERSE)]
    return str(wanted.path) in paths


def _order(subject: str) -> float:
    order = core_shapes().texts(subject, _ORDER)
    return float(order[0].value) if order else 0.0


def _texts(subject: str, path: str) -> dict[str, str]:
    return {text.language: text.value for text in core_shapes().texts(subject, path) if text.language}
