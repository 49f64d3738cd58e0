"""The pieces of a map's YAML, each fault with its line."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from loaders.errors import SourceFault, ValueFault
from loaders.findings import Finding, Location, finding
from loaders.normalise.languages import language_code
from loaders.normalise.names import lookup_key
from loaders.sources.yaml_tree import Listing, Node, Pairs, Scalar

__all__ = ["Nodes"]

#: Mistakes after which what stands there is not known.
_MISREAD = frozenset(
    {"unknown-key", "map-no-mapping", "map-no-list", "map-no-text", "map-needs", "map-part-twice", "map-target"}
)
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})


class Nodes:
    """Takes the tree of a map apart, and goes on after a mistake as if the map were silent there.

    :param file: how findings call the map.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults: list[Finding] = []

    def fault(self, rule: str, line: int, *, value: str = "", **details: str) -> None:
        """Note a mistake at a line of the map.

        :param rule: rule of ``messages/``.
        :param line: the line.
        :param value: what stands there.
        :param details: what else the message names.
        """
        self._faults.append(finding(rule, Location(self._file, line=line), value=value, **details))

    def target_fault(self, written: Scalar, choices: list[str]) -> None:
        """Note a word that names nothing which a column could fill.

        :param written: the word.
        :param choices: what it could be, as ``part.field``.
        """
        nearest = ", ".join(get_close_matches(written.text, choices, n=3, cutoff=0.0))
        self.fault("map-target", written.line, value=written.text, nearest=nearest)

    @property
    def understood(self) -> bool:
        """Whether every key, part and field was understood; else what seems to be missing may stand there misspelt."""
        return not any(found.rule in _MISREAD for found in self._faults)

    def refuse(self) -> None:
        """Refuse the map if it has any mistake.

        :raises SourceError: with all mistakes, in the order of lines.
        """
        if self._faults:
            raise SourceFault(*sorted(self._faults, key=_line))

    def pairs(self, node: Node | None, name: str, known: Iterable[str] | None = None) -> Pairs:
        """Return a mapping, or an empty one where the map is silent.

        :param node: the node.
        :param name: what it is called.
        :param known: the keys that it may have; any where ``None``.
        """
        if node is None:
            return Pairs({}, {}, 1)
        if not isinstance(node, Pairs):
            self.fault("map-no-mapping", node.line, name=name)
            return Pairs({}, {}, node.line)
        if known is not None:
            choices = list(known)
            for key, line in node.lines.items():
                if key not in choices:
                    nearest = get_close_matches(key, choices, n=1, cutoff=0.0)[0]
                    self.fault("unknown-key", line, value=key, nearest=nearest)
        return node

    def text(self, node: Node | None, name: str, choices: Iterable[str] | None = None) -> str:
        """Return a single text, or an empty one where the map is silent.

        :param node: the node.
        :param name: what it is called.
        :param choices: the texts that are possible; any where ``None``.
        """
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.fault("map-no-text", node.line, name=name)
            return ""
        if choices is not None:
            known = list(choices)
            if node.text not in known:
                self.fault("map-value", node.line, value=node.text, name=name, choices=", ".join(known))
                return ""
        return node.text

    def language(self, written: str, line: int) -> str:
        """Return the BCP 47 tag of a language.

        :param written: its tag or name.
        :param line: the line of the map that it stands in.
        :returns: the tag, or an empty string where there is no such language.
        """
        try:
            return language_code(written)
        except ValueFault:
            self.fault("unknown-language", line, value=written)
            return ""

    def texts(self, node: Node | None, name: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one.

        :param node: the node.
        :param name: what it is called.
        """
        if node is None:
            return ()
        items = node.items if isinstance(node, Listing) else (node,)
        return tuple(self.text(item, name) for item in items)

    def number(self, node: Node | None, name: str) -> int | None:
        """Return a row number, counted from 1.

        :param node: the node.
        :param name: what it is called.
        """
        if not isinstance(node, Scalar):
            self.text(node, name)
            return None
        text = node.text
        if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) < 10**7:
            self.fault("map-value", node.line, value=text, name=name, choices="1, 2, 3 …")
            return None
        return int(text)

    def yes(self, node: Node | None, name: str) -> bool:
        """Return whether a switch is on.

        :param node: the node.
        :param name: what it is called.
        """
        word = self.text(node, name).casefold()
        if word and word not in _YES | _NO:
            self.fault("map-value", node.line if node else 1, value=word, name=name, choices="yes, no")
        return word in _YES

    def words(self, node: Node | None, name: str) -> Mapping[str, str]:
        """Return a mapping of look-up keys to texts.

        :param node: the node.
        :param name: what it is called.
        """
        pairs = self.pairs(node, name)
        return {lookup_key(key): self.text(value, key) for key, value in pairs.items.items()}


def _line(found: Finding) -> int:
    return (found.location.line if found.location is not None else None) or 0
