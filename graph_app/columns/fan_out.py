"""How many triples lead on from a term, on average."""

from collections.abc import Collection, Iterator

from graph_app.columns.algebra.nodes import (
    Alternative,
    Inverse,
    Negated,
    Node,
    Path,
    Repeat,
    Sequence,
    Step,
    Triple,
    Variable,
)
from graph_app.columns.catalogue import Catalogue
from graph_app.columns.terms import Constant

__all__ = ["FanOut", "taken_apart"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: How many steps a path of any length is thought to take.
_LENGTH = 4
#: A subject has so many triples, and a term is the object of so many, where the predicate is not known.
_ABOUT = 10.0


class FanOut:
    """Tells how many solutions one triple pattern makes of one.

    :param catalogue: what is known of the graph.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, triple: Triple, bound: Collection[str]) -> float:
        """Return the number for a triple pattern.

        :param triple: the pattern.
        :param bound: variables that have a term by then.
        """
        subject, target = _known(triple.subject, bound), _known(triple.object, bound)
        match triple.predicate:
            case Variable():
                return self._any(subject=subject, target=target)
            case Step(iri) if iri == _TYPE and isinstance(triple.object, Constant) and not subject:
                known = self._catalogue.classes.get(triple.object.lex)
                return float(known.members) if known is not None else 0.0
            case path:
                return self._path(path, subject=subject, target=target)

    def _any(self, *, subject: bool, target: bool) -> float:
        if subject or target:
            return 1.0 if subject and target else _ABOUT
        return float(self._catalogue.triples)

    def _path(self, path: Path, *, subject: bool, target: bool) -> float:
        match path:
            case Step(iri):
                return self._step(iri, subject=subject, target=target)
            case Inverse(inner):
                return self._path(inner, subject=target, target=subject)
            case Alternative(parts):
                return sum(self._path(part, subject=subject, target=target) for part in parts)
            case Sequence(parts):
                first, *others = parts if subject or not target else reversed(parts)
                ways = self._path(first, subject=subject, target=target and not subject)
                for part in others:
                    ways *= max(1.0, self._path(part, subject=subject or not target, target=target and not subject))
                return ways
            case Repeat(inner):
                return _LENGTH * max(1.0, self._path(inner, subject=subject, target=target and not subject))
            case Negated():
                return self._any(subject=subject, target=target)

    def _step(self, iri: str, *, subject: bool, target: bool) -> float:
        predicate = self._catalogue.predicates.get(iri)
        if predicate is None or not predicate.triples:
            return 0.0
        if subject:
            return 1.0 if target else predicate.triples / predicate.subjects
        return predicate.triples / (predicate.objects if target else 1)


def _known(node: Node, bound: Collection[str]) -> bool:
    return not isinstance(node, Variable) or node.name in bound


def taken_apart(triple: Triple) -> Iterator[Triple]:
    """Take a sequence apart into its steps, which meet in variables that nothing else names.

    :param triple: a triple or path pattern.
    """
    match triple.predicate:
        case Inverse(path):
            yield from taken_apart(Triple(triple.object, path, triple.subject))
        case Sequence(parts):
            nodes: list[Node] = [triple.subject]
            nodes += [Variable(f"_:{id(triple)} {number}") for number in range(1, len(parts))]
            nodes.append(triple.object)
            for number, part in enumerate(parts):
                yield from taken_apart(Triple(nodes[number], part, nodes[number + 1]))
        case _:
            yield triple
