"""Suggestions as records of their own, beside the project that they are about."""

from collections.abc import Iterable, Iterator

from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.keys import record_key
from loaders.records import Cell, Record
from loaders.terms.lists import METHOD
from loaders.terms.matching import Suggestion, suggestions

__all__ = ["with_term_matches"]

#: Scheme of a suggested concept to the field that the source itself would state it in.
_FIELDS = {"target-groups": "target_group", "themes": "theme"}


def with_term_matches(items: Iterable[Record | Finding], dataset: Dataset) -> Iterator[Record | Finding]:
    """Follow each project by what its title and description suggest.

    Target groups are suggested only where the source states none for the project, and themes likewise. A project that
    a file tells of several times is searched the first time.

    :param items: what a source reads.
    :param dataset: what the source is part of.
    :returns: the same items in the same order, with ``term_match`` records in between.
    """
    searched: set[int] = set()
    for item in items:
        yield item
        if isinstance(item, Record) and item.kind == "project" and hash(item.key) not in searched:
            searched.add(hash(item.key))
            yield from _matches(item, dataset)


def _matches(project: Record, dataset: Dataset) -> Iterator[Record]:
    fields = project.fields
    open_fields = {scheme: field for scheme, field in _FIELDS.items() if not fields.get(field)}
    if not open_fields:
        return
    for found in suggestions(fields.get("title", ()), fields.get("description", ())):
        if found.scheme in open_fields:
            yield _match(project, found, dataset)


def _match(project: Record, found: Suggestion, dataset: Dataset) -> Record:
    first = found.places[0]
    cells = {
        "project": (Cell(project.key[0]),),
        _FIELDS[found.scheme]: (first.cell._replace(text=found.concept, language="", source=first.words),),
        "matched": tuple(place.cell._replace(text=place.words, language="", source="") for place in found.places),
        "matched_in": tuple(
            map(Cell, dict.fromkeys(f"{place.field}, {place.cell.language}" for place in found.places))
        ),
        "confidence": (Cell(found.confidence),),
        "method": (Cell(METHOD),),
    }
    # The dataset is part of the key: another file may tell of the same project in other words.
    key = (*record_key("term_match", "", cells), dataset.key)
    return Record("term_match", key, project.source, cells)
