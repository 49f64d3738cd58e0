"""The W3C's SPARQL 1.1 tests of queries, read from their archive without unpacking it."""

import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

import pyoxigraph as ox

from tests.acceptance.w3c.suite import ARCHIVE

__all__ = ["ARCHIVE", "FOLDERS", "QUERY_FOLDERS", "Case", "cases", "nquads", "read_text"]

#: Folders of the suite on the query language itself; with their tests of syntax they hold its 328 tests.
QUERY_FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation",
    "project-expression", "property-path", "subquery", "syntax-query",
)  # fmt: skip
#: All folders with tests of queries: beside those the formats of results, federation and entailment.
FOLDERS = (*QUERY_FOLDERS, "csv-tsv-res", "json-res", "service", "syntax-fed", "entailment")
#: Where the files of the archive are said to lie, so that relative IRIs in them have a base.
BASE = "https://suite.example/"

_INSIDE = "sparql/sparql11/"
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_REGIME = "http://www.w3.org/ns/sparql-service-description#entailmentRegime"
_KINDS = {"QueryEvaluationTest", "CSVResultFormatTest", "PositiveSyntaxTest11", "NegativeSyntaxTest11"}

Graph = Mapping[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(frozen=True, slots=True)
class Case:
    """One test.

    :param key: folder and local name, ``aggregates/agg01``.
    :param kind: local name of its type.
    :param query: IRI of the query's file.
    :param data: IRIs of the files that make the default graph.
    :param result: IRI of the file of the expected result; empty for tests of syntax.
    :param entailment: whether it asks for another entailment regime than the simple one.
    """

    key: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    result: str = ""
    entailment: bool = False

    @property
    def folder(self) -> str:
        """The folder of its manifest."""
        return self.key.partition("/")[0]

    @property
    def evaluates(self) -> bool:
        """Whether it has an expected result."""
        return bool(self.result)


@cache
def cases() -> tuple[Case, ...]:
    """Read the tests of all folders, or none where the archive is absent."""
    return tuple(case for folder in FOLDERS for case in _read(folder)) if ARCHIVE.is_file() else ()


def read_text(iri: str) -> bytes:
    """Return a file of the archive."""
    return _files()[iri.removeprefix(BASE)]


def nquads(case: Case) -> bytes:
    """Return the default graph of a test, with the blank nodes of each of its files apart."""
    return b"".join(_lines(iri) for iri in case.data)


def _read(folder: str) -> Iterator[Case]:
    graph: dict[tuple[str, str], list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {}
    manifest = f"{BASE}{folder}/manifest.ttl"
    for quad in ox.parse(read_text(manifest), format=ox.RdfFormat.TURTLE, base_iri=manifest):
        graph.setdefault((str(quad.subject), quad.predicate.value), []).append(quad.object)
    for entry in _list(graph, str(graph[f"<{manifest}>", f"{_MF}entries"][0])):
        kind = _value(graph, entry, f"{_RDF}type").rpartition("#")[2]
        if kind in _KINDS:
            yield _case(graph, entry, folder, kind)


def _case(graph: Graph, entry: str, folder: str, kind: str) -> Case:
    key = f"{folder}/{re.split('[#/]', entry.strip('<>'))[-1]}"
    action = str(graph[entry, f"{_MF}action"][0])
    query = _value(graph, action, f"{_QT}query")
    if not query:
        return Case(key, kind, action.strip("<>"))
    data = tuple(sorted(_values(graph, action, f"{_QT}data")))
    result = urljoin(BASE, _value(graph, entry, f"{_MF}result"))
    return Case(key, kind, query, data, result, (action, _REGIME) in graph)


def _values(graph: Graph, subject: str, predicate: str) -> Iterator[str]:
    for term in graph.get((subject, predicate), ()):
        assert isinstance(term, ox.NamedNode | ox.Literal)
        yield term.value


def _value(graph: Graph, subject: str, predicate: str) -> str:
    return next(_values(graph, subject, predicate), "")


def _list(graph: Graph, head: str) -> Iterator[str]:
    while head != f"<{_RDF}nil>":
        yield str(graph[head, f"{_RDF}first"][0])
        head = str(graph[head, f"{_RDF}rest"][0])


@cache
def _files() -> Mapping[str, bytes]:
    with tarfile.open(ARCHIVE) as archive:
        return {
            member.name.removeprefix(_INSIDE): file.read()
            for member in archive
            if (file := archive.extractfile(member)) is not None
        }


@cache
def _lines(iri: str) -> bytes:
    form = ox.RdfFormat.from_extension(iri.rpartition(".")[2])
    quads = ox.parse(read_text(iri), format=form, base_iri=iri, rename_blank_nodes=True)
    return ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
