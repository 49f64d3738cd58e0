"""Push a release to a remote engine, so that a push that breaks off at any moment is noticed and repaired."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.releases.findings import findings_text, read_findings
from graph_app.releases.release import DESCRIPTION, NoRelease, Release
from graph_app.releases.remote import FINDINGS, NOTE, PATIENCE, HeldFile, Note, open_remote, read_note, release_graph
from graph_app.settings import Settings
from graph_app.store.canonical import write_canonical
from graph_app.store.oxigraph import StoreError
from graph_app.store.remote import RemoteUpdates
from graph_app.store.remote_graphs import GraphStore, GraphUpdates, RemoteGraphs
from graph_app.store.remote_http import shown

__all__ = ["PushError", "open_graphs", "push"]

Progress = Callable[[str], None]

#: Characters of one part of a text: far below what any engine takes for one literal.
_PART = 50_000
_COUNT = "SELECT (COUNT(*) AS ?count) WHERE { ?subject ?property ?value }"
_RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


class PushError(StoreError):
    """A release could not be pushed; the text says why, and what the engine holds now."""


def open_graphs(settings: Settings) -> RemoteGraphs:
    """Open the engine of the settings for writing.

    :param settings: where the engine takes graphs or updates.
    :returns: its graphs.
    :raises PushError: if no such address is set.
    """
    user, password = settings.store_user, settings.store_password
    if settings.store_graphs:
        return GraphStore(settings.store_graphs, user, password, PATIENCE)
    if settings.store_update:
        return GraphUpdates(RemoteUpdates(settings.store_update, user, password, PATIENCE))
    raise PushError(
        f"The engine at {shown(settings.store)} has no address to write to. Set INTGRAPH_STORE_GRAPHS to its graph "
        "store protocol, or INTGRAPH_STORE_UPDATE to where it takes updates."
    )


def push(release: Release, settings: Settings, progress: Progress = lambda _: None) -> None:
    """Make a remote engine hold a release. Content files that it holds already are not sent again.

    The graphs of the release and the union of them are replaced; other graphs of the engine stay as they are.

    :param release: a release of this home.
    :param settings: where the engine is.
    :param progress: told in a sentence what is done next.
    :raises PushError: if the engine does not take it; it then holds a part, which the next push completes.
    """
    graphs = open_graphs(settings)
    place = shown(settings.store)
    try:
        held = read_note(settings)
        if held.complete and {name: file.sha256 for name, file in held.files.items()} == dict(release.files):
            progress(f"The engine at {place} holds this content already")
        else:
            _push_content(release, settings, graphs, held, progress)
        texts = {DESCRIPTION: (release.path / DESCRIPTION).read_text(encoding="utf-8")}
        texts[FINDINGS] = findings_text(read_findings(release))
        wanted = _held_files(release)
        progress(f"Describing {release.version} to the engine at {place}")
        _tell(graphs, settings.base, Note(complete=True, files=wanted), release.version, texts)
    except (StoreError, NoRelease) as error:
        raise PushError(f"{error} The next `intgraph build` to this address completes what is missing.") from error


def _push_content(release: Release, settings: Settings, graphs: RemoteGraphs, held: Note, progress: Progress) -> None:
    wanted = _held_files(release)
    same = {name for name, file in wanted.items() if name in held.files and held.files[name].sha256 == file.sha256}
    # From here on until the end the engine says itself which files cannot be trusted.
    touched = {
        name: HeldFile("", _both(held.files.get(name), wanted.get(name)))
        for name in sorted({*held.files, *wanted} - same)
    }
    kept = {name: wanted[name] for name in same}
    _tell(graphs, settings.base, Note(complete=False, files=kept | touched), release.version, {})
    for name, file in touched.items():
        progress(f"Sending {name} to the engine at {shown(settings.store)}")
        path = release.content / name
        for graph in file.graphs:
            graphs.replace(graph, _triples(path, graph) if name in wanted else ())
    progress("Sending the union of all graphs")
    with TemporaryDirectory(prefix="intgraph-push-") as folder:
        union = Path(folder) / "union.nt"
        lines = (line for path in release.content_files for _, line in _read(path))
        count = write_canonical(lines, union).lines
        with union.open(encoding="utf-8", newline="\n") as statements:
            graphs.replace(settings.store_union, statements)
    _check_union(count, settings)


def _check_union(count: int, settings: Settings) -> None:
    answer = open_remote(settings, PATIENCE).evaluate(_COUNT)
    found = int(json.loads(answer.body)["results"]["bindings"][0]["count"]["value"])
    if found != count:
        where = f"the graph {settings.store_union}" if settings.store_union else "its default graph"
        raise PushError(
            f"The engine at {shown(settings.store)} was sent {count:,} statements and finds {found:,} in {where}. "
            "Set INTGRAPH_STORE_UNION to a graph for each statement once if its default graph is something else."
        )


def _held_files(release: Release) -> dict[str, HeldFile]:
    return {
        path.name: HeldFile(release.files[path.name], tuple(sorted({graph for graph, _ in _read(path)})))
        for path in release.content_files
    }


def _both(first: HeldFile | None, second: HeldFile | None) -> tuple[str, ...]:
    return tuple(sorted({graph for file in (first, second) if file is not None for graph in file.graphs}))


def _read(path: Path) -> Iterator[tuple[str, str]]:
    """Give each statement of a content file as its graph and a line of N-Triples."""
    with path.open(encoding="utf-8", newline="\n") as quads:
        for quad in quads:
            triple, _, graph = quad.rpartition(" <")
            yield graph.removesuffix("> .\n"), f"{triple} .\n"


def _triples(path: Path, graph: str) -> Iterator[str]:
    return (triple for name, triple in _read(path) if name == graph)


def _tell(graphs: RemoteGraphs, base: str, note: Note, version: str, texts: Mapping[str, str]) -> None:
    graph = release_graph(base)
    document = {"complete": note.complete, "files": {name: asdict(file) for name, file in note.files.items()}}
    lines = [f'<{graph}> <{_IDENTIFIER}> "{version.translate(_ESCAPES)}" .\n'] if note.complete else []
    for name, text in {NOTE: json.dumps(document, ensure_ascii=False), **texts}.items():
        lines += _parts(f"{graph}/{name}", text)
    graphs.replace(graph, lines)


def _parts(iri: str, text: str) -> Iterable[str]:
    for number, start in enumerate(range(0, len(text), _PART)):
        part = text[start : start + _PART].translate(_ESCAPES)
        yield f'<{iri}/{number:06}> <{_RDF_VALUE}> "{part}" .\n'
