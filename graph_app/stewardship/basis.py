"""What a check of a submission stood on, so that it can be told later whether the graph moved there."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import Graph, URIRef

from graph_app.journal.events import Event
from graph_app.journal.loads import loads_in_force
from graph_app.journal.said import Sentence
from loaders.vocabulary import PROV

__all__ = ["Basis", "basis_of", "moved"]

#: Digits that tell two states of one entity apart.
_DIGITS = 16
#: Entities that are named where very many have moved.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Basis:
    """What a check stood on.

    :param dataset: hash of the event in force that has published the dataset; empty for one without content.
    :param entities: IRI of each entity of the submission that other datasets describe too, and a digest of what they
        say of it. Those that only the submission describes are not here.
    """

    dataset: str
    entities: Mapping[str, str] = field(hash=False)


def basis_of(dataset: str, described: Iterable[URIRef], others: Graph, events: Iterable[Event]) -> Basis:
    """Note what a check stands on.

    :param dataset: key of the dataset.
    :param described: the entities that the submission describes.
    :param others: what other datasets say of them.
    :param events: all events of the journal.
    """
    in_force = (load.event.hash for load in loads_in_force(events) if load.dataset.key == dataset)
    digests = ((str(entity), _digest(others, entity)) for entity in described)
    return Basis(next(in_force, ""), {iri: digest for iri, digest in sorted(digests) if digest})


def moved(details: Mapping[str, Any], now: Basis, dataset: str, events: Iterable[Event]) -> tuple[Sentence, ...]:
    """Say what moved since a check.

    :param details: what the event of the check says.
    :param now: what a check of now stands on.
    :param dataset: key of the dataset.
    :param events: all events of the journal.
    :returns: a sentence for each thing that is not as it was.
    """
    entities: Mapping[str, str] = details["entities"]
    found = [*_dataset(details["dataset"], now.dataset, dataset, events), *_entities(entities, now.entities)]
    left = len(found) - _NAMED
    more = [_said("{count} more entities are not as they were.", count=left)] if left > 0 else []
    return (*found[:_NAMED], *more)


def _said(template: str, **values: object) -> Sentence:
    return Sentence("graph_app.stewardship", template, **values)


def _dataset(before: str, now: str, key: str, events: Iterable[Event]) -> Iterator[Sentence]:
    if before == now:
        return
    known = {event.hash: event for event in events}
    if now in known:
        event = known[now]
        yield _said(
            "The dataset {key} is now as in event {seq}, published by {actor} on {day}.",
            key=key,
            seq=event.seq,
            actor=event.actor,
            day=f"{event.time:%Y-%m-%d}",
        )
    else:
        yield _said("The dataset {key}, whose content it takes the place of, has been taken out of the graph.", key=key)


def _entities(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Sentence]:
    for iri in sorted({**before, **now}):
        if iri not in before:
            yield _said("{iri} is described by another dataset now, and was not when this was checked.", iri=iri)
        elif iri not in now:
            yield _said("{iri} was described by another dataset, and no longer is.", iri=iri)
        elif before[iri] != now[iri]:
            yield _said("Something else is said now of {iri}.", iri=iri)


def _digest(others: Graph, entity: URIRef) -> str:
    """Return a digest of all that is said of an entity, wherever it stands; empty where nothing is."""
    said = sorted(
        f"{path.n3()} {value.n3()}" for path, value in others.predicate_objects(entity) if path != PROV.wasDerivedFrom
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:_DIGITS] if said else ""
