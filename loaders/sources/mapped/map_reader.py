"""The YAML of a column map to the map, with every mistake at its line."""

import codecs
from collections.abc import Iterator
from types import MappingProxyType

from loaders.fields import ValueKind
from loaders.normalise.names import lookup_key
from loaders.sources.mapped.column_map import GRANT, PROJECT, Column, ColumnMap, LeftOut, Part, TableForm, Target
from loaders.sources.mapped.known import read_known
from loaders.sources.mapped.nodes import Nodes
from loaders.sources.mapped.part_reader import ENTITIES_FIELDS, KINDS, PartReader, fields_of, given
from loaders.sources.mapped.readings import DATE_FORMS, NUMBER_FORMS, Reading, is_date_form
from loaders.sources.yaml_tree import Listing, Node, Pairs, Scalar, parse_yaml

__all__ = ["parse_map"]

_TOP = ("about", "language", "table", PROJECT, GRANT, *KINDS, "columns", "left_out", "known", "not_read")
_TABLE = ("sheet", "heading_row", "first_row", "encoding", "separator")
_READING = ("language", "split", "whole", "before", "after", "none", "values", "case", "date", "number")
_LEFT_OUT = ("letter", "reason")
_COLUMN = ("fills", "letter", "optional", *_READING)
_REPEATED = ("same", "another")
#: BCP 47 code of a text in a language that nobody states.
_UNDETERMINED = "und"


def parse_map(text: str, file: str = "map") -> ColumnMap:
    """Read a column map.

    :param text: the map, in YAML.
    :param file: how findings call it.
    :returns: the map.
    :raises SourceError: with every mistake that can be told, each with its line and its repair.
    """
    root = parse_yaml(text, file)
    return _MapReader(Nodes(file)).read(root)


class _MapReader:
    """Reads one map; parts come first, as columns refer to them."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._parts: dict[str, Part] = {}
        self._language = _UNDETERMINED

    def read(self, root: Node) -> ColumnMap:
        nodes = self._nodes
        top = nodes.pairs(root, "map", _TOP).items
        self._language = self._tag(top.get("language")) or _UNDETERMINED
        reader = PartReader(nodes, self._language)
        self._parts, links = reader.parts(top)
        columns = tuple(self._columns(nodes.pairs(top.get("columns"), "columns")))
        if not columns and nodes.understood:
            nodes.fault("map-needs", root.line, name="columns")
        settings = nodes.pairs(given(top.get(PROJECT)), PROJECT)
        repeated = nodes.text(settings.items.get("repeated"), "repeated", _REPEATED)
        found = ColumnMap(
            about=nodes.text(top.get("about"), "about"),
            table=self._table(nodes.pairs(top.get("table"), "table", _TABLE)),
            columns=columns,
            left_out=tuple(self._left_out(nodes.pairs(top.get("left_out"), "left_out"))),
            parts=MappingProxyType(self._parts),
            key=reader.paths(settings.items.get("key"), "key", self._parts),
            numbered=repeated == "another",
            required=reader.paths(settings.items.get("required"), "required", self._parts),
            not_totals=frozenset(map(lookup_key, nodes.texts(settings.items.get("not_totals"), "not_totals"))),
            known=tuple(read_known(nodes, top.get("known"))),
            not_read=nodes.text(top.get("not_read"), "not_read"),
            links=MappingProxyType(links),
        )
        if nodes.understood:
            self._check(found, root, settings)
        nodes.refuse()
        return found

    def _check(self, found: ColumnMap, root: Node, settings: Pairs) -> None:
        """Refuse what could never give a project, and references to what no column fills."""
        if not found.fills(PROJECT, "id") and not found.key and not found.not_read:
            self._nodes.fault("map-needs", root.line, name="project.id / project: key")
        paths = [*found.key, *found.required, *(path for part in found.parts.values() for path in part.identity)]
        for part, name in paths:
            if not found.fills(part, name):
                self._nodes.fault("map-unfilled", settings.line, value=f"{part}.{name}")

    def _tag(self, node: Node | None) -> str:
        text = self._nodes.text(node, "language")
        return self._nodes.language(text, node.line) if node is not None and text else ""

    def _table(self, pairs: Pairs) -> TableForm:
        nodes, items = self._nodes, pairs.items
        encoding = nodes.text(items.get("encoding"), "encoding")
        if encoding:
            try:
                known = codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 - the only way to tell rot13 apart
            except LookupError:
                known = False
            if not known:
                line = pairs.lines["encoding"]
                nodes.fault(
                    "map-value", line, value=encoding, name="encoding", choices="utf-8, cp1250, cp1252, iso8859-2, …"
                )
        separator = nodes.text(items.get("separator"), "separator")
        if len(separator) > 1 or separator in ('"', "\n", "\r"):
            line = pairs.lines["separator"]
            nodes.fault("map-value", line, value=separator, name="separator", choices='";", ",", "\\t", "|"')
        return TableForm(
            nodes.text(items.get("sheet"), "sheet"),
            nodes.number(items.get("heading_row"), "heading_row"),
            nodes.number(items.get("first_row"), "first_row"),
            encoding,
            separator,
        )

    def _columns(self, pairs: Pairs) -> Iterator[Column]:
        for heading, node in pairs.items.items():
            entries = node.items if isinstance(node, Listing) else (node,)
            targets: list[Target] = []
            letter, optional = "", False
            for entry in entries:
                if isinstance(entry, Scalar):
                    targets += self._target(entry, Pairs({}, {}, entry.line))
                    continue
                own = self._nodes.pairs(entry, heading, _COLUMN)
                fills = own.items.get("fills")
                if not isinstance(fills, Scalar):
                    self._nodes.fault("map-needs", own.line, name="fills")
                    continue
                targets += self._target(fills, own)
                letter = self._letter(own) or letter
                optional = self._nodes.yes(own.items.get("optional"), "optional") or optional
            yield Column(heading, tuple(targets), letter, optional)

    def _left_out(self, pairs: Pairs) -> Iterator[LeftOut]:
        for heading, node in pairs.items.items():
            if isinstance(node, Pairs):
                own = self._nodes.pairs(node, heading, _LEFT_OUT)
                yield LeftOut(heading, self._nodes.text(own.items.get("reason"), "reason"), self._letter(own))
            else:
                yield LeftOut(heading, self._nodes.text(node, heading))

    def _letter(self, own: Pairs) -> str:
        letter = self._nodes.text(own.items.get("letter"), "letter")
        if letter and not (letter.isascii() and letter.isalpha() and letter.isupper() and len(letter) <= 3):
            self._nodes.fault("map-value", own.lines["letter"], value=letter, name="letter", choices="A, B, … AA")
        return letter

    def _target(self, fills: Scalar, settings: Pairs) -> Iterator[Target]:
        part, _, name = fills.text.partition(".")
        known = self._parts.get(part)
        if known is None or name not in fields_of(known.kind):
            choices = [f"{each.name}.{field}" for each in self._parts.values() for field in fields_of(each.kind)]
            self._nodes.target_fault(fills, choices)
            return
        yield Target(part, name, self._reading(settings, known, name))

    def _reading(self, pairs: Pairs, part: Part, name: str) -> Reading:
        nodes, items = self._nodes, pairs.items
        dates = nodes.texts(items.get("date"), "date")
        for form in dates:
            if not is_date_form(form):
                line = pairs.lines["date"]
                nodes.fault("map-value", line, value=form, name="date", choices=", ".join(DATE_FORMS))
        currency = part.constants.get("currency", ())
        language = self._tag(items.get("language")) or self._language
        return Reading(
            split=tuple(filter(None, nodes.texts(items.get("split"), "split"))),
            whole=tuple(filter(None, nodes.texts(items.get("whole"), "whole"))),
            before=nodes.text(items.get("before"), "before"),
            after=nodes.text(items.get("after"), "after"),
            none=frozenset(map(lookup_key, nodes.texts(items.get("none"), "none"))),
            values=MappingProxyType(nodes.words(items.get("values"), "values")),
            case=nodes.text(items.get("case"), "case", ("upper", "lower")),
            dates=dates,
            number=nodes.text(items.get("number"), "number", NUMBER_FORMS),
            currency=currency[0].text if currency else "",
            language=language if ENTITIES_FIELDS[part.kind][name].kind is ValueKind.TEXT else "",
        )
