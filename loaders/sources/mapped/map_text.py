"""The text of a column map, changed piece by piece; whatever else stands in it stays as it was written."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from loaders.letters import column_index
from loaders.sources.mapped.header import heading_names
from loaders.sources.mapped.part_reader import KINDS
from loaders.sources.yaml_tree import Pairs, parse_yaml

__all__ = ["SECTIONS", "MapText"]

#: Kind of a part to the section of a map in which such parts are named.
SECTIONS = {kind: section for section, kind in KINDS.items()}
_WIDE = 4_096


class MapText:
    """A map under change.

    :param text: the map.
    :param file: how findings call it.
    :raises SourceError: if the text is no YAML of keys and values; what the map itself lacks is told when it is read.
    """

    def __init__(self, text: str, file: str = "map") -> None:
        tree = parse_yaml(text, file) if text.strip() else Pairs({}, {}, 1)
        self._yaml = YAML(typ="rt")
        self._yaml.width = _WIDE
        self._yaml.preserve_quotes = True
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        try:
            loaded = self._yaml.load(text) if isinstance(tree, Pairs) else None
        except YAMLError:  # a tree was made of it, so that no text comes here
            loaded = None
        self._tree: CommentedMap = loaded if isinstance(loaded, CommentedMap) else CommentedMap()

    def __str__(self) -> str:
        """Return the map as text."""
        stream = StringIO()
        self._yaml.dump(self._tree, stream)
        return stream.getvalue()

    def section(self, name: str) -> Mapping[str, Any]:
        """Return what stands under a key, nothing where it is no mapping.

        :param name: the key.
        """
        found = self._tree.get(name)
        return found if isinstance(found, CommentedMap) else {}

    def text(self, name: str) -> str:
        """Return the text under a key, or an empty one.

        :param name: the key.
        """
        found = self._tree.get(name)
        return "" if found is None or isinstance(found, (CommentedMap, CommentedSeq)) else str(found)

    def listed(self, name: str) -> Sequence[Mapping[str, Any]]:
        """Return the mappings of a list.

        :param name: its key.
        """
        found = self._tree.get(name)
        return [item for item in found if isinstance(item, CommentedMap)] if isinstance(found, CommentedSeq) else []

    def set_text(self, name: str, text: str) -> None:
        """State or take back a text at the top of the map.

        :param name: its key.
        :param text: the text; empty to take it back.
        """
        _put(self._tree, name, text)

    def set_in(self, section: str, name: str, value: str | Sequence[str] | None) -> None:
        """State or take back something in a section.

        :param section: the key of the section.
        :param name: the key in it.
        :param value: a text or several; empty to take it back.
        """
        _put(self._made(section), name, value)

    def part(self, kind: str, name: str) -> Mapping[str, Any]:
        """Return what is stated of a part, nothing where there is no such part.

        :param kind: its kind.
        :param name: its name.
        """
        found = self.section(SECTIONS[kind]).get(name) if kind in SECTIONS else self.section(kind)
        return found if isinstance(found, CommentedMap) else {}

    def parts(self, kind: str) -> Sequence[str]:
        """Return the names of the parts of a kind.

        :param kind: the kind.
        """
        return list(map(str, self.section(SECTIONS[kind]))) if kind in SECTIONS else [kind]

    def add_part(self, kind: str, name: str, stated: Mapping[str, str]) -> str:
        """Name a part, by another name where there is one of that name.

        :param kind: its kind.
        :param name: what it shall be called.
        :param stated: what is the same in all rows.
        :returns: what it is called.
        """
        taken = {known for kind_ in SECTIONS for known in self.parts(kind_)} | {"project", "grant"}
        fresh = next(called for called in (name, *(f"{name}{n}" for n in range(2, 1_000))) if called not in taken)
        self._made(SECTIONS[kind])[fresh] = _flow(stated)
        return fresh

    def set_of_part(self, kind: str, name: str, field: str, value: str) -> None:
        """State or take back what is the same in all rows.

        :param kind: kind of the part.
        :param name: its name.
        :param field: the field.
        :param value: the value; empty to take it back.
        """
        section = self._made(SECTIONS[kind]) if kind in SECTIONS else self._tree
        if not isinstance(section.get(name), CommentedMap):
            section[name] = _flow({})
        _put(section[name], field, value)

    def remove_part(self, kind: str, name: str) -> None:
        """Take a part out of the map.

        :param kind: its kind.
        :param name: its name.
        """
        section = self._made(SECTIONS[kind])
        section.pop(name, None)
        if not section:
            del self._tree[SECTIONS[kind]]

    def key_of(self, index: int, heading: str) -> str:
        """Return under which key a column stands in the map, or an empty text.

        :param index: index of the column.
        :param heading: its heading.
        """
        columns = {**self.section("columns"), **self.section("left_out")}
        for key, entry in columns.items():
            letter = entry.get("letter") if isinstance(entry, CommentedMap) else ""
            if letter and column_index(str(letter)) == index:
                return str(key)
        names = heading_names(heading)
        lettered = {key for key, entry in columns.items() if isinstance(entry, CommentedMap) and entry.get("letter")}
        keys = {name: str(key) for key in columns if key not in lettered for name in heading_names(str(key))[:1]}
        return next((keys[name] for name in names if name in keys), "")

    def set_column(self, key: str, fills: str, settings: Mapping[str, str | Sequence[str]]) -> None:
        """Say what a column fills.

        :param key: its heading.
        :param fills: part and field; empty to say nothing of it.
        :param settings: how its cells are read.
        """
        left_out = self._tree.get("left_out")
        if isinstance(left_out, CommentedMap):
            left_out.pop(key, None)
            if not left_out:
                del self._tree["left_out"]
        columns = self._made("columns")
        if not fills:
            columns.pop(key, None)
        else:
            columns[key] = _flow({"fills": fills, **settings}) if settings else fills
            columns.ca.items.pop(key, None)  # a remark about what was there before

    def leave_out(self, key: str, reason: str, letter: str = "") -> None:
        """Leave a column out.

        :param key: its heading.
        :param reason: why.
        :param letter: its letter, where the heading does not tell it from others.
        """
        self._made("columns").pop(key, None)
        self._made("left_out")[key] = _flow({"letter": letter, "reason": reason}) if letter else reason

    def add_known(self, stated: Mapping[str, str]) -> None:
        """Say that the graph has something already.

        :param stated: as :mod:`loaders.sources.mapped.known` reads it.
        """
        if not isinstance(self._tree.get("known"), CommentedSeq):
            self._tree["known"] = CommentedSeq()
        self._tree["known"].append(_flow(stated))

    def remove_known(self, stated: Mapping[str, str]) -> None:
        """Take back that the graph has something already.

        :param stated: what was said.
        """
        known = self._tree.get("known")
        for item in list(known) if isinstance(known, CommentedSeq) else []:
            if {str(name): str(value) for name, value in item.items()} == dict(stated):
                known.remove(item)
        if not known:
            self._tree.pop("known", None)

    def drop(self, name: str) -> None:
        """Take a section out of the map.

        :param name: its key.
        """
        self._tree.pop(name, None)

    def _made(self, section: str) -> CommentedMap:
        if not isinstance(self._tree.get(section), CommentedMap):
            self._tree[section] = CommentedMap()
        made: CommentedMap = self._tree[section]
        return made


def _put(tree: CommentedMap, name: str, value: str | Sequence[str] | None) -> None:
    if not value:
        tree.pop(name, None)
    else:
        tree[name] = value if isinstance(value, str) else _flow_list(value)


def _flow(stated: Mapping[str, str | Sequence[str]]) -> CommentedMap:
    """Write a mapping on one line."""
    made = CommentedMap(
        (name, value if isinstance(value, str) else _flow_list(value)) for name, value in stated.items()
    )
    made.fa.set_flow_style()
    return made


def _flow_list(values: Sequence[str]) -> CommentedSeq:
    made = CommentedSeq(values)
    made.fa.set_flow_style()
    return made
