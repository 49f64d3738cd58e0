"""What a search can find, read from the columns of a release."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc
from rdflib.namespace import RDF

from graph_app.columns.arrays import Arrays
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.search.layout import TYPE, Entry
from loaders import resources
from loaders.vocabulary import DCT, IG, SKOS, prefixes

__all__ = ["read_entries"]

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
#: Kinds of entities that people look for: those of the model, and concepts of its schemes.
_MODEL, _CONCEPT = str(IG), str(SKOS.Concept)
#: A class that rules derive, beside the one that sources state.
_DERIVED = str(IG.Donor)
_PROJECT = str(IG.Project)
_LAST_YEAR = 9999
#: Of a project without plausible end so many years count.
_MOST_YEARS = 60
#: Entities whose texts are in memory at a time.
_PART = 50_000


def read_entries(columns: ColumnStore, only: Collection[str] = ()) -> Iterator[Entry]:
    """Read what can be found: what is no project, then projects, the newest first, as a search may end before all.

    :param columns: the columns of a release.
    :param only: IRIs of the entities wanted; all, where there are none.
    :raises graph_app.columns.declined.Declined: if the columns cannot answer.
    """
    iris = list(only) or _by_age(columns)
    for start in range(0, len(iris), _PART):
        yield from _entries(columns, iris[start : start + _PART])


def _by_age(columns: ColumnStore) -> list[str]:
    """Return the IRIs of all that has a name, in the order in which it is indexed."""
    named = _asked(columns, "named")
    terms = _terms(named.terms)
    ages: dict[str, int] = {}
    for entity, kind, start in zip(*(column.to_pylist() for column in named.codes.columns), strict=True):
        age = _age({_CLASS: [terms.get(kind, "")], _START: [terms.get(start, "")]})
        ages[terms[entity]] = min(age, ages.get(terms[entity], _LAST_YEAR))
    return sorted(ages, key=lambda iri: (ages[iri], iri))


def _entries(columns: ColumnStore, only: Collection[str]) -> Iterator[Entry]:
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


def _asked(columns: ColumnStore, name: str, only: Iterable[str] | None = None) -> Arrays:
    given = {} if only is None else {"entity": [Constant(Kind.IRI, iri) for iri in only]}
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
