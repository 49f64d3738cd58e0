"""The check of an entry that is being worked on: after a change only what the change touches is checked again.

What a change touches follows from the shapes themselves (:mod:`graph_app.validation.shacl.reach`). Where that cannot be
told, or is much, the whole entry is checked; both ways come to the same findings.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from graph_app.validation.check import SMALL, results_of
from graph_app.validation.entry import EntryReport, Referenced, pairs_of, report_of, stated
from graph_app.validation.entry_graph import NAMED_CLASSES, REFERENCES
from graph_app.validation.results import Result
from graph_app.validation.shacl.blocks import Block
from graph_app.validation.shacl.model import Uncovered
from graph_app.validation.shacl.reach import Reach, TooMuch, read_blocks
from graph_app.validation.shapes import shapes_graph
from graph_app.validation.statements import Statement, Statements
from loaders.batches import Batch
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.mapping.lines import iri, literal, read_quads
from loaders.mapping.ontology import ontology_lines
from loaders.records import Record
from loaders.vocabulary import BASE, DCT, IG, PROV, SKOS

__all__ = ["EntryAgain"]

logger = logging.getLogger(__name__)

#: Triples and entities of a change beyond which the whole entry is checked.
_MOST_TRIPLES, _MOST_ENTITIES = 4_000, 1_000
_TYPE, _DERIVED = iri(RDF.type), iri(PROV.wasDerivedFrom)
_NAMES = (iri(DCT.title), iri(SKOS.prefLabel))
#: From an entity to the cells that tell of it, by which findings are placed.
_PLACES = (
    *((PROV.wasDerivedFrom, path) for path in (IG.row, IG.line, IG.locator)),
    *((PROV.wasDerivedFrom, IG.cell, path) for path in (IG.field, IG.sourceValue, RDF.value)),
    *((PROV.wasDerivedFrom, IG.layout, IG.file, path) for path in (IG.fileName, IG.sheet)),
    *(
        (PROV.wasDerivedFrom, IG.layout, IG.field, path)
        for path in (IG.property, IG.column, DCT.language, IG.lineOffset)
    ),
)

_Pairs = list[tuple[Result, Finding]]


class EntryAgain:
    """An entry, and what its last check found. Its methods are for one thread at a time.

    :param base: base of all instance IRIs.
    """

    def __init__(self, base: str = BASE) -> None:
        self._base = base
        self._lines: frozenset[str] = frozenset()
        self._entry = Statements()
        self._known = Statements()
        self._told: set[str] = set()
        self._asked: Counter[str] = Counter()
        self._results: dict[str, _Pairs] = {}
        self._reach: Reach | None = None
        #: How many entities the last check looked at; ``None`` where it was the whole entry.
        self.looked_at: int | None = None

    def check(
        self,
        paths: Path | Iterable[Path],
        dataset: Dataset,
        referenced: Referenced,
        *,
        look: Callable[[Record | Batch], None] = lambda _: None,
    ) -> EntryReport:
        """Check the entry as :func:`graph_app.validation.entry.check_entry` does.

        :param paths: the file or files as they are now; they keep the hash that they had at the first check.
        :param dataset: the submission that they make up, always the same.
        :param referenced: gives what the graph knows; that may not change as long as this lives.
        :param look: told of each record that is read.
        """
        files = [paths] if isinstance(paths, Path) else list(paths)
        found: list[Finding] = []
        texts = list(stated(files, dataset, self._base, found, look))
        lines = frozenset(_triples(texts))
        self.looked_at = self._again(lines, referenced)
        if self.looked_at is None:
            self._fully(texts, lines, referenced)
        statements = sum(text.count("\n") for text in texts)
        return report_of((pair for pairs in self._results.values() for pair in pairs), found, statements)

    def _fully(self, texts: Sequence[str], lines: frozenset[str], referenced: Referenced) -> None:
        self._reach = None  # where this is broken off, the next check begins anew
        known = Graph()

        def remembering(iris: set[str]) -> Graph:
            nonlocal known
            known = referenced(iris)
            return known

        results: dict[str, _Pairs] = {}
        for pair in pairs_of(iter(texts), remembering):
            results.setdefault(_text(pair[0].focus), []).append(pair)
        self._results, self._lines = results, lines
        self._entry = Statements(map(_statement, lines))
        self._asked = Counter(need for line in lines for need in _needs(_statement(line)))
        self._known, self._told = Statements(), set()
        self._learn(known)
        if not any(isinstance(node, BNode) for node in known.all_nodes()) and not self._lost(results.values()):
            self._reach = _reach(self._entry)

    def _learn(self, known: Graph) -> list[Statement]:
        """Take in what the graph knows; returns what is new of it."""
        fresh = []
        for triple in known:
            one = Statement(*map(_text, triple))
            if one.object not in self._known.objects(one.subject, one.predicate):
                fresh.append(one)
                self._known.add(one)
                self._told |= {one.subject, one.object}
        return fresh

    def _again(self, lines: frozenset[str], referenced: Referenced) -> int | None:
        """Check what differs from the last time; returns how many entities that is about, none where all has to be."""
        reach = self._reach
        removed, added = list(map(_statement, self._lines - lines)), list(map(_statement, lines - self._lines))
        if reach is None or len(removed) + len(added) > _MOST_TRIPLES:
            return None
        self._reach = None  # until this is done, nothing can be built on it
        fresh = self._now_asked(removed, added)
        if fresh is None:
            return None
        touched = reach.about(removed, self._parts)
        for one in removed:
            self._entry.remove(one)
        for one in added:
            self._entry.add(one)
        added += self._learn(referenced(fresh)) if fresh else []
        touched |= reach.about(added, self._parts)
        touched |= self._naming({one.subject for one in (*removed, *added) if one.predicate in _NAMES})
        if not self._replace(touched, reach):
            return None
        self._lines, self._reach = lines, reach
        return len(touched)

    @property
    def _parts(self) -> tuple[Statements, ...]:
        return self._entry, self._known, _ontology()

    def _now_asked(self, removed: Iterable[Statement], added: Iterable[Statement]) -> set[str] | None:
        """Return what the graph has to be asked about now; none where what it told of something no longer counts."""
        wanted, given_up = (Counter(need for one in some for need in _needs(one)) for some in (added, removed))
        fresh = wanted.keys() - self._asked.keys()
        self._asked.update(wanted)
        self._asked.subtract(given_up)
        gone = {need for need in given_up if self._asked[need] <= 0}
        for need in gone:
            del self._asked[need]
        return None if any(iri(need) in self._told for need in gone) else fresh

    def _replace(self, touched: set[str], reach: Reach) -> bool:
        """Check some nodes, in place of what was found about them; returns whether they could be checked alone."""
        if len(touched) > _MOST_ENTITIES:
            return False
        try:
            pairs = list(self._pairs(touched, reach))
        except TooMuch:
            return False
        for node in touched:
            self._results.pop(node, None)
        for pair in pairs:
            self._results.setdefault(_text(pair[0].focus), []).append(pair)
        return not self._lost([pairs])

    def _naming(self, named: set[str]) -> set[str]:
        """Return the nodes whose findings name others that are called otherwise now."""
        if not named:
            return set()
        return {
            node
            for node, pairs in self._results.items()
            if any(isinstance(result.value, URIRef) and iri(result.value) in named for result, _ in pairs)
        }

    def _pairs(self, touched: set[str], reach: Reach) -> Iterator[tuple[Result, Finding]]:
        about: set[Node] = {URIRef(node[1:-1]) for node in touched if self._entry.objects(node, _TYPE)}
        if not about:
            return
        entry, known, _ = reach.around([_text(node) for node in about], self._parts, SMALL)
        for one in {end for triple in (*entry, *known) for end in (triple.subject, triple.object)}:
            for part, into in ((self._entry, entry), (self._known, known)):
                for path in _NAMES:
                    into.update(Statement(one, path, name) for name in part.objects(one, path))
        yield from results_of(_graph(entry), _graph(known), about)

    def _lost(self, results: Iterable[_Pairs]) -> bool:
        """Tell whether a finding was placed by what its entity hangs on, which is not kept track of."""
        return any(
            found.location is not None and not self._entry.objects(_text(result.focus), _DERIVED)
            for pairs in results
            for result, found in pairs
        )


def _reach(entry: Statements) -> Reach | None:
    try:
        return Reach(_blocks(), _PLACES, entry.crowds())
    except Uncovered as reason:
        logger.info("Every change has all of an entry checked: %s", reason)
        return None


@cache
def _blocks() -> tuple[Block, ...]:
    return read_blocks(shapes_graph())


@cache
def _ontology() -> Statements:
    return Statements(map(_statement, _triples(ontology_lines())))


def _triples(texts: Iterable[str]) -> Iterator[str]:
    """Yield what N-Quads state without their graphs; literals may hold what other methods take for ends of lines."""
    return (line.rpartition(" <")[0] for text in texts for line in text.split("\n") if line)


def _statement(line: str) -> Statement:
    return Statement(*line.split(" ", 2))


def _needs(one: Statement) -> Iterator[str]:
    """Yield the IRIs of a triple that the graph is asked about."""
    if one.predicate == _TYPE:
        if one.object[1:-1] in NAMED_CLASSES:
            yield one.subject[1:-1]
    elif one.predicate[1:-1] in _REFERENCES:
        yield from (end[1:-1] for end in (one.subject, one.object) if end[0] == "<")


_REFERENCES = frozenset(map(str, REFERENCES))


def _text(term: Node) -> str:
    if isinstance(term, Literal):
        return literal(str(term), term.language or "", str(term.datatype or ""))
    return iri(str(term))


def _graph(triples: Iterable[Statement]) -> Graph:
    graph = Graph()
    for one in triples:
        for quad in read_quads(f"{one.subject} {one.predicate} {one.object} <urn:entry> .\n"):
            graph.add(quad[:3])
    return graph
