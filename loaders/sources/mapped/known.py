"""What a list mentions and the graph has already: written in a map, and found again in its rows."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from loaders.normalise.names import lookup_key
from loaders.sources.mapped.column_map import Known
from loaders.sources.mapped.nodes import Nodes
from loaders.sources.yaml_tree import Listing, Node, Scalar

__all__ = ["KINDS_KNOWN", "KnownEntities", "read_known"]

#: Kinds of which a map can say that the graph has one already.
KINDS_KNOWN = ("organisation", "project", "programme")
_KEYS = (*KINDS_KNOWN, "id", "in", "is", "named")
#: Parts of the short form of an entity: its kind, identifier space and key.
_PARTS = 3


class KnownEntities:
    """Finds what a row mentions among what the graph has.

    :param known: what the map says of it.
    """

    def __init__(self, known: Iterable[Known]) -> None:
        self._named: dict[tuple[str, str], list[Known]] = {}
        # What is said of one mention comes before what is said of all that have its name.
        for one in sorted(known, key=lambda one: (not one.within, not one.ident)):
            self._named.setdefault((one.kind, lookup_key(one.name)), []).append(one)

    def find(self, kind: str, names: Iterable[str], ident: str = "", within: str = "") -> Known | None:
        """Return what the graph has of a mention, or ``None`` where the map says nothing of it.

        :param kind: its kind.
        :param names: its names in the row.
        :param ident: its identifier in the row, or empty.
        :param within: key of the project in which it is mentioned.
        """
        if not self._named:
            return None
        found = (one for name in names for one in self._named.get((kind, lookup_key(name)), ()))
        fits = (one for one in found if one.within in ("", within) and one.ident in ("", ident))
        return next(fits, None)


def read_known(nodes: Nodes, node: Node | None) -> Iterator[Known]:
    """Read what a map says that the graph has already.

    :param nodes: takes the tree apart.
    :param node: the list of it.
    """
    if node is None:
        return
    if not isinstance(node, Listing):
        nodes.fault("map-no-list", node.line, name="known")
        return
    for item in node.items:
        pairs = nodes.pairs(item, "known", _KEYS)
        texts = {name: nodes.text(pairs.items.get(name), name) for name in _KEYS if name != "named"}
        kind = next((name for name in KINDS_KNOWN if texts[name]), "")
        path = texts["is"].split("/")
        if not kind or not texts["is"]:
            nodes.fault("map-needs", pairs.line, name="is" if kind else " / ".join(KINDS_KNOWN))
        elif len(path) != _PARTS or path[0] != kind or not all(path):
            written = pairs.items["is"]
            line = written.line if isinstance(written, Scalar) else pairs.line
            nodes.fault("map-value", line, value=texts["is"], name="is", choices=f"{kind}/curated/iom, …")
        else:
            space, key = map(unquote, path[1:])
            named = nodes.yes(pairs.items.get("named"), "named")
            yield Known(kind, texts[kind], texts["id"], texts["in"], space, key, named)
