"""The text of a cell to a term of N-Quads, by the kind of its field."""

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from loaders.errors import ValueFault
from loaders.fields import Field, ValueKind
from loaders.identifiers import are_plain_keys, is_iri, mint
from loaders.mapping.doubts import Doubt, text_doubts, word_doubts
from loaders.mapping.lines import iri, literal
from loaders.mapping.provenance import plain
from loaders.mapping.words import word_term
from loaders.model import ENTITIES
from loaders.records import Cell

__all__ = ["Names", "Slot", "Value", "Values", "unplain_texts"]

#: An RDF literal longer than this is not a value but a document; the store refuses 16 MiB, people give up earlier.
_LONGEST_TEXT = 65_536
#: What is longer than any name or number is not remembered.
_LONGEST_WORD = 80
#: Answers kept for words that come again; enough for the organisations of a large file, and some ten megabytes.
_REMEMBERED = 65_536


class Names:
    """Turns local keys into IRIs, for one identifier space.

    :param namespace: the identifier space of the source's local ids.
    :param base: base of all instance IRIs.
    :param addresses: whether a key may be the IRI of an entity of the graph, or the path of that IRI under the base,
        such as ``organisation/curated/iom``; else it is an id of the source, whatever it looks like.
    """

    def __init__(self, namespace: str, base: str, *, addresses: bool = False) -> None:
        self.namespace = namespace
        self.base = base
        self.addresses = addresses
        self._known = lru_cache(maxsize=_REMEMBERED)(partial(_named, self.namespace, base, addresses))

    def iri(self, kind: str, *key: str) -> str:
        """Return the IRI of an entity, as N-Quads text.

        :param kind: its kind.
        :param key: its key in the identifier space; or its address, where those are allowed.
        """
        # A key of several parts is that of a link, which is named once.
        return self._known(kind, key[0]) if len(key) == 1 else iri(mint(kind, self.namespace, *key, base=self.base))

    def iris(self, kind: str, keys: Sequence[tuple[str, ...]]) -> list[str]:
        """Return the IRI of each of some entities, as :meth:`iri` does one by one.

        :param kind: their kind.
        :param keys: their keys.
        """
        if not are_plain_keys(list(chain.from_iterable(keys))):
            return [self.iri(kind, *key) for key in keys]
        space = self.space(kind)
        return [f"{space}{key}>" for key in map("/".join, keys)]

    def space(self, kind: str) -> str:
        """Return how the IRIs of entities of a kind begin in this identifier space, as N-Quads text.

        :param kind: the kind.
        """
        return f"<{mint(kind, self.namespace, base=self.base)}/"

    def elsewhere(self, kind: str, space: str, key: str) -> str:
        """Return the IRI of an entity of another identifier space, as N-Quads text.

        :param kind: its kind.
        :param space: the identifier space.
        :param key: its key there.
        """
        return iri(mint(kind, space, key, base=self.base))


def _named(namespace: str, base: str, addresses: bool, kind: str, key: str) -> str:  # noqa: FBT001 - bound once
    if addresses:
        if is_iri(key):
            return iri(key)
        path = key.split("/")
        if path[0] == kind and len(path) > 2 and all(path):
            return iri(mint(*map(unquote, path), base=base))
    return iri(mint(kind, namespace, key, base=base))


class Slot(NamedTuple):
    """A field, with what its cells would ask of it again and again.

    :param field: the field.
    :param path: its property, as N-Quads text.
    :param kind: how its text becomes a term, as a plain word, which is quicker to look up than the member.
    :param target: what the field aims at.
    :param prose: whether it is prose with a language.
    :param verbatim: whether its value is the text itself.
    """

    field: Field
    path: str
    kind: str
    target: str
    prose: bool
    verbatim: bool

    @classmethod
    def of(cls, field: Field) -> "Slot":
        """Return the slot of a field."""
        kind = field.kind
        verbatim = kind in {ValueKind.TEXT, ValueKind.STRING}
        return cls(field, iri(field.path), kind.value, field.target, kind is ValueKind.TEXT, verbatim)


#: The term that was read, in N-Quads text: an IRI, or a literal with the lexical form of the value, neither rounded
#: nor completed; whether its own text is what the source says, character for character; what a person should look at.
Value = tuple[str, bool, tuple[Doubt, ...]]


class Values:
    """Reads the texts of cells.

    :param names: the identifier space of their source, for references.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        # Ids, dates and names of concepts come again and again; a fault is found anew each time.
        self._known = lru_cache(maxsize=_REMEMBERED)(partial(_word, names))

    def read(self, slot: Slot, cell: Cell) -> Value:
        """Read a cell.

        :param slot: the field that it fills.
        :param cell: the cell, not blank.
        :raises ValueFault: if the text is not a value of the field's kind; names the rule of ``messages/``.
        """
        written, _, _, language, source, space = cell
        _, _, kind, target, prose, verbatim = slot
        if not verbatim:
            word = self._known if len(written) <= _LONGEST_WORD else partial(_word, self.names)
            value = word(kind, target, written, space)
            return (value[0], plain(value[0], source), value[2]) if source else value
        text = _within_limit(written.strip())
        term = literal(text, language if prose else "")
        doubts = () if written.isascii() else text_doubts(written)
        return term, plain(term, source) if source else text == written, doubts


def _word(names: Names, kind: str, target: str, written: str, space: str) -> Value:
    text = _within_limit(written.strip())
    if space:
        term = names.elsewhere(target, space, text)
    elif kind == ValueKind.REFERENCE:
        term = _reference(target, text, names)
    else:
        term = word_term(ValueKind(kind), target, text)
    return term, plain(term, written), word_doubts(target, written, term)


def unplain_texts(texts: Sequence[str]) -> list[int]:
    """Return the indexes of texts that are too long or in doubt; others can be kept as they are.

    :param texts: texts without blanks around them, some of them perhaps empty.
    """
    # Doubts are about single characters and words, so all texts together have none if no text has one.
    if max(map(len, texts), default=0) <= _LONGEST_TEXT and not text_doubts("\n".join(texts)):
        return []
    return [index for index, text in enumerate(texts) if len(text) > _LONGEST_TEXT or text_doubts(text)]


def _within_limit(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ValueFault("text-too-long", limit=str(_LONGEST_TEXT))
    return text


def _reference(target: str, text: str, names: Names) -> str:
    """Return the entity that a reference names, whether or not such an entity exists.

    A field without a target has the kind in the text itself: ``project/elci``.
    """
    if target or (names.addresses and is_iri(text)):
        return names.iri(target, text)
    kind, _, key = text.partition("/")
    if kind not in ENTITIES or not key:
        raise ValueFault("reference-without-kind", kinds=", ".join(ENTITIES))
    return names.iri(kind, text if names.addresses and "/" in key else key)
