"""What becomes of the lines of a content when several mentions are one."""

from collections.abc import Iterator
from typing import NamedTuple

from rdflib.namespace import RDF

from graph_app.releases.merging.settled import NAMES, Settled, language_of, literal_of
from graph_app.store.sorted_lines import Text, beginning_with, with_object
from loaders.identifiers import mint
from loaders.vocabulary import IG, SKOS

__all__ = ["Rewritten", "mention_iri", "rewritten"]

_TYPE, _OTHER_NAME = f"<{RDF.type}>".encode(), f"<{SKOS.altLabel}>".encode()
_MENTION, _OF, _LOADED_AS = (f"<{IG[name]}>".encode() for name in ("Mention", "mentionOf", "loadedAs"))


class Rewritten(NamedTuple):
    """What to do to a content.

    :param removed: lines that go.
    :param added: lines that come.
    """

    removed: set[bytes]
    added: set[bytes]


def rewritten(text: Text, settled: Settled, base: str) -> Rewritten:
    """Say of each group under one IRI what the content says of its mentions, and keep beside it what it said of each.

    A statement in which one mention is tied to another of its group would tie a thing to itself; it is kept of the
    mention alone. So is a name that the group has already.

    :param text: the content of one dataset as it was loaded.
    :param settled: which mentions are one.
    :param base: base of all instance IRIs.
    """
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for mention, entity in settled.entities.items():
        for line in beginning_with(text, b"<" + mention + b"> "):
            added.update(_of_mention(line, mention, entity, settled, base))
            removed.add(line)
            added.update(_of_entity(line, settled))
    for line in with_object(text, settled.entities.keys()):
        if line not in removed:
            removed.add(line)
            added.update(_of_entity(line, settled))
    return Rewritten(removed - added, added - removed)


def mention_iri(iri: str, base: str) -> str:
    """Return the IRI of what was said of one mention.

    :param iri: the IRI under which it was loaded.
    :param base: base of all instance IRIs.
    """
    if iri.startswith(base):
        return f"{base}mention/{iri.removeprefix(base)}"
    return mint("mention", iri, base=base)


def _of_entity(line: bytes, settled: Settled) -> Iterator[bytes]:
    subject, predicate, rest = line.split(b" ", 2)
    whole, told = settled.entities.get(subject[1:-1]), _told(rest, settled)
    if whole is None:
        yield b" ".join((subject, predicate, told))
        return
    if told.startswith(b"<" + whole + b"> ") and not rest.startswith(b"<" + subject[1:-1] + b"> "):
        return
    if predicate in NAMES and language_of(line) not in settled.named_by[subject[1:-1]]:
        if literal_of(rest) in settled.names[whole]:
            return
        predicate = _OTHER_NAME
    yield b" ".join((b"<" + whole + b">", predicate, told))


def _of_mention(line: bytes, mention: bytes, entity: bytes, settled: Settled, base: str) -> Iterator[bytes]:
    _, predicate, rest = line.split(b" ", 2)
    node = f"<{mention_iri(mention.decode(), base)}>".encode()
    if predicate != _TYPE:
        yield b" ".join((node, predicate, _told(rest, settled)))
        return
    graph = rest[rest.rindex(b" <") :]
    yield b" ".join((node, _TYPE, _MENTION)) + graph
    yield b" ".join((node, _OF, b"<" + entity + b">")) + graph
    yield b" ".join((node, _LOADED_AS, b"<" + mention + b">")) + graph


def _told(rest: bytes, settled: Settled) -> bytes:
    """Return object and graph, an object that is a mention as what it is a mention of."""
    if not rest.startswith(b"<"):
        return rest
    end = rest.index(b">")
    whole = settled.entities.get(rest[1:end])
    return rest if whole is None else b"<" + whole + rest[end:]
