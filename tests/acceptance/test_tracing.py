"""Every value of more than 10,000 rows leads back to its cell, with nothing but the graph and the files that were kept.

The walk is that of ``ontology/README.md``, written anew here from what it says.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl.utils import column_index_from_string
from rdflib import Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from loaders.findings import Finding, Severity
from loaders.load import load
from loaders.mapping.quads import Quad, data_graph
from loaders.template.sheets import SEPARATOR
from loaders.vocabulary import DCT, IG, PROV
from tests.benchmarks.generator.nquads import DATASET
from tests.benchmarks.generator.plan import make_plan
from tests.benchmarks.generator.template import write_template

PROJECTS = 1_600


class Cell(NamedTuple):
    """A place, and the text that the graph says stands there."""

    sha256: str
    row: int
    column: str
    text: str


class Trace:
    """The statements of a dataset, walked from values to cells."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.stated = [quad for quad in quads if quad.graph == data_graph(DATASET.key)]
        self._objects: dict[tuple[Node, URIRef], set[Node]] = defaultdict(set)
        for quad in quads:
            self._objects[quad.subject, quad.predicate].add(quad.object)
        #: Each statement with the cells that it was read from.
        self.cells = [(quad, self._cells_of(quad)) for quad in self.stated]

    def _cells_of(self, quad: Quad) -> list[Cell]:
        """Return the cells that a statement was read from: through its subject's records, or those at its other end."""
        found = list(self._cells(quad.subject, quad.predicate, quad.object))
        return found or list(self._cells(quad.object, quad.predicate, quad.subject))

    def _cells(self, entity: Node, path: URIRef, value: Node) -> Iterator[Cell]:
        told: list[Cell] = []
        own: list[Cell] = []
        for record in self._objects.get((entity, PROV.wasDerivedFrom), ()):
            for field, layout in self._fields(record, path, value):
                texts = [cell for cell in self._of(record, IG.cell) if field in self._of(cell, IG.field)]
                read = [cell for cell in texts if value in self._of(cell, RDF.value)]
                told += [self._cell(record, layout, field, str(self._one(cell, IG.sourceValue))) for cell in read]
                if not texts:
                    text = str(value) if isinstance(value, Literal) else str(value).replace("#", "/").rpartition("/")[2]
                    own.append(self._cell(record, layout, field, text))
        yield from told or own

    def _fields(self, record: Node, path: URIRef, value: Node) -> Iterator[tuple[Node, Node]]:
        for layout in self._of(record, IG.layout):
            for field in self._of(layout, IG.field):
                languages = {str(language) for language in self._of(field, DCT.language)}
                if path in self._of(field, IG.property) and languages <= {getattr(value, "language", None)}:
                    yield field, layout

    def _cell(self, record: Node, layout: Node, field: Node, text: str) -> Cell:
        file = self._one(layout, IG.file)
        row, column = int(str(self._one(record, IG.row))), str(self._one(field, IG.column))
        return Cell(str(self._one(file, IG.fileHash)), row, column, text)

    def _of(self, node: Node, path: URIRef) -> set[Node]:
        return self._objects.get((node, path), set())

    def _one(self, node: Node, path: URIRef) -> Node:
        (found,) = self._of(node, path)
        return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of the generator, with every few words and dates written as people also write them."""
    folder = tmp_path_factory.mktemp("tracing") / "generated"
    write_template(make_plan(PROJECTS), folder)
    rewrite(folder / "participations.csv", {"Role": {"partner": "Partner", "coordinator": "Coordinator"}})
    rewrite(folder / "organisations.csv", {"Seat": {"CZE": "Czechia", "AUT": " Österreich"}})
    rewrite(folder / "projects.csv", {"Start": None, "Countries": {"ITA": "Italy", "CZE": "CZ"}})
    return folder


def rewrite(path: Path, columns: Mapping[str, Mapping[str, str] | None]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    for name, words in columns.items():
        index = head.index(name)
        for row in rows[::3]:
            text = row[index]
            if words is not None:
                row[index] = words.get(text, text)
            elif len(text) == len("2013-12-05"):
                year, month, day = text.split("-")
                row[index] = f"{int(day)}.{int(month)}.{year}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])


@pytest.fixture(scope="module")
def trace(folder: Path) -> Trace:
    items = list(load(folder, DATASET))
    assert not [item for item in items if isinstance(item, Finding) and item.severity is not Severity.INFO]
    return Trace([item for item in items if isinstance(item, Quad)])


@pytest.fixture(scope="module")
def kept(folder: Path) -> Mapping[str, list[list[str]]]:
    """Every file under its hash, as the inbox keeps them, in rows."""
    found = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            found[hashlib.sha256(path.read_bytes()).hexdigest()] = list(csv.reader(stream))
    return found


def test_every_value_leads_to_the_cell_that_says_it(trace: Trace, kept: Mapping[str, list[list[str]]]) -> None:
    assert sum(len(rows) - 1 for rows in kept.values()) > 10_000
    lost = []
    traced = 0
    for quad, cells in trace.cells:
        if quad.predicate in {RDF.type, PROV.wasDerivedFrom}:
            continue
        traced += 1
        for cell in cells:
            written = kept[cell.sha256][cell.row - 1][column_index_from_string(cell.column) - 1]
            if cell.text not in {part.strip() for part in (written, *written.split(SEPARATOR))}:
                lost.append((quad, cell, written))
        if not cells:
            lost.append((quad, None, ""))
    assert lost[:5] == []
    assert traced > 40_000


def test_every_row_is_the_source_of_a_value(trace: Trace, kept: Mapping[str, list[list[str]]]) -> None:
    reached = {cell[:2] for _, cells in trace.cells for cell in cells}
    assert reached == {(sha256, row) for sha256, rows in kept.items() for row in range(2, len(rows) + 1)}


def test_a_record_costs_three_statements(trace: Trace) -> None:
    records = {quad.object for quad in trace.stated if quad.predicate == PROV.wasDerivedFrom}
    told = sum(len(objects) for (node, path), objects in trace._objects.items() if node in records and path != IG.cell)
    assert told == 2 * len(records)
