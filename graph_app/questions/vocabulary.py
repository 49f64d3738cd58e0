"""The words that a query on a release can be written with, with counts and names: what an editor completes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table
from graph_app.releases.statistics import read_statistics
from loaders.vocabulary import IG, prefixes

__all__ = ["Vocabulary", "Word", "shorten", "vocabulary"]

#: What leads to things that people name in queries, and in what order they are offered.
_LEADING = ("organisation", "country", "targetGroup", "theme", "role", "programme", "donor")
#: Names that are asked for at a time.
_NAMED = 1_000
#: Words of other vocabularies that describe the graph's own words, and not what it is about.
_MACHINERY = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class Word:
    """A class, a property or a thing.

    :param written: how SPARQL has it: a prefixed name where there is one, else the IRI in angle brackets.
    :param label: its name, or empty.
    :param count: instances of a class, statements of a property, references to a thing.
    """

    written: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a release.

    :param release: version of the release.
    :param classes: classes that have instances, most first.
    :param predicates: properties that are stated, most first.
    :param things: organisations, countries, programmes and concepts that are referred to most.
    """

    release: str
    classes: tuple[Word, ...]
    predicates: tuple[Word, ...]
    things: tuple[Word, ...]


def vocabulary(engine: Engine, language: str) -> Vocabulary:
    """Gather the words of the release of an engine.

    :param engine: the engine.
    :param language: language of the names, where there are several.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    :raises graph_app.releases.release.NoRelease: if the counts of the release are missing.
    """
    counts = read_statistics(engine.release)
    things: dict[str, int] = {}
    for name in _LEADING:
        for iri, uses in _used(engine, str(IG[name])):
            things[iri] = things.get(iri, 0) + uses
    names = _names(engine, [*counts.classes, *counts.properties, *things], language)
    return Vocabulary(
        engine.release.version,
        _words({iri: count for iri, count in counts.classes.items() if not iri.startswith(_MACHINERY)}, names),
        _words({iri: count for iri, count in counts.properties.items() if not iri.startswith(_MACHINERY)}, names),
        _words({iri: uses for iri, uses in things.items() if iri in names}, names),
    )


def shorten(iri: str) -> str:
    """Write an IRI as SPARQL has it, with a declared prefix where that is possible.

    :param iri: an IRI.
    """
    fitting = [
        (len(namespace), f"{prefix}:{iri[len(namespace) :]}")
        for prefix, namespace in prefixes().items()
        if iri.startswith(namespace) and iri[len(namespace) :].replace("-", "").replace("_", "").isalnum()
    ]
    return max(fitting)[1] if fitting else f"<{iri}>"


def _used(engine: Engine, property_: str) -> Iterable[tuple[str, int]]:
    found = engine.answer(view("vocabulary"), {"property": [property_]})
    for row in found if isinstance(found, Table) else ():
        if row["thing"].kind == "iri":
            yield row["thing"].value, int(row["uses"].value)


def _names(engine: Engine, iris: list[str], language: str) -> Mapping[str, str]:
    """Return the names of entities: in a language, else in English, else in any."""
    order = (language, "en")
    named: dict[str, tuple[int, str]] = {}
    for start in range(0, len(iris), _NAMED):
        found = engine.answer(view("vocabulary-names"), {"iri": iris[start : start + _NAMED]})
        for row in found if isinstance(found, Table) else ():
            name = row["name"]
            rank = order.index(name.language) if name.language in order else len(order)
            iri = row["iri"].value
            named[iri] = min(named.get(iri, (len(order), name.value)), (rank, name.value))
    return {iri: name for iri, (_, name) in named.items()}


def _words(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[Word, ...]:
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple(Word(shorten(iri), names.get(iri, ""), count) for iri, count in ordered)
