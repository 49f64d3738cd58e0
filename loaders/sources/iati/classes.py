"""Countries, regions, places, sectors, tags and markers of an activity as records."""

from collections.abc import Iterator
from dataclasses import replace

from loaders.keys import record_key
from loaders.normalise.names import lookup_key
from loaders.records import Cell, Record
from loaders.sources.iati.activity import Activity, Allocation, Classification, Location
from loaders.sources.iati.codes import (
    HUMANITARIAN_SCOPES,
    VOCABULARIES,
    as_country,
    as_decimal,
    code_of,
    filled,
    read_as,
)
from loaders.sources.iati.identity import main_name, numbered, said
from loaders.sources.iati.portfolio import Portfolio

__all__ = ["allocation_records", "classification_records", "place_records", "stated_allocations"]


def stated_allocations(activity: Activity) -> tuple[Allocation, ...]:
    """Return the countries and regions of an activity, or else those of its transactions, each once and without share.

    :param activity: the activity; the standard lets it name them once for all or with each transaction.
    """
    if activity.allocations:
        return activity.allocations
    found: dict[str, Allocation] = {}
    for transaction in activity.transactions:
        for each in transaction.allocations:
            found.setdefault(said(each.country, each.region, _vocabulary(each.vocabulary, "region")), each)
    return tuple(replace(each, percentage=None) for each in found.values())


def allocation_records(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record]:
    """Yield an allocation for each country and region.

    :param activity: the activity.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    portfolio.left_out["share of a country or region in a transaction"] += sum(
        len(each.allocations) for each in activity.transactions
    )
    keyed = []
    for each in stated_allocations(activity):
        if each.country is None and each.region is None:
            portfolio.left_out["country or region without code"] += 1
            continue
        fields = filled(
            project=project,
            country=as_country(each.country),
            region=each.region,
            vocabulary=_stated_vocabulary(each.vocabulary, "region", each.region) if each.region is not None else None,
            name=each.name,
            percentage=as_decimal(each.percentage),
        )
        rest = said(each.percentage, each.name)
        keyed.append((record_key("allocation", "", fields), rest, (each.source, fields)))
    for key, (source, fields) in numbered(keyed):
        yield Record("allocation", key, source, fields)


def classification_records(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record]:
    """Yield a classification for each sector, tag, policy marker and humanitarian scope.

    :param activity: the activity; where it has no sector itself, those of its transactions count, each once.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    classes = list(activity.classifications)
    sectors = [each for transaction in activity.transactions for each in transaction.sectors]
    portfolio.left_out["share of a sector in a transaction"] += len(sectors)
    if not any(each.kind == "sector" for each in classes):
        found: dict[str, Classification] = {}
        for each in sectors:
            found.setdefault(said(each.code, _vocabulary(each.vocabulary, each.kind)), each)
        classes += [replace(each, percentage=None) for each in found.values()]
    keyed = []
    for each in classes:
        if each.code is None:
            portfolio.left_out[f"{each.kind} without code"] += 1
            continue
        fields = _class_fields(each, each.code, project)
        rest = said(each.percentage, each.significance, each.name)
        keyed.append((record_key("classification", "", fields), rest, (each.source, fields)))
    for key, (source, fields) in numbered(keyed):
        yield Record("classification", key, source, fields)


def _class_fields(each: Classification, code: Cell, project: Cell) -> dict[str, tuple[Cell, ...]]:
    kind = each.type if each.kind == "humanitarian-scope" and each.type is not None else None
    word = HUMANITARIAN_SCOPES.get(code_of(kind), each.kind)
    given = each.vocabulary is not None or each.kind in VOCABULARIES
    return filled(
        project=project,
        classification_type=read_as(kind, word) if kind is not None else code._replace(text=word, source=""),
        vocabulary=_stated_vocabulary(each.vocabulary, each.kind, code) if given else None,
        code=code,
        name=each.name,
        percentage=as_decimal(each.percentage),
        significance=each.significance,
    )


def _vocabulary(cell: Cell | None, kind: str) -> Cell:
    return Cell(code_of(cell, "vocabularies") or VOCABULARIES.get(kind, ""))


def _stated_vocabulary(cell: Cell | None, kind: str, code: Cell) -> Cell:
    """Return the vocabulary of a code, or the one that the standard means where none is stated, at the code's place."""
    text = _vocabulary(cell, kind).text
    return read_as(cell, text) if cell is not None else code._replace(text=text, source="")


def place_records(activity: Activity, project: Cell, portfolio: Portfolio) -> tuple[tuple[Cell, ...], list[Record]]:
    """Return cells that refer to the places of an activity, and the records of those that are new.

    :param activity: the activity; a place needs a name or a code of a gazetteer.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    places: dict[str, Cell] = {}
    records: list[Record] = []
    for each in activity.locations:
        key = _place_key(each, project.text)
        if not key:
            portfolio.left_out["location without name or code"] += 1
            continue
        shown = each.code or each.name[0]
        places.setdefault(key, read_as(shown, key)._replace(language=""))
        new = not portfolio.knows("place", key)
        fields = portfolio.new_names("place", key, each.name)
        if new and each.code is not None and each.vocabulary is not None:
            fields |= {"vocabulary": (each.vocabulary,), "code": (each.code,)}
        if new or fields:
            records.append(Record("place", (key,), each.source, fields))
    return tuple(places.values()), records


def _place_key(place: Location, project: str) -> str:
    """Return the key of a place: its code in a gazetteer, or its name within the activity."""
    parts: tuple[str, ...]
    name = lookup_key(main_name(place.name))
    if place.code is not None and place.vocabulary is not None:
        parts = (place.vocabulary.text.strip(), place.code.text.strip())
    elif name:
        parts = ("", project, name)
    else:
        return ""
    return "~".join(part.replace("%", "%25").replace("~", "%7E") for part in parts)
