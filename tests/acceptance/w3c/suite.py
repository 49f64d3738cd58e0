"""The W3C's SPARQL 1.1 suite: its tests, as its manifests list them, and one store that holds all their data."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[3]
ARCHIVE = ROOT.parent / "shared" / "suites" / "sparql11.tar.gz"

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


@dataclass(frozen=True, slots=True)
class Case:
    """One test.

    :param name: its manifest's folder and its own name.
    :param kind: local name of its type.
    :param query: file of the query.
    :param data: IRIs of the files that make the default graph.
    :param graphs: IRIs of the files that are named graphs.
    :param result: file of the expected result; none for tests of syntax.
    """

    name: str
    kind: str
    query: Path
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: Path | None = None


def unpack(folder: Path) -> Path:
    """Unpack the suite and return the folder with its manifests."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder / "sparql" / "sparql11"


def cases(folder: Path, manifest: str) -> Iterator[Case]:
    """Read the tests of all manifests that one includes."""
    whole = Graph().parse(folder / manifest)
    for part in _list(whole, MF.include):
        path = _path(part)
        graph = Graph().parse(path)
        for entry in _list(graph, MF.entries):
            yield _case(graph, entry, path.parent.name)


def build(path: Path, wanted: list[Case]) -> None:
    """Make one store with every file of data as a graph of its own, named by the file."""
    store = ox.Store(str(path))
    for iri in sorted({iri for case in wanted for iri in (*case.data, *case.graphs)}):
        file = _path(URIRef(iri))
        media = ox.RdfFormat.from_extension(file.suffix[1:])
        store.add_graph(ox.NamedNode(iri))  # also where it is empty
        store.load(path=str(file), format=media, base_iri=iri, to_graph=ox.NamedNode(iri))
    store.flush()


def _case(graph: Graph, entry: Node, folder: str) -> Case:
    name = f"{folder}: {graph.value(entry, MF.name)}"
    kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    query = graph.value(action, QT.query)
    if query is None:
        return Case(name, kind, _path(action))
    data, graphs = (
        tuple(sorted(str(iri) for iri in graph.objects(action, given))) for given in (QT.data, QT.graphData)
    )
    return Case(name, kind, _path(query), data, graphs, _path(result))


def _list(graph: Graph, key: URIRef) -> list[Node]:
    (head,) = graph.objects(None, key)
    return list(Collection(graph, head))


def _path(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))
