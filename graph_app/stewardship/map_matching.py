"""What a column map says that the graph has already, where a steward follows a suggestion or takes that back."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote

from graph_app.identity.mentions import Mention
from loaders.normalise.names import lookup_key
from loaders.sources.mapped.keys import within_of
from loaders.sources.mapped.map_text import MapText

__all__ = ["can_refer", "decided", "refer", "take_back"]

#: Parts of the path of an entity: its kind, identifier space and key.
_PARTS = 3


def can_refer(iri: str, base: str) -> bool:
    """Tell whether a map can name an entity: its IRI is one of this deployment, of kind, identifier space and key.

    :param iri: the entity.
    :param base: base of all instance IRIs.
    """
    path = iri.removeprefix(base)
    return path != iri and len(path.split("/")) == _PARTS and all(map(unquote, path.split("/")))


def refer(text: str, mention: Mention, iri: str, names: Collection[str], *, everywhere: bool, base: str) -> str:
    """Return a map by which a mention is an entity of the graph.

    :param text: the map so far.
    :param mention: the organisation or project of the table.
    :param iri: the entity of the graph, of which :func:`can_refer` holds.
    :param names: the names that the graph has for it; another one becomes another name of it.
    :param everywhere: whether all rows with the name mean it, or this mention alone.
    :param base: base of all instance IRIs.
    """
    kind = mention.described.kind
    stated = {kind: mention.name}
    if kind == "project":
        stated["in"] = mention.key
    elif not everywhere:
        stated |= within_of(mention.key)
    stated["is"] = iri.removeprefix(base)
    if lookup_key(mention.name) in set(map(lookup_key, names)):
        stated["named"] = "yes"
    written = MapText(text)
    if stated not in decided(text):
        written.add_known(stated)
    return str(written)


def decided(text: str) -> Sequence[Mapping[str, str]]:
    """Return what a map says that the graph has already.

    :param text: the map.
    """
    return [{str(name): str(value) for name, value in item.items()} for item in MapText(text).listed("known")]


def take_back(text: str, stated: Mapping[str, str]) -> str:
    """Return a map that no longer says so.

    :param text: the map.
    :param stated: one of :func:`decided`.
    """
    written = MapText(text)
    written.remove_known(stated)
    return str(written)
