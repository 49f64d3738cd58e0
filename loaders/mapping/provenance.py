"""Where statements come from: each file, field and layout told once, so that a record needs its row and layout only.

A value's own text is the lexical form of a literal, or what follows the last ``/`` or ``#`` of an IRI. Only a cell that
says something else is told itself, and those of a property that several cells of its record fill.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rdflib.namespace import RDF, XSD

from loaders.identifiers import mint
from loaders.mapping.lines import iri, literal
from loaders.mapping.quads import data_graph, provenance_graph
from loaders.records import SourceRef
from loaders.vocabulary import DCT, IG

__all__ = ["Entry", "Layout", "SourceFile", "plain"]

#: Enough of a SHA-256 to tell the files of one dataset apart.
_HASH_DIGITS = 16
#: Bytes of a digest that tells the fields, cells or entities of one file apart.
_DIGEST = 8
#: Layouts remembered; a file of rows has few, one of nested elements may have one a record.
_LAYOUTS = 8_192
#: Cells remembered as told: words of a list come again and again.
_CELLS = 16_384

_TYPE, _DATASET, _CELL, _FIELD = map(iri, (RDF.type, IG.dataset, IG.cell, IG.field))
_PROPERTY, _SOURCE_VALUE, _COLUMN, _LINE = map(iri, (IG.property, IG.sourceValue, IG.column, IG.line))
_FILE, _HASH, _SHEET, _LOCATOR, _ROW = map(iri, (IG.fileName, IG.fileHash, IG.sheet, IG.locator, IG.row))
_LAYOUT, _IN_FILE, _OFFSET, _READS = map(iri, (IG.layout, IG.file, IG.lineOffset, RDF.value))
_LANGUAGE, _SOURCE_FILE, _INTEGER = map(iri, (DCT.language, IG.SourceFile, XSD.integer))


#: A field of a layout: the property that it gives, as N-Quads text; column letter or key path; language of a text, or
#: empty; lines from the first line of the record, or ``None`` where rows say enough. A plain tuple, as every cell has
#: one made.
Entry = tuple[str, str, str, int | None]


class Layout(NamedTuple):
    """What the cells of a record fill.

    :param node: the layout, as N-Quads text.
    :param shared: fields of a property that other fields of the layout give too: there a value does not tell its cell.
    """

    node: str
    shared: frozenset[Entry]


class SourceFile:
    """Tells of one file, or one sheet of a workbook, and of what is found in it.

    :param source: any place in it.
    :param base: base of all instance IRIs.
    """

    def __init__(self, source: SourceRef, base: str) -> None:
        parts = (source.dataset, source.sha256[:_HASH_DIGITS], source.sheet)
        self.address = mint("record", *(part for part in parts if part), base=base)
        self._node = iri(self.address)
        self._dataset = iri(mint("dataset", source.dataset, base=base))
        self._texts = ((_FILE, source.file), (_HASH, source.sha256), (_SHEET, source.sheet))
        #: How every line about what it states ends, and every line about itself.
        self.data_end = f"{iri(data_graph(source.dataset, base))} .\n"
        self.end = f"{iri(provenance_graph(source.dataset, base))} .\n"
        self._layouts: dict[tuple[Entry, ...], Layout] = {}
        self._cells: dict[tuple[Entry, str, str], str] = {}
        self._fresh: list[str] = []

    def describe(self) -> str:
        """Describe the file: dataset, name, hash and sheet."""
        told = [f"{_TYPE} {_SOURCE_FILE}", f"{_DATASET} {self._dataset}"]
        told += [f"{path} {literal(text)}" for path, text in self._texts if text]
        return "".join(f"{self._node} {words} {self.end}" for words in told)

    def place(
        self, row: int | None, first: int | None, subject: str, layout: Layout, locator: str = ""
    ) -> tuple[str, str]:
        """Describe the place of a record.

        :param row: its row in a table, or ``None``.
        :param first: its first line in a text file, or ``None``; of a row it is told only where it has another number.
        :param subject: the entity that it describes, as N-Quads text.
        :param layout: what its cells fill.
        :param locator: its place in the original document, or empty.
        :returns: the source record, as N-Quads text, and the lines that tell where it is. It is that of one entity, and
            its IRI holds the hash of the file: another version has other records.
        """
        end = self.end
        node = f"<{self.address}/{(first if row is None else row) or 0}/{_digest(subject)}>"
        lines = f"{node} {_LAYOUT} {layout.node} {end}"
        if row is not None:
            lines += f"{node} {_ROW} {_integer(row)} {end}"
        if first is not None and first != row:
            lines += f"{node} {_LINE} {_integer(first)} {end}"
        if locator:
            lines += f"{node} {_LOCATOR} {literal(locator)} {end}"
        return node, lines

    def places(
        self, rows: Sequence[int], firsts: Sequence[int | None], subjects: Sequence[str], layouts: Sequence[Layout]
    ) -> tuple[list[str], list[str]]:
        """Describe the places of records in a table, as :meth:`place` does one by one.

        :param rows: the row of each.
        :param firsts: the first line of each, or ``None``.
        :param subjects: the entity that each describes, as N-Quads text.
        :param layouts: what the cells of each fill.
        :returns: the source records, as N-Quads text, and the lines that tell where each is.
        """
        start, end = f"<{self.address}/", self.end
        digests = [hashlib.blake2b(subject.encode(), digest_size=_DIGEST).hexdigest() for subject in subjects]
        nodes = [f"{start}{row}/{digest}>" for row, digest in zip(rows, digests, strict=True)]
        layout_is, row_is, number_end = f" {_LAYOUT} ", f' {_ROW} "', f'"^^{_INTEGER} {end}'
        lines = [
            f"{node}{layout_is}{layout.node} {end}{node}{row_is}{row}{number_end}"
            for node, row, layout in zip(nodes, rows, layouts, strict=True)
        ]
        for index, (row, first) in enumerate(zip(rows, firsts, strict=True)):
            if first is not None and first != row:
                lines[index] += f"{nodes[index]} {_LINE} {_integer(first)} {end}"
        return nodes, lines

    def has_cell(self, cell: str) -> str:
        """Return what a source record says that has a cell: all of the line but its subject.

        :param cell: the cell, as N-Quads text.
        """
        return f" {_CELL} {cell} {self.end}"

    def layout(self, entries: tuple[Entry, ...]) -> Layout:
        """Return the layout of a record.

        :param entries: the fields that it fills, in source order.
        """
        known = self._layouts.get(entries)
        if known is None:
            if len(self._layouts) >= _LAYOUTS:
                self._layouts.clear()
            known = self._layouts[entries] = self._made(entries)
        return known

    def cell(self, entry: Entry, text: str, term: str) -> str:
        """Return the cell that says a text, as N-Quads text; all records of the file share it.

        :param entry: its field.
        :param text: the text.
        :param term: what it was read as, as N-Quads text; empty where it could not be read.
        """
        known = self._cells.get((entry, text, term))
        if known is None:
            if len(self._cells) >= _CELLS:
                self._cells.clear()
            known = self._cells[entry, text, term] = self._told_cell(entry, text, term)
        return known

    def fresh(self) -> str:
        """Return what has to be told of layouts and cells that were asked for since the last time."""
        if not self._fresh:
            return ""
        lines = "".join(self._fresh)
        self._fresh.clear()
        return lines

    def _made(self, entries: tuple[Entry, ...]) -> Layout:
        node = iri(f"{self.address}/layout/{_digest(*sorted(map(_shown, entries)))}")
        self._tell(node, ((_IN_FILE, self._node),))
        slots: dict[tuple[str, str], set[Entry]] = {}
        for entry in entries:
            path, column, language, offset = entry
            slots.setdefault((path, language), set()).add(entry)
            field = self._field(entry)
            self._tell(node, ((_FIELD, field),))
            self._tell(field, ((_PROPERTY, path),))
            told = [(_COLUMN, literal(column))] if column else []
            told += [(_LANGUAGE, literal(language))] if language else []
            told += [(_OFFSET, _integer(offset))] if offset is not None else []
            self._tell(field, told)
        return Layout(node, frozenset(one for slot in slots.values() if len(slot) > 1 for one in slot))

    def _told_cell(self, entry: Entry, text: str, term: str) -> str:
        node = iri(f"{self.address}/cell/{_digest(_shown(entry), text)}")
        self._tell(node, ((_FIELD, self._field(entry)), (_SOURCE_VALUE, literal(text))))
        if term:
            self._tell(node, ((_READS, term),))
        return node

    def _field(self, entry: Entry) -> str:
        return iri(f"{self.address}/field/{_digest(_shown(entry))}")

    def _tell(self, node: str, pairs: Iterable[tuple[str, str]]) -> None:
        self._fresh.extend(f"{node} {path} {term} {self.end}" for path, term in pairs)


def plain(term: str, text: str) -> bool:
    """Tell whether a value's own text is what the source says, character for character.

    :param term: the value, as N-Quads text.
    :param text: what the source says.
    """
    if term[0] == '"':
        # Nearly always nothing had to be escaped, and then the second question is not asked.
        return ("\\" not in text and term.startswith(f'"{text}"')) or term.startswith(literal(text))
    return term[max(term.rfind("/"), term.rfind("#")) + 1 : -1] == text


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=_DIGEST).hexdigest()


def _shown(entry: Entry) -> str:
    """Write a field as its digests, and so the graph's IRIs, have always had it."""
    path, column, language, offset = entry
    return f"Entry(path={path!r}, column={column!r}, language={language!r}, offset={offset!r})"


def _integer(number: int) -> str:
    return f'"{number}"^^{_INTEGER}'
