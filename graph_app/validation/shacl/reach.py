"""How far shapes look from a node: which nodes a change of some triples is about, and what must be known of a node.

Each variable of a question is reached from its focus node by one chain of steps. All chains of all questions make up a
tree. What a node's results follow from is found by walking down the tree from it; for which nodes a triple counts, by
walking up wherever a step of the tree matches it. Both ways more may be found than counts, and never less.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rdflib import Graph, URIRef

from graph_app.validation.shacl.blocks import ROOT, Block, Hop, blocks_of
from graph_app.validation.shacl.model import Uncovered
from graph_app.validation.shacl.questions import Questions
from graph_app.validation.shacl.read import ShapeReader
from graph_app.validation.statements import Statement, Statements

__all__ = ["Reach", "TooMuch", "read_blocks"]

#: Cost of a step against its direction, which may lead from a donor to thousands of grants.
_BACK = 1_000


class TooMuch(Exception):
    """More is reached than was asked for."""


@dataclass(eq=False)
class _Spot:
    """A place in the tree: where a chain of steps leads to."""

    before: "_Spot | None" = None
    predicate: str = ""
    forward: bool = True
    repeated: bool = False
    behind: "dict[tuple[str, bool, bool], _Spot]" = field(default_factory=dict)

    def go(self, predicate: str, *, forward: bool, repeated: bool = False) -> "_Spot":
        """Return the place that a step leads to."""
        key = (predicate, forward, repeated)
        if key not in self.behind:
            self.behind[key] = _Spot(self, *key)
        return self.behind[key]


def read_blocks(shapes: Graph) -> tuple[Block, ...]:
    """Return what all questions of some shapes look at.

    :param shapes: the shapes.
    :raises Uncovered: if that cannot be told of one of them.
    """
    reader, questions = ShapeReader(shapes), Questions(shapes, {})
    found: dict[Block, None] = {}
    for node in reader.targeted():
        for question in questions.ask(reader.shape(node)):
            found |= dict.fromkeys(blocks_of(question.query.pattern, "this"))
    return tuple(found)


class Reach:
    """The tree of all steps.

    :param blocks: what questions look at.
    :param further: chains of predicates that are looked at besides.
    :param crowds: predicates that lead backwards to very many nodes, those with the most last.
    :raises Uncovered: if a question looks at something that no chain of steps leads to.
    """

    def __init__(
        self, blocks: Iterable[Block], further: Iterable[Sequence[URIRef]] = (), crowds: Sequence[str] = ()
    ) -> None:
        self._root = _Spot()
        self._matching: dict[str, list[_Spot]] = {}
        self._crowds = {predicate: rank for rank, predicate in enumerate(crowds, start=1)}
        for block in blocks:
            self._add(block)
        for chain in further:
            spot = self._root
            for predicate in chain:
                spot = spot.go(f"<{predicate}>", forward=True)
        waiting = [self._root]
        while waiting:
            spot = waiting.pop()
            self._matching.setdefault(spot.predicate, []).append(spot)
            waiting += spot.behind.values()

    def about(self, triples: Iterable[Statement], known: Sequence[Statements]) -> set[str]:
        """Find the nodes whose results may follow from some triples.

        :param triples: the triples, which are among what is known.
        :param known: all that is known, in parts.
        """
        by_predicate: dict[str, list[Statement]] = {}
        for triple in triples:
            by_predicate.setdefault(triple.predicate, []).append(triple)
        found: set[str] = set()
        for predicate, members in by_predicate.items():
            for spot in self._matching.get(predicate, ()):
                nodes = {one.subject if spot.forward else one.object for one in members}
                if spot.repeated:
                    nodes = _all(nodes, known, predicate, forward=not spot.forward)
                found |= _up(spot.before, nodes, known)
        return found

    def around(self, nodes: Collection[str], known: Sequence[Statements], most: int) -> tuple[set[Statement], ...]:
        """Find all that the results of some nodes follow from.

        :param nodes: the nodes.
        :param known: all that is known, in parts.
        :param most: how many triples there may be.
        :returns: triples of each part.
        :raises TooMuch: if there are more.
        """
        found: tuple[set[Statement], ...] = tuple(set() for _ in known)
        waiting: list[tuple[_Spot, set[str]]] = [(self._root, set(nodes))]
        while waiting:
            spot, here = waiting.pop()
            for (predicate, forward, repeated), behind in spot.behind.items():
                there = set(here) if repeated else set()
                fresh = here
                while fresh:
                    led = set()
                    for part, into in zip(known, found, strict=True):
                        for one in fresh:
                            ends = part.objects(one, predicate) if forward else part.subjects(predicate, one)
                            led |= set(ends)
                            into.update(
                                Statement(one, predicate, end) if forward else Statement(end, predicate, one)
                                for end in ends
                            )
                    fresh = led - there if repeated else set()
                    there |= led
                if sum(map(len, found)) > most:
                    raise TooMuch
                if there and behind.behind:
                    waiting.append((behind, there))
        return found

    def _add(self, block: Block) -> None:
        spots = {ROOT: self._root}
        hops = (*block.own, *block.beside)
        while True:
            ways = [way for hop in hops for way in self._ways(hop, spots)]
            if not ways:
                break
            _, name, spot, predicate, forward, repeated = min(ways, key=lambda way: way[0])
            spots[name] = spot.go(predicate, forward=forward, repeated=repeated)
        for hop in block.own:
            if hop.subject in spots:
                spots[hop.subject].go(f"<{hop.predicate}>", forward=True, repeated=hop.repeated)
            elif hop.object in spots:
                spots[hop.object].go(f"<{hop.predicate}>", forward=False, repeated=hop.repeated)
            else:
                raise Uncovered(f"{hop.predicate}, to which no steps lead")

    def _ways(self, hop: Hop, spots: dict[str, _Spot]) -> list[tuple[int, str, _Spot, str, bool, bool]]:
        """Return the ways in which a step leads to a variable that was not reached, each with its cost."""
        predicate = f"<{hop.predicate}>"
        ways = []
        if hop.subject in spots and hop.object and hop.object not in spots:
            ways.append((1, hop.object, spots[hop.subject], predicate, True, hop.repeated))
        if hop.object in spots and hop.subject and hop.subject not in spots:
            cost = _BACK * (1 + self._crowds.get(predicate, 0))
            ways.append((cost, hop.subject, spots[hop.object], predicate, False, hop.repeated))
        return ways


def _up(spot: _Spot | None, nodes: set[str], known: Sequence[Statements]) -> set[str]:
    """Walk from nodes at a place of the tree up to its root."""
    while spot is not None and spot.before is not None and nodes:
        if spot.repeated:
            nodes = _all(nodes, known, spot.predicate, forward=not spot.forward)
        else:
            nodes = _next(nodes, known, spot.predicate, forward=not spot.forward)
        spot = spot.before
    return nodes


def _next(nodes: set[str], known: Sequence[Statements], predicate: str, *, forward: bool) -> set[str]:
    return {
        end
        for part in known
        for one in nodes
        for end in (part.objects(one, predicate) if forward else part.subjects(predicate, one))
    }


def _all(nodes: set[str], known: Sequence[Statements], predicate: str, *, forward: bool) -> set[str]:
    """Follow a predicate from nodes any number of times."""
    found, fresh = set(nodes), set(nodes)
    while fresh:
        fresh = _next(fresh, known, predicate, forward=forward) - found
        found |= fresh
    return found
