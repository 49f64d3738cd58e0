"""Curated records: one YAML 1.2 file a source document, every value text, every entry with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from loaders.datasets import Dataset
from loaders.errors import SourceFault, ValueFault
from loaders.fields import Field, ValueKind
from loaders.findings import Finding, Location, finding
from loaders.keys import MissingKeyError, record_key
from loaders.model import ENTITIES
from loaders.normalise.languages import language_code
from loaders.records import Cell, Record, SourceRef
from loaders.sources.files import SourceFile, read_text, unwritable
from loaders.sources.look import Look
from loaders.sources.registry import Source
from loaders.sources.yaml_tree import Listing, Node, Pairs, Scalar, parse_yaml

__all__ = ["LISTS", "read"]

#: YAML is read slowly; a document with more than this has no place in one file.
_LARGEST = 5_000_000

#: Key of a list of entries to the kind of its entries.
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "organisations": "organisation",
        "identifiers": "identifier",
        "projects": "project",
        "participations": "participation",
        "partnerships": "partnership",
        "grants": "grant",
        "amounts": "amount",
        "programmes": "programme",
        "places": "place",
        "outputs": "output",
        "beneficiaries": "beneficiaries",
        "results": "result",
        "discrepancies": "discrepancy",
    }
)

_OWN_KEYS = ("id", "locator")


def read(path: Path, dataset: Dataset) -> Iterator[Record | Finding]:
    """Read one file of curated records.

    Entries come in the order of the file, an entry before those nested in it. A nested entry gets the entry around it
    as its ``project``, ``partnership``, ``grant`` or ``organisation``, and its locator where it has none.

    :param path: the YAML file.
    :param dataset: the dataset, which the file must name by its key.
    :returns: a record an entry, and findings for what cannot be used.
    :raises SourceError: if the file is no YAML, or not of this dataset.
    """
    file, text = read_text(path, _LARGEST)
    root = parse_yaml(text, file.name)
    if not isinstance(root, Pairs):
        raise SourceFault(finding("yaml-no-mapping", Location(file.name, line=root.line)))
    return _Reader(file, dataset.key).document(root)


@dataclass(frozen=True, slots=True)
class _Parent:
    """The entry around a nested one."""

    kind: str
    key: str
    locator: str


class _Reader:
    """Walks one document; remembers where each entry was first seen."""

    def __init__(self, file: SourceFile, dataset: str) -> None:
        self._file = file
        self._dataset = dataset
        self._seen: dict[tuple[str, tuple[str, ...]], int] = {}

    def document(self, root: Pairs) -> Iterator[Record | Finding]:
        stated = root.items.get("dataset")
        if not isinstance(stated, Scalar) or stated.text != self._dataset:
            line = root.line if stated is None else stated.line
            shown = stated.text if isinstance(stated, Scalar) else ""
            raise SourceFault(self._finding("dataset-differs", line, "dataset", value=shown, dataset=self._dataset))
        return self._lists(root)

    def _lists(self, root: Pairs) -> Iterator[Record | Finding]:
        for name, node in root.items.items():
            if name in LISTS:
                yield from self._entries(LISTS[name], name, node, None)
            elif name != "dataset":
                yield self._unknown(name, root.lines[name], ["dataset", *LISTS])

    def _entries(self, kind: str, name: str, node: Node, parent: _Parent | None) -> Iterator[Record | Finding]:
        if not isinstance(node, Listing):
            yield self._finding("yaml-no-list", node.line, name, name=name)
            return
        for item in node.items:
            if isinstance(item, Pairs):
                yield from self._entry(kind, item, parent)
            else:
                yield self._finding("yaml-no-entry", item.line, name, name=name)

    def _entry(self, kind: str, node: Pairs, parent: _Parent | None) -> Iterator[Record | Finding]:
        fields: dict[str, tuple[Cell, ...]] = {}
        own = dict.fromkeys(_OWN_KEYS, "")
        nested: list[tuple[str, Node]] = []
        if parent is not None:
            fields[parent.kind] = (Cell(parent.key, parent.kind, node.line),)
        for name, value in node.items.items():
            if name in _OWN_KEYS:
                cells, faults = self._plain(name, value)
                own[name] = cells[0].text.strip() if cells else ""
                faults += [
                    self._finding("more-than-one-value", value.line, name, value=cell.text) for cell in cells[1:]
                ]
            elif name in _fields(kind) and not (parent is not None and name == parent.kind):
                cells, faults = self._cells(_fields(kind)[name], value)
                if cells:
                    fields[name] = tuple(cells)
            elif name in _nested(kind):
                nested.append((name, value))
                faults = []
            else:
                faults = [self._unknown(name, node.lines[name], [*_OWN_KEYS, *_fields(kind), *_nested(kind)])]
            yield from faults
        locator = own["locator"] or (parent.locator if parent is not None else "")
        if not locator:
            yield self._finding("missing-locator", node.line, "locator")
        key = self._key(kind, own["id"], fields, node.line)
        if isinstance(key, Finding):
            yield key
            return
        source = SourceRef(self._dataset, self._file.name, self._file.sha256, line=node.line, locator=locator)
        yield Record(kind, key, source, fields)
        for name, value in nested:
            yield from self._entries(LISTS[name], name, value, _Parent(kind, key[0], locator))

    def _key(
        self, kind: str, identifier: str, fields: Mapping[str, tuple[Cell, ...]], line: int
    ) -> tuple[str, ...] | Finding:
        try:
            key = record_key(kind, identifier, fields)
        except MissingKeyError as error:
            return self._finding("missing-key", line, error.fields[0], fields=" / ".join(error.fields))
        first = self._seen.get((kind, key))
        if first is not None:
            return self._finding("duplicate-entry", line, "id", value="/".join(key), first=str(first))
        self._seen[kind, key] = line
        return key

    def _cells(self, field: Field, node: Node) -> tuple[list[Cell], list[Finding]]:
        if field.kind is not ValueKind.TEXT:
            return self._plain(field.name, node)
        if not isinstance(node, Pairs):
            return [], [self._finding("text-without-language", node.line, field.name, name=field.name)]
        cells: list[Cell] = []
        faults: list[Finding] = []
        if not node.items:
            faults.append(self._finding("empty-value", node.line, field.name, name=field.name))
        for language, value in node.items.items():
            if not _is_tag(language):
                faults.append(self._finding("unknown-language", node.lines[language], field.name, value=language))
                continue
            found, wrong = self._plain(f"{field.name}.{language}", value, language)
            cells += found
            faults += wrong
        return cells, faults

    def _plain(self, path: str, node: Node, language: str = "") -> tuple[list[Cell], list[Finding]]:
        cells: list[Cell] = []
        faults: list[Finding] = []
        if isinstance(node, Listing) and not node.items:
            faults.append(self._finding("empty-value", node.line, path, name=path))
        for item in node.items if isinstance(node, Listing) else (node,):
            if not isinstance(item, Scalar):
                faults.append(self._finding("value-no-text", item.line, path, name=path))
                continue
            text = item.text.rstrip("\n")
            character = unwritable(text)
            if character:
                faults.append(self._finding("control-character", item.line, path, character=character))
            elif not text.strip():
                faults.append(self._finding("empty-value", item.line, path, name=path))
            else:
                cells.append(Cell(text, path, item.line, language))
        return cells, faults

    def _unknown(self, name: str, line: int, known: list[str]) -> Finding:
        nearest = get_close_matches(name, known, n=1, cutoff=0.0)[0]
        return self._finding("unknown-key", line, name, value=name, nearest=nearest)

    def _finding(self, rule: str, line: int, column: str = "", *, value: str = "", **details: str) -> Finding:
        return finding(rule, Location(self._file.name, column=column, line=line), value=value, **details)


def _is_tag(language: str) -> bool:
    try:
        return language_code(language) == language
    except ValueFault:
        return False


def _fields(kind: str) -> dict[str, Field]:
    return {field.name: field for field in ENTITIES[kind].fields}


def _nested(kind: str) -> list[str]:
    """Return the lists that an entry of a kind may hold: those whose entries can point back to it."""
    return [name for name, child in LISTS.items() if kind in _fields(child) and _fields(child)[kind].target == kind]


def _recognise(look: Look) -> str:
    return "Curated records end in .yaml or .yml." if look.path.suffix.lower() in {".yaml", ".yml"} else ""


SOURCE = Source(
    "curated",
    MappingProxyType({"en": "Curated records (YAML)", "cs": "Ručně vedené záznamy (YAML)"}),
    (".yaml", ".yml"),
    read,
    _recognise,
    addresses=True,
)
