"""Filters of the partnership pages, and how they stand in an address."""

from collections.abc import Mapping

from graph_app.views.reading import settings
from loaders.vocabulary import prefixes

__all__ = ["FILTERS", "short"]

#: Kind of entity to the parameter of ``queries/views/memberships.rq`` that filters by it.
FILTERS: Mapping[str, str] = {"country": "country", "donor": "donor", "target-group": "targetGroup"}

_PREFIX = {"country": "country", "target-group": "tg"}


def short(kind: str, iri: str) -> str:
    """Return what stands for an entity in an address; parameters of questions take it as well.

    :param kind: kind of entity, a key of :data:`FILTERS`.
    :param iri: its IRI.
    :returns: for example ``CZE`` or ``organisation/curated/iom``.
    """
    return iri.removeprefix(prefixes()[_PREFIX[kind]] if kind in _PREFIX else settings().base)
