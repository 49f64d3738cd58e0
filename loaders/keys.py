"""What makes an entity that entity within its source: its id, or what a link connects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, repeat
from types import MappingProxyType

from loaders.errors import RecordError
from loaders.fields import ValueKind
from loaders.model import ENTITIES
from loaders.records import Cell
from loaders.schemes import scheme

__all__ = ["MissingKeyError", "key_fields", "link_key", "link_keys", "needed_fields", "needs_id", "record_key"]

_ABSENT = "_"
#: What is longer than the label of a concept is not remembered.
_LONGEST_WORD = 80


@dataclass(frozen=True, slots=True)
class _Derived:
    """How the key of a link is made where the source gives it no id.

    :param needed: fields without which there is no key; one of each group suffices.
    :param further: fields that tell two links between the same ends apart.
    :param rare: fields that do so too, and are named in the key where they are filled in.
    :param joined: whether the key is one part, because other records refer to it by one word.
    """

    needed: tuple[tuple[str, ...], ...]
    further: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    joined: bool = False


_DERIVED: Mapping[str, _Derived] = MappingProxyType(
    {
        "participation": _Derived((("project", "partnership"), ("organisation",)), ("role",)),
        "identifier": _Derived((("organisation", "project"), ("scheme",), ("code",))),
        "grant": _Derived((("project",),), ("donor", "programme", "number"), joined=True),
        "amount": _Derived(
            (("grant", "transaction", "participation", "project"), ("value",)),
            ("currency", "amount_kind", "value_date", "flow_level"),
            ("from", "to", "status", "budget_type"),
        ),
        "allocation": _Derived((("project",), ("country", "region")), ("vocabulary",)),
        "classification": _Derived((("project",), ("code",)), ("classification_type", "vocabulary")),
        "term_match": _Derived((("project",), ("target_group", "theme"))),
        "beneficiaries": _Derived((("project",),), ("target_group", "count")),
        "result": _Derived((("project",),), ("count", "description")),
    }
)


#: Kind to its fields of concepts, each with its scheme.
_CONCEPTS = {
    entity.kind: {field.name: field.target for field in entity.fields if field.kind is ValueKind.CONCEPT}
    for entity in ENTITIES.values()
}


class MissingKeyError(RecordError):
    """A record lacks what would identify it.

    :param fields: the fields of which one is needed.
    """

    def __init__(self, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(f"The record cannot be identified without {' or '.join(fields)}.")


def needs_id(kind: str) -> bool:
    """Tell whether entities of a kind are identified by an id alone.

    :param kind: name of the kind.
    """
    return kind not in _DERIVED


def needed_fields(kind: str) -> frozenset[str]:
    """Return the fields without which an entity of a kind has no key of its own.

    :param kind: name of the kind.
    """
    rule = _DERIVED.get(kind)
    return frozenset(group[0] for group in rule.needed if len(group) == 1) if rule is not None else frozenset()


@cache
def key_fields(kind: str) -> tuple[str, ...]:
    """Return the fields that a key is made of where there is no id; none for what has no key without.

    :param kind: name of the kind.
    """
    rule = _DERIVED.get(kind)
    return (*chain.from_iterable(rule.needed), *rule.further, *rule.rare) if rule is not None else ()


def record_key(kind: str, identifier: str, fields: Mapping[str, tuple[Cell, ...]]) -> tuple[str, ...]:
    """Return the key of a record: its id where it has one, else the values that tell a link from others.

    Rows and lines never take part, so a file can be reordered without any entity changing its identity.

    :param kind: name of the kind.
    :param identifier: the id as written, or empty.
    :param fields: the record's cells.
    :returns: one part, or several for a link; no part is empty.
    :raises MissingKeyError: if neither the id nor what replaces it is there.
    """
    if identifier:
        return (identifier,)
    if kind not in _DERIVED:
        raise MissingKeyError(("id",))
    return link_key(kind, {name: fields[name][0].text.strip() for name in key_fields(kind) if fields.get(name)})


def link_key(kind: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the key of a record without an id, as :func:`record_key` does.

    :param kind: name of a kind that :func:`key_fields` has fields for.
    :param texts: the first value of those fields that are filled.
    :raises MissingKeyError: if what replaces an id is not there.
    """
    concepts = _CONCEPTS[kind]
    form = _form(kind, frozenset(texts))
    return _key(kind, [before + _part(concepts, name, texts[name]) if name else before for before, name in form])


def link_keys(kind: str, columns: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the keys of records without an id, as :func:`link_key` does one by one.

    :param kind: name of a kind that :func:`key_fields` has fields for.
    :param columns: field to its first value in each record, empty where it has none.
    :raises MissingKeyError: if what replaces an id is not there in one of them.
    """
    filled = {name: texts for name, texts in columns.items() if any(texts)}
    if any("" in texts for texts in filled.values()):
        rows = [dict(zip(columns, texts, strict=True)) for texts in zip(*columns.values(), strict=True)]
        return [link_key(kind, {name: text for name, text in row.items() if text}) for row in rows]
    parts: list[Iterable[str]] = []
    for before, name in _form(kind, frozenset(filled)):
        concepts = _CONCEPTS[kind] if name else {}
        if name in concepts:
            words = {text: before + _part(concepts, name, text) for text in set(filled[name])}
            parts.append(map(words.__getitem__, filled[name]))
        else:
            parts.append([before + text for text in filled[name]] if name else repeat(before))
    return [_key(kind, key) for key in zip(*parts, strict=False)]


@cache
def _form(kind: str, filled: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the parts of the key of a link: what stands first in each, and the field that follows or nothing.

    :param filled: the fields that are filled.
    :raises MissingKeyError: if what replaces an id is not there.
    """
    rule = _DERIVED[kind]
    parts: list[tuple[str, str]] = []
    for group in rule.needed:
        for name in group:
            if name in filled:
                break
        else:
            raise MissingKeyError(group)
        if name != group[0]:
            parts.append((name, ""))  # the ends of a link can be of several kinds, whose keys overlap
        parts.append(("", name))
    parts += [("", name) if name in filled else (_ABSENT, "") for name in rule.further]
    return (*parts, *((f"{name}=", name) for name in rule.rare if name in filled))


def _key(kind: str, parts: Sequence[str]) -> tuple[str, ...]:
    if not _DERIVED[kind].joined:
        return tuple(parts)
    # Its first part is never absent, whatever sign a source writes there.
    least = next((index for index in range(len(parts), 1, -1) if parts[index - 1] != _ABSENT), 1)
    return ("~".join(parts[:least]),)


def _part(concepts: Mapping[str, str], name: str, text: str) -> str:
    """Return what a field adds to a key: a concept by its own key, so that no label of it makes another entity."""
    target = concepts.get(name)
    if target is None:
        return text
    return (_known_concept if len(text) <= _LONGEST_WORD else _concept)(target, text)


def _concept(target: str, text: str) -> str:
    known = scheme(target)
    found = known.find(text)
    return known.key(found) if found is not None else text


#: Roles, kinds and countries come again with nearly every link.
_known_concept = lru_cache(maxsize=4096)(_concept)
