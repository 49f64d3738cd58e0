"""Filters of the partnership pages, and how they stand in an address."""

from collections.abc import Mapping

from graph_app.components.links import Reference
from graph_app.views.reading import settings
from loaders.vocabulary import IG, SKOS, prefixes

__all__ = ["FILTERS", "name_in_entries", "short"]

#: Kind of entity to the parameter of ``queries/views/memberships.rq`` that filters by it.
FILTERS: Mapping[str, str] = {"country": "country", "donor": "donor", "target-group": "targetGroup"}

#: Classes whose entities a new entry may name by the last part of their IRI, and those by its path below the base.
_BY_KEY = frozenset(map(str, (IG.Country, IG.TargetGroup, SKOS.Concept)))
_BY_PATH = frozenset(
    map(str, (IG.Organisation, IG.Project, IG.Programme, IG.Partnership, IG.Place, IG.Output, IG.Grant))
)

_PREFIX = {"country": "country", "target-group": "tg"}


def short(kind: str, iri: str) -> str:
    """Return what stands for an entity in an address; parameters of questions take it as well.

    :param kind: kind of entity, a key of :data:`FILTERS`.
    :param iri: its IRI.
    :returns: for example ``CZE`` or ``organisation/curated/iom``.
    """
    return iri.removeprefix(prefixes()[_PREFIX[kind]] if kind in _PREFIX else settings().base)


def name_in_entries(found: Reference, base: str) -> str:
    """Return what a new entry may write to refer to an entity of the graph.

    :param found: the entity.
    :param base: base of all instance IRIs.
    :returns: for example ``CZE`` or ``organisation/curated/iom``; empty for what no field of an entry refers to.
    """
    if found.type in _BY_KEY:
        return found.iri.rstrip("/").rsplit("/", 1)[-1]
    return found.iri.removeprefix(base) if found.type in _BY_PATH and found.iri.startswith(base) else ""
