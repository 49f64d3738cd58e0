"""The search index of a release, read from its columns: it follows where it is made anew, and comes with a patch."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.releases.patch import Patch
from graph_app.releases.publish import put
from graph_app.releases.release import COLUMNS, SEARCH, Release
from graph_app.releases.searched import read_entries
from graph_app.search.build import build_index, change_index
from loaders.vocabulary import DCT, SKOS, prefixes

__all__ = ["add_search", "patch_search"]

#: What has one of these says under which others something counts, and so touches what says nothing of it.
_HIERARCHIES = (str(DCT.isPartOf), str(SKOS.broader))
#: Beyond so many entities a new index takes less time.
_MOST_CHANGED = 20_000

_AROUND = """SELECT ?entity WHERE {
  VALUES ?thing { UNDEF }
  { ?thing ig:project ?entity } UNION { ?entity ig:identifier ?thing }
}"""


def add_search(release: Release, work: Path) -> None:
    """Make the search index of a release that is published already; meanwhile texts are found by SPARQL.

    :param release: the release.
    :param work: an empty folder on the same disk.
    :raises SearchError: if the index cannot be written.
    :raises ColumnsError: if the columns cannot be read.
    """
    with closing(ColumnStore.open(release.columns)) as columns:
        build_index(work / SEARCH, read_entries(columns))
    put(work / SEARCH, release.search)


def patch_search(like: Release, patch: Patch, folder: Path) -> None:
    """Make the search index of a release that differs little from another one; none where much has changed.

    :param like: the other release, whose index is there.
    :param patch: what changed in it, derived statements included.
    :param folder: folder of the release in the making, whose columns are there.
    :raises SearchError: if the index cannot be written.
    :raises ColumnsError: if the columns cannot be read.
    """
    with closing(ColumnStore.open(folder / COLUMNS)) as columns:
        if (touched := _touched((*patch.removed, *patch.added), columns)) is not None:
            shutil.copyfile(like.search, folder / SEARCH)
            change_index(folder / SEARCH, touched, read_entries(columns, sorted(touched)) if touched else ())


def _touched(lines: Iterable[bytes], columns: ColumnStore) -> set[str] | None:
    """Return the entities that statements may tell of; none where those are many, or not known."""
    things: set[str] = set()
    for line in lines:
        subject, predicate, rest = line.decode().split(" ", 2)
        if predicate[1:-1] in _HIERARCHIES:
            return None
        things.update(term[1:-1] for term in (subject, rest.split(" ", 1)[0]) if term.startswith("<"))
    if not things or len(things) > _MOST_CHANGED:
        return None if things else set()
    given = {"thing": [Constant(Kind.IRI, iri) for iri in sorted(things)]}
    around = columns.arrays(_AROUND, prefixes=prefixes(), params=given)
    return things.union(around.terms["lex"].to_pylist())
