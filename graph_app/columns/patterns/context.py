"""What all patterns of one query share: names of columns, ids of terms, the catalogue."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from graph_app.columns.catalogue import Catalogue, Predicate
from graph_app.columns.kinds import RESOURCES, Kind
from graph_app.columns.terms import Constant

__all__ = ["Context"]


@dataclass(slots=True)
class Context:
    """What is known while a query is compiled.

    :param catalogue: predicates and their homes.
    :param find: finds the id of a term in the dictionary.
    :param blank: whether the graph has blank nodes.
    :param slots: variable to the kinds of the terms that its slot ``VALUES ?name { UNDEF }`` gets when the query runs.
    """

    catalogue: Catalogue
    find: Callable[[Constant], int | None]
    blank: bool = True
    slots: Mapping[str, tuple[Kind, ...]] = field(default_factory=dict)
    _ids: dict[Constant, int] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def id(self, term: Constant) -> int:
        """Return the id of a term; one that the dictionary lacks gets a negative one, which nothing else has.

        :param term: the term.
        """
        if term not in self._ids:
            found = self.find(term)
            self._ids[term] = -1 - len(self._ids) if found is None else found
        return self._ids[term]

    @property
    def unknown(self) -> dict[Constant, int]:
        """Terms of the query that the dictionary lacks, and their ids."""
        return {term: number for term, number in self._ids.items() if number < 0}

    def name(self, variable: str) -> str:
        """Return the name of the columns of a variable, the same wherever the variable stands.

        :param variable: the variable.
        """
        return self._names.setdefault(variable, f"v{len(self._names)}")

    def alias(self) -> str:
        """Return an alias that no other FROM clause has."""
        return f"a{next(self._numbers)}"

    def hidden(self) -> str:
        """Return a variable that no query names."""
        return f"_:step{next(self._numbers)}"

    def predicate(self, iri: str) -> Predicate | None:
        """Return a predicate, or ``None`` where the graph has none of that IRI.

        :param iri: its IRI.
        """
        return self.catalogue.predicates.get(iri)

    @property
    def subjects(self) -> Kind:
        """Kinds of subjects."""
        return RESOURCES if self.blank else Kind.IRI

    @property
    def anything(self) -> Kind:
        """Kinds of subjects and objects."""
        found = self.subjects
        for predicate in self.catalogue.predicates.values():
            found |= predicate.kinds
        return found
