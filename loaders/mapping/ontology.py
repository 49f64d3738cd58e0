"""Ontology and schemes as N-Quads, so that every release holds the words it uses."""

from collections.abc import Iterator

from loaders import resources
from loaders.mapping.lines import iri, literal
from loaders.mapping.quads import ontology_graph
from loaders.turtle import Term, Text, read_turtle
from loaders.vocabulary import BASE

__all__ = ["ontology_lines"]

#: The table of prefixes is a lookup of tools, not a part of the model.
_LEFT_OUT = frozenset({"prefixes.ttl"})


def ontology_lines(base: str = BASE) -> Iterator[str]:
    """Yield every statement of ``ontology/*.ttl``, all of which stand between named nodes.

    :param base: base of all instance IRIs.
    :returns: lines of N-Quads in the ontology's own graph.
    :raises ValueError: if a file holds a blank node, or what :func:`loaders.turtle.read_turtle` does not understand.
    """
    end = f"{iri(ontology_graph(base))} .\n"
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        if path.name in _LEFT_OUT:
            continue
        for subject, said in read_turtle(path).about.items():
            for predicate, terms in said.items():
                for term in terms:
                    if subject.startswith("_:") or (isinstance(term, str) and term.startswith("_:")):
                        raise ValueError(f"{path.name} holds a blank node, which has no name to be traced by.")
                    yield f"{iri(subject)} {iri(predicate)} {_written(term)} {end}"


def _written(term: Term) -> str:
    return literal(term.value, term.language, term.datatype) if isinstance(term, Text) else iri(term)
