"""What a release holds, counted once when it is made."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph_app.columns.catalogue import Catalogue, read_catalogue
from graph_app.columns.database import connect_reading
from graph_app.columns.kinds import RESOURCES, TEXT
from graph_app.releases.release import Release, unreadable
from graph_app.store.oxigraph import OxigraphStore

__all__ = ["Statistics", "count_columns", "count_store", "read_statistics", "store_agrees", "write_statistics"]

_FILE = "statistics.json"
_CLASSES = "SELECT ?key (COUNT(?thing) AS ?count) WHERE { ?thing a ?key } GROUP BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(?thing) AS ?count) WHERE { ?thing ?key ?value } GROUP BY ?key"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over the union of all graphs.

    :param classes: IRI of a class to how many instances it has.
    :param properties: IRI of a property to how many triples have it.
    """

    classes: Mapping[str, int] = field(hash=False)
    properties: Mapping[str, int] = field(hash=False)

    @property
    def triples(self) -> int:
        """How many different triples there are, whatever number of graphs holds them."""
        return sum(self.properties.values())


def count_columns(path: Path) -> Statistics:
    """Take the counts from what columns say of themselves.

    :param path: their folder.
    :raises ColumnsError: if they cannot be read.
    """
    catalogue = _catalogue(path)
    classes = {one.iri: one.members for one in catalogue.classes.values()}
    properties = {one.iri: one.triples for one in catalogue.predicates.values()}
    return Statistics(dict(sorted(classes.items())), dict(sorted(properties.items())))


def store_agrees(store: OxigraphStore, columns: Path) -> bool:
    """Return whether a store holds as much as columns do.

    The store makes one value of two spellings ("1.50" and "1.5"), columns keep both: of properties whose values can be
    written in several ways it may hold less.

    :param store: the store.
    :param columns: folder of the columns.
    :raises ColumnsError: if they cannot be read.
    """
    stored, kept = count_store(store), count_columns(columns)
    if stored.classes != kept.classes or stored.properties.keys() != kept.properties.keys():
        return False
    exact = {one.iri for one in _catalogue(columns).predicates.values() if not one.kinds & ~(RESOURCES | TEXT)}
    return all(
        number == kept.properties[iri] or (number < kept.properties[iri] and iri not in exact)
        for iri, number in stored.properties.items()
    )


def count_store(store: OxigraphStore) -> Statistics:
    """Count what a store holds.

    :param store: the store.
    """
    return Statistics(_counts(store, _CLASSES), _counts(store, _PROPERTIES))


def write_statistics(statistics: Statistics, folder: Path) -> None:
    """Keep the counts.

    :param statistics: the counts.
    :param folder: folder of the release in the making.
    """
    (folder / _FILE).write_text(json.dumps(asdict(statistics), indent=1) + "\n", encoding="utf-8")


def read_statistics(release: Release) -> Statistics:
    """Read the counts of a release.

    :param release: the release.
    :raises NoRelease: if they are missing or broken.
    """
    try:
        return Statistics(**json.loads((release.path / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise unreadable(release.path, error) from error


def _catalogue(columns: Path) -> Catalogue:
    with connect_reading(columns) as connection:
        return read_catalogue(connection)


def _counts(store: OxigraphStore, query: str) -> dict[str, int]:
    rows = json.loads(store.evaluate(query).body)["results"]["bindings"]
    return {
        row["key"]["value"]: int(row["count"]["value"]) for row in sorted(rows, key=lambda row: row["key"]["value"])
    }
