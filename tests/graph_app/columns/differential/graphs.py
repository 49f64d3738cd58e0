"""Random graphs, small enough to read: entities of a class or two, with values that are mostly of their kind."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.graph_app.columns.differential.terms import BLANKS, CLASSES, KINDS, NODES, PREDICATES, TYPE

__all__ = ["Graph", "Triple", "graphs"]

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of some named graphs.

    :param quads: triples, each with the names of the graphs that state it.
    """

    quads: tuple[tuple[Triple, tuple[str, ...]], ...]

    @property
    def triples(self) -> tuple[Triple, ...]:
        """The triples of the union of all graphs."""
        return tuple(triple for triple, _ in self.quads)

    @property
    def nodes(self) -> tuple[str, ...]:
        """All subjects and objects but blank nodes, which no query can name."""
        found = dict.fromkeys(term for s, _, o in self.triples for term in (s, o) if not term.startswith("_:"))
        return tuple(found)

    @property
    def nquads(self) -> str:
        """The graph as N-Quads."""
        return "".join(f"{s} {p} {o} {graph} .\n" for (s, p, o), graphs in self.quads for graph in graphs)


_SUBJECTS = st.sampled_from(NODES + NODES + BLANKS)
_OBJECTS = {
    "node": _SUBJECTS,
    "class": st.sampled_from(CLASSES),
    **{kind: st.sampled_from(terms) for kind, terms in KINDS.items()},
}
_ANY = st.sampled_from(tuple(_OBJECTS)).flatmap(_OBJECTS.__getitem__)
_PLACES = st.sampled_from([("<urn:g1>",), ("<urn:g2>",), ("<urn:g1>", "<urn:g2>")])


def _triple(predicate: str) -> st.SearchStrategy[Triple]:
    kinds = [_OBJECTS[kind] for kind in PREDICATES[predicate]]
    return st.tuples(_SUBJECTS, st.just(predicate), st.one_of(kinds))


_KEPT = st.sampled_from((*PREDICATES, *tuple(PREDICATES)[:4])).flatmap(_triple)
#: One triple in about thirty has an object of another kind than its predicate keeps.
_LOOSE = st.integers(0, 29).flatmap(
    lambda number: st.tuples(_SUBJECTS, st.sampled_from(tuple(PREDICATES)), _ANY) if number == 29 else _KEPT
)


@st.composite
def _entities(draw: st.DrawFn) -> list[Triple]:
    """Members of one class that have most of some properties once: what a table of a class is made for."""
    chosen = draw(st.lists(st.sampled_from([p for p in PREDICATES if p != TYPE]), unique=True, min_size=1, max_size=4))
    members = draw(st.lists(st.sampled_from(NODES + BLANKS), unique=True, min_size=2, max_size=6))
    found: list[Triple] = []
    for member in members:
        found.append((member, TYPE, CLASSES[0]))
        found += [
            (member, predicate, draw(_triple(predicate))[2]) for predicate in chosen if draw(st.integers(0, 7)) < 7
        ]
    return found


def graphs() -> st.SearchStrategy[Graph]:
    """Graphs of up to some forty triples, each in one or both of two named graphs."""
    some, many = st.lists(_LOOSE, max_size=8), st.lists(_LOOSE, min_size=10, max_size=30)
    triples = st.one_of(some, many, many, st.tuples(_entities(), some).map(lambda pair: pair[0] + pair[1]))
    return triples.map(lambda found: list(dict.fromkeys(found))).flatmap(
        lambda found: st.tuples(*(st.tuples(st.just(triple), _PLACES) for triple in found)).map(Graph)
    )
