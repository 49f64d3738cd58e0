"""The search index of a release, read from its columns: it follows where it is made anew, and comes with a patch."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc
from rdflib.namespace import RDF

from graph_app.columns.arrays import Arrays
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.releases.patch import Patch
from graph_app.releases.publish import put
from graph_app.releases.release import COLUMNS, SEARCH, Release
from graph_app.search.build import build_index, change_index
from graph_app.search.layout import TYPE, Entry
from loaders import resources
from loaders.vocabulary import DCT, IG, SKOS, prefixes

__all__ = ["add_search", "patch_search", "read_entries"]

_NAMES = tuple(map(str, (SKOS.prefLabel, DCT.title, SKOS.altLabel, IG.acronym)))
_CODES = tuple(map(str, (IG.identifier, DCT.identifier, SKOS.notation)))
_ABOUT = (str(DCT.description),)
_FACETS: Mapping[str, str] = MappingProxyType(
    {
        str(RDF.type): TYPE,
        str(IG.country): "country",
        str(IG.seat): "country",
        str(IG.donor): "donor",
        str(IG.targetGroup): "targetGroup",
        str(IG.programme): "programme",
    }
)
_CLASS, _START, _END = str(RDF.type), str(IG.periodStart), str(IG.periodEnd)
#: What has one of these says under which others something counts, and so touches what says nothing of it.
_HIERARCHIES = (str(DCT.isPartOf), str(SKOS.broader))
#: Kinds of entities that people look for: those of the model, and concepts of its schemes.
_MODEL, _CONCEPT = str(IG), str(SKOS.Concept)
#: A class that rules derive, beside the one that sources state.
_DERIVED = str(IG.Donor)
_PROJECT = str(IG.Project)
_LAST_YEAR = 9999
#: Of a project without plausible end so many years count.
_MOST_YEARS = 60
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


def read_entries(columns: ColumnStore, only: Collection[str] = ()) -> Iterator[Entry]:
    """Read what can be found: what is no project, then projects, the newest first, as a search may end before all.

    :param columns: the columns of a release.
    :param only: IRIs of the entities wanted; all, where there are none.
    :raises graph_app.columns.declined.Declined: if the columns cannot answer.
    """
    texts, facets = _asked(columns, "texts", only), _asked(columns, "facets", only)
    # Terms have the same numbers in both answers, and most of what has a class has no name.
    named = pc.is_in(facets.codes.column("entity"), texts.codes.column("entity").combine_chunks())
    by = _grouped(facets.codes.filter(named), facets.terms)
    iris = _terms(texts.terms)
    everything = _grouped(texts.codes, texts.terms)
    for entity in sorted(everything, key=lambda one: (_age(by.get(one, {})), iris[one])):
        said = everything[entity]
        names = tuple(dict.fromkeys(name for field in _NAMES for name in sorted(said.get(field, ()))))
        told = by.get(entity, {})
        if names and any(kind == _CONCEPT or kind.startswith(_MODEL) for kind in told.get(_CLASS, ())):
            codes, about = (sorted({text for one in which for text in said.get(one, ())}) for which in (_CODES, _ABOUT))
            yield Entry(iris[entity], names, tuple(codes), tuple(about), _facets(told))


def _age(told: Mapping[str, Sequence[str]]) -> int:
    if _PROJECT not in told.get(_CLASS, ()):
        return -_LAST_YEAR
    return -max((int(day[:4]) for day in told.get(_START, ()) if day[:4].isdigit()), default=0)


def _facets(told: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, str]]:
    years = sorted(int(day[:4]) for field in (_START, _END) for day in told.get(field, ()) if day[:4].isdigit())
    last = min(years[-1], years[0] + _MOST_YEARS) if years else 0
    found = {("year", str(year)) for year in range(years[0], last + 1)} if years else set()
    for field, facet in _FACETS.items():
        found.update((facet, value) for value in told.get(field, ()) if value != _DERIVED)
    return frozenset(found)


def _asked(columns: ColumnStore, name: str, only: Collection[str]) -> Arrays:
    given = {"entity": [Constant(Kind.IRI, iri) for iri in only]} if only else {}
    text = (resources.QUERIES / "search" / f"{name}.rq").read_text(encoding="utf-8")
    return columns.arrays(text, prefixes=prefixes(), params=given)


def _grouped(codes: pa.Table, known: pa.Table) -> Mapping[int, Mapping[str, list[str]]]:
    """Return what rows say: number of an entity to field to values."""
    terms = _terms(known)
    rows: dict[int, dict[str, list[str]]] = {}
    for entity, field, value in zip(*(column.to_pylist() for column in codes.columns), strict=True):
        rows.setdefault(entity, {}).setdefault(terms[field], []).append(terms[value])
    return rows


def _terms(known: pa.Table) -> Mapping[int, str]:
    return dict(zip(known.column("code").to_pylist(), known.column("lex").to_pylist(), strict=True))
