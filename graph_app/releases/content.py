"""The content of a release as an rdflib graph, for checks that need all of it at once."""

from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from rdflib import Graph
from rdflib.exceptions import ParserError

from graph_app.releases.release import Release, unreadable

__all__ = ["read_graph"]


def read_graph(release: Release, *, leave_out: frozenset[str] = frozenset()) -> Graph:
    """Read the content of a release, its graphs as one, values exactly as they were loaded.

    :param release: the release.
    :param leave_out: IRIs of named graphs that are not wanted.
    :returns: the graph, in memory.
    :raises NoRelease: if the content is missing or broken.
    """
    try:
        return Graph().parse(StringIO("".join(_triples(release.content_files, leave_out))), format="nt")
    except (OSError, ValueError, ParserError) as error:
        raise unreadable(release.path, error) from error


def _triples(paths: Iterable[Path], leave_out: frozenset[str]) -> Iterator[str]:
    for path in paths:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                triple, _, graph = line.rpartition(" <")
                if graph.removesuffix("> .\n") not in leave_out:
                    yield f"{triple} .\n"
