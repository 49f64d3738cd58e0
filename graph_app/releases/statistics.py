"""What a release holds, counted once when it is made."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph_app.releases.release import Release, unreadable
from graph_app.store.oxigraph import OxigraphStore

__all__ = ["Statistics", "count_store", "read_statistics", "write_statistics"]

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


def _counts(store: OxigraphStore, query: str) -> dict[str, int]:
    rows = json.loads(store.evaluate(query).body)["results"]["bindings"]
    return {
        row["key"]["value"]: int(row["count"]["value"]) for row in sorted(rows, key=lambda row: row["key"]["value"])
    }
