"""What release a remote engine holds: its description, its findings, its content.

The engine keeps them in a graph of their own, ``<base>graph/integration-graph/release``: the description and the
findings of loading as the texts that a release folder has, cut into parts, and a note of which content file stands in
which graphs. While a release is pushed the note says so, and after a push that broke off it still does.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Any

from rdflib import Graph
from rdflib.exceptions import ParserError

from graph_app.releases.findings import findings_from
from graph_app.releases.release import DESCRIPTION, NoRelease, Release, release_from, releases_folder
from graph_app.settings import Settings
from graph_app.store.address import StoreAddress
from graph_app.store.oxigraph import StoreError
from graph_app.store.remote import RemoteStore
from graph_app.store.remote_graphs import GraphStore
from graph_app.store.remote_http import shown
from loaders.findings import Finding
from loaders.identifiers import mint

__all__ = [
    "FINDINGS",
    "NOTE",
    "PATIENCE",
    "HeldFile",
    "Note",
    "open_remote",
    "read_note",
    "read_remote_graph",
    "release_graph",
    "remote_findings",
    "remote_release",
]

#: Names of the texts in the graph, beside that of the description.
NOTE = "push.json"
FINDINGS = "findings.json"
#: Seconds that an engine may take for work that nobody waits for at a screen.
PATIENCE = 600.0
_WAIT = 10.0

_PARTS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?part ?text WHERE {
  ?part rdf:value ?text
  FILTER(STRSTARTS(STR(?part), STR(text:)))
}
ORDER BY ?part
"""
_EVERYTHING = "CONSTRUCT { ?subject ?property ?value } WHERE { ?subject ?property ?value }"


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A content file of a release as an engine holds it.

    :param sha256: hash of the file; empty where the graphs may hold anything.
    :param graphs: IRIs of the graphs that its statements stand in.
    """

    sha256: str
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What an engine holds.

    :param complete: whether it is a whole release.
    :param files: name of a content file to how it is held.
    """

    complete: bool = False
    files: Mapping[str, HeldFile] = field(default_factory=dict, hash=False)


def release_graph(base: str) -> str:
    """Return the IRI of the graph that says which release an engine holds."""
    return mint("graph", "integration-graph", "release", base=base)


def open_remote(settings: Settings, seconds: float = _WAIT) -> RemoteStore:
    """Open the engine of the settings for reading, outside any worker: only for queries of our own.

    :param settings: where the engine is.
    :param seconds: how long it may take.
    """
    address = StoreAddress(
        query=settings.store, user=settings.store_user, password=settings.store_password, union=settings.store_union
    )
    return RemoteStore(address, seconds)


def remote_release(settings: Settings) -> Release:
    """Return the release that a remote engine holds.

    :param settings: where the engine is.
    :returns: the release; its folder is there only if this home has the same.
    :raises NoRelease: if it holds none, is being given one, or cannot be asked.
    """
    place = shown(settings.store)
    texts = _texts(settings)
    if NOTE not in texts:
        raise NoRelease(
            f"The engine at {place} holds no release under {settings.base}. Run `intgraph --store URL build` to push "
            "one."
        )
    note = _note(texts[NOTE], place)
    if not note.complete or DESCRIPTION not in texts:
        raise NoRelease(
            f"A release is being pushed to the engine at {place}, or a push broke off. Wait for its end, or run "
            "`intgraph --store URL build` again."
        )
    try:
        version = str(json.loads(texts[DESCRIPTION])["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(place, error) from error
    return release_from(texts[DESCRIPTION], releases_folder(settings) / version)


def read_note(settings: Settings) -> Note:
    """Return what a remote engine says that it holds.

    :param settings: where the engine is.
    :returns: the note; an empty one where there is none.
    :raises NoRelease: if the engine cannot be asked, or the note cannot be read.
    """
    texts = _texts(settings)
    return _note(texts[NOTE], shown(settings.store)) if NOTE in texts else Note()


def remote_findings(settings: Settings) -> tuple[Finding, ...]:
    """Return what loading found when the release of a remote engine was made.

    :param settings: where the engine is.
    :returns: the findings.
    :raises NoRelease: if they cannot be read.
    """
    try:
        return findings_from(json.loads(_texts(settings, FINDINGS)[FINDINGS]))
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(shown(settings.store), error) from error


def read_remote_graph(release: Release, settings: Settings, *, leave_out: frozenset[str] = frozenset()) -> Graph:
    """Read the content of a remote engine, its graphs as one, values as the engine gives them.

    :param release: the release that it holds.
    :param settings: where the engine is.
    :param leave_out: IRIs of named graphs that are not wanted.
    :returns: the graph, in memory.
    :raises NoRelease: if the engine cannot be asked, or gives fewer statements than the release has.
    """
    graph, count = Graph(), 0
    graphs = [graph for held in read_note(settings).files.values() for graph in held.graphs]
    try:
        for name in graphs:
            with _lines(name, settings) as lines:
                data = [line for line in lines if line.strip() and not line.startswith(b"#")]
            count += len(data)
            if name not in leave_out:
                graph.parse(data=b"".join(data), format="nt")
    except (StoreError, ParserError) as error:
        raise NoRelease(str(error)) from error
    if count != release.triples:
        raise NoRelease(
            f"The engine at {shown(settings.store)} gives {count:,} statements where release {release.version} has "
            f"{release.triples:,}. It cuts long answers (ResultSetMaxRows in Virtuoso), or its content was changed: "
            "set INTGRAPH_STORE_GRAPHS, or run `intgraph --store URL build` again."
        )
    return graph


@contextmanager
def _lines(graph: str, settings: Settings) -> Iterator[IO[bytes] | Sequence[bytes]]:
    if settings.store_graphs:
        store = GraphStore(settings.store_graphs, settings.store_user, settings.store_password, PATIENCE)
        with store.lines(graph) as lines:
            yield lines
        return
    answer = open_remote(settings, PATIENCE).evaluate(_EVERYTHING, default_graphs=[graph])
    yield answer.body.splitlines(keepends=True)


def _texts(settings: Settings, *names: str) -> Mapping[str, str]:
    """Read texts of the release's graph: note and description, or those named."""
    graph = release_graph(settings.base)
    try:
        store = open_remote(settings)
        rows: list[dict[str, Any]] = []
        for name in names or (NOTE, DESCRIPTION):
            prefixes = {"text": f"{graph}/{name}/"}
            answer = store.evaluate(_PARTS, prefixes=prefixes, default_graphs=[graph])
            rows += json.loads(answer.body)["results"]["bindings"]
    except (StoreError, RuntimeError) as error:
        raise NoRelease(str(error)) from error
    return {
        name: "".join(row["text"]["value"] for row in parts)
        for name, parts in groupby(rows, key=lambda row: str(row["part"]["value"]).rsplit("/", 2)[1])
    }


def _note(text: str, place: str) -> Note:
    try:
        document = json.loads(text)
        held = {name: HeldFile(entry["sha256"], tuple(entry["graphs"])) for name, entry in document["files"].items()}
        return Note(bool(document["complete"]), held)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(place, error) from error


def _unreadable(place: str, error: Exception) -> NoRelease:
    return NoRelease(
        f"What the engine at {place} says about its release cannot be read ({error}). Run `intgraph --store URL build`."
    )
