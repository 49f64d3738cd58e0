"""How new entries refer to what is in the graph."""

from graph_app.components.links import Reference
from loaders.vocabulary import IG, SKOS

__all__ = ["name_in_entries"]

#: Classes whose entities a new entry may name by the last part of their IRI, and those by its path below the base.
_BY_KEY = frozenset(map(str, (IG.Country, IG.TargetGroup, SKOS.Concept)))
_BY_PATH = frozenset(
    map(str, (IG.Organisation, IG.Project, IG.Programme, IG.Partnership, IG.Place, IG.Output, IG.Grant))
)


def name_in_entries(found: Reference, base: str) -> str:
    """Return what a new entry may write to refer to an entity of the graph.

    :param found: the entity.
    :param base: base of all instance IRIs.
    :returns: for example ``CZE`` or ``organisation/curated/iom``; empty for what no field of an entry refers to.
    """
    if found.type in _BY_KEY:
        return found.iri.rstrip("/").rsplit("/", 1)[-1]
    return found.iri.removeprefix(base) if found.type in _BY_PATH and found.iri.startswith(base) else ""
