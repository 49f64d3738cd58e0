"""What one load says of one entity, and in which cells: read from the text of a release, else from the inbox again."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from graph_app.journal.deployment import open_inbox
from graph_app.journal.errors import JournalError
from graph_app.journal.loads import Load
from graph_app.releases.notes import load_digest, part_name
from graph_app.releases.release import Release
from graph_app.settings import Settings
from graph_app.stewardship.changes import Fact, facts_of
from graph_app.store.canonical import write_canonical
from graph_app.store.sorted_lines import Text, beginning_with, mapped
from graph_app.validation.places import place_of
from graph_app.validation.shapes import concepts_for
from loaders.errors import SourceError
from loaders.findings import Location
from loaders.load import load_lines
from loaders.mapping.lines import read_quads
from loaders.vocabulary import IG, PROV

__all__ = ["Stated", "Statement", "Unknown", "stated"]

#: Files of more bytes are not read again to tell what they said.
_MOST_BYTES = 100_000_000
#: What leads from an entity to the cells behind it.
_PROVENANCE = frozenset({PROV.wasDerivedFrom, IG.layout, IG.file, IG.field, IG.cell})


class Unknown(Exception):
    """What a load said can no longer be told; the text says why."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its place.

    :param fact: the statement.
    :param place: where it stands in the file, or ``None`` where the source does not tell.
    :param written: what stands there, as written; empty where the place of the record alone is known.
    """

    fact: Fact
    place: Location | None
    written: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a load says of an entity.

    :param described: whether it says anything.
    :param statements: property and value to the statement.
    """

    described: bool = False
    statements: Mapping[tuple[str, str], Statement] = field(default_factory=dict, hash=False)


def stated(load: Load, entity: str, kept: tuple[Release, ...], settings: Settings) -> Stated:
    """Tell what a load says of an entity.

    :param load: the load.
    :param entity: IRI of the entity.
    :param kept: the releases that are still there; one that was made of the load tells what it said then.
    :param settings: where the inbox is; a load of which no release is left is read from there as it is read now.
    :raises Unknown: if its file is damaged, can no longer be read, or is too large to be read for this.
    """
    digest, name = load_digest(load), part_name(load.dataset.key)
    for release in kept:
        if digest in {note.load for note in release.datasets} and release.as_loaded_file(name).is_file():
            return _read(release.as_loaded_file(name), entity)
    size = sum(file.size for file in load.files)
    if size > _MOST_BYTES:
        raise Unknown(f"no release of it is left, and its {size:,} bytes are too many to be read again for this")
    with ExitStack() as held:
        try:
            work = Path(held.enter_context(TemporaryDirectory(prefix="intgraph-")))
            laid = held.enter_context(open_inbox(settings).lend(load.files, name=load.name, folder=load.folder))
            lines = load_lines(laid, load.dataset, base=settings.base)
            write_canonical((item for item in lines if isinstance(item, str)), work / name)
            return _read(work / name, entity)
        except (SourceError, JournalError) as error:
            raise Unknown(f"no release of it is left, and its file cannot be read: {error}") from error


def _read(content: Path, entity: str) -> Stated:
    with mapped(content) as text:
        said = _gather(text, URIRef(entity))
        pairs = [
            (path, value)
            for path, value in said.predicate_objects(URIRef(entity))
            if path not in {RDF.type, PROV.wasDerivedFrom} and isinstance(path, URIRef)
        ]
        described = (URIRef(entity), None, None) in said
        names = Graph()
        names += said
        for _, value in pairs:
            if isinstance(value, URIRef):
                names += _about(text, value)
    names += concepts_for(names)
    statements = {}
    for path, value in pairs:
        place, written = place_of(said, URIRef(entity), (path,), value)
        statements[str(path), value.n3()] = Statement(facts_of([(path, value)], names)[0], place, written)
    return Stated(described, statements)


def _gather(text: Text, entity: URIRef) -> Graph:
    """Read what is said of an entity, and the records, layouts and cells behind it."""
    said, waiting, done = Graph(), {entity}, set[URIRef]()
    while waiting:
        node = waiting.pop()
        done.add(node)
        for triple in _about(text, node):
            said.add(triple)
            if triple[1] in _PROVENANCE and isinstance(triple[2], URIRef) and triple[2] not in done:
                waiting.add(triple[2])
    return said


def _about(text: Text, subject: URIRef) -> Graph:
    graph = Graph()
    for line in beginning_with(text, f"<{subject}> ".encode()):
        for quad in read_quads(line.decode()):
            graph.add(quad[:3])
    return graph
