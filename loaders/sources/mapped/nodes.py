"""The pieces of a map's YAML, each fault with its line."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from loaders.errors import SourceFault, ValueFault
from loaders.findings import Location, finding
from loaders.normalise.languages import language_code
from loaders.normalise.names import lookup_key
from loaders.sources.yaml_tree import Listing, Node, Pairs, Scalar

__all__ = ["Nodes"]

_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})


class Nodes:
    """Takes the tree of a map apart.

    :param file: how findings call the map.
    """

    def __init__(self, file: str) -> None:
        self._file = file

    def fault(self, rule: str, line: int, *, value: str = "", **details: str) -> SourceFault:
        """Make a fault at a line of the map.

        :param rule: rule of ``messages/``.
        :param line: the line.
        :param value: what stands there.
        :param details: what else the message names.
        """
        return SourceFault(finding(rule, Location(self._file, line=line), value=value, **details))

    def target_fault(self, written: Scalar, choices: list[str]) -> SourceFault:
        """Make the fault of a word that names nothing which a column could fill.

        :param written: the word.
        :param choices: what it could be, as ``part.field``.
        """
        nearest = ", ".join(get_close_matches(written.text, choices, n=3, cutoff=0.0))
        return self.fault("map-target", written.line, value=written.text, nearest=nearest)

    def pairs(self, node: Node | None, name: str, known: Iterable[str] | None = None) -> Pairs:
        """Return a mapping, or an empty one where the map is silent.

        :param node: the node.
        :param name: what it is called.
        :param known: the keys that it may have; any where ``None``.
        :raises SourceError: if it is no mapping, or has another key.
        """
        if node is None:
            return Pairs({}, {}, 1)
        if not isinstance(node, Pairs):
            raise self.fault("map-no-mapping", node.line, name=name)
        if known is not None:
            choices = list(known)
            for key, line in node.lines.items():
                if key not in choices:
                    nearest = get_close_matches(key, choices, n=1, cutoff=0.0)[0]
                    raise self.fault("unknown-key", line, value=key, nearest=nearest)
        return node

    def text(self, node: Node | None, name: str, choices: Iterable[str] | None = None) -> str:
        """Return a single text, or an empty one where the map is silent.

        :param node: the node.
        :param name: what it is called.
        :param choices: the texts that are possible; any where ``None``.
        :raises SourceError: if it is a list or mapping, or none of the choices.
        """
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            raise self.fault("map-no-text", node.line, name=name)
        if choices is not None:
            known = list(choices)
            if node.text not in known:
                raise self.fault("map-value", node.line, value=node.text, name=name, choices=", ".join(known))
        return node.text

    def language(self, written: str, line: int) -> str:
        """Return the BCP 47 tag of a language.

        :param written: its tag or name.
        :param line: the line of the map that it stands in.
        :raises SourceError: if there is no such language.
        """
        try:
            return language_code(written)
        except ValueFault as fault:
            raise self.fault("unknown-language", line, value=written) from fault

    def texts(self, node: Node | None, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one.

        :param node: the node.
        :param name: what it is called.
        :raises SourceError: if an item is no text.
        """
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else (node,)
        return tuple(self.text(item, name) for item in items)

    def number(self, node: Node | None, name: str) -> int | None:
        """Return a row number, counted from 1.

        :param node: the node.
        :param name: what it is called.
        :raises SourceError: if it is none.
        """
        text = self.text(node, name)
        if node is None:
            return None
        if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) < 10**7:
            raise self.fault("map-value", node.line, value=text, name=name, choices="1, 2, 3 …")
        return int(text)

    def yes(self, node: Node | None, name: str) -> bool:
        """Return whether a switch is on.

        :param node: the node.
        :param name: what it is called.
        :raises SourceError: if it is neither yes nor no.
        """
        word = self.text(node, name).casefold()
        if word and word not in _YES | _NO:
            raise self.fault("map-value", node.line if node else 1, value=word, name=name, choices="yes, no")
        return word in _YES

    def words(self, node: Node | None, name: str) -> Mapping[str, str]:
        """Return a mapping of look-up keys to texts.

        :param node: the node.
        :param name: what it is called.
        :raises SourceError: if it is no mapping of texts.
        """
        pairs = self.pairs(node, name)
        return {lookup_key(key): self.text(value, key) for key, value in pairs.items.items()}
