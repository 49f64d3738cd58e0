"""The triples of a template for the solutions of its pattern (SPARQL 1.1, section 16.2)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice, repeat
from typing import Generic, NamedTuple, TypeVar

from graph_app.columns.algebra.nodes import Node, Path, Step, Triple, Variable
from graph_app.columns.answers import ntriples_term
from graph_app.columns.declined import Declined
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant

__all__ = ["Batch", "constructed"]


_Written = TypeVar("_Written")


class Batch(NamedTuple, Generic[_Written]):
    """Some solutions.

    :param size: how many.
    :param columns: the written term of each, or none, for each variable.
    """

    size: int
    columns: Sequence[Iterable[_Written | None]]

    def rows(self) -> Iterable[tuple[_Written | None, ...]]:
        """Return the solutions one by one."""
        return zip(*self.columns, strict=True) if self.columns else repeat((), self.size)


def constructed(
    template: tuple[Triple, ...], names: tuple[str, ...], batches: Iterable[Batch[str]]
) -> Iterator[list[str]]:
    """Write the triples of a template for each solution.

    :param template: the template.
    :param names: variables of the solutions.
    :param batches: the solutions, their terms as :func:`graph_app.columns.answers.ntriples_term` writes them.
    :returns: lists of lines of N-Triples, some of them repeated.
    """
    number = count()  # a blank node of the template is another one in each solution
    for size, columns in batches:
        known = dict(zip(names, map(list, columns), strict=True))
        numbers = list(islice(number, size))
        for triple in template:
            nodes = (_terms(node, known, numbers) for node in (triple.subject, triple.predicate, triple.object))
            # A literal is no subject, and nothing but an IRI is a predicate: such a triple is left out.
            yield [
                f"{subject} {predicate} {target} .\n"
                for subject, predicate, target in zip(*nodes, strict=True)
                if subject and predicate and target and subject[0] != '"' and predicate[0] == "<"
            ]


def _terms(node: Node | Path, known: dict[str, list[str | None]], numbers: Sequence[int]) -> Iterable[str | None]:
    """Return the term of each solution at a node of a template."""
    match node:
        case Step(iri):
            return repeat(ntriples_term(Constant(Kind.IRI, iri)), len(numbers))
        case Variable(name):
            return [f"_:new{name[2:]}x{number}" for number in numbers] if name.startswith("_:") else known[name]
        case Constant():
            return repeat(ntriples_term(node), len(numbers))
    raise Declined("a template holds a path")
