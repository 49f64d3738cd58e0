"""pySHACL, called in the one way that is safe and fast enough here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache

import pyshacl
from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult

from graph_app.validation.shapes import shapes_graph, without_words

__all__ = ["CheckedGraph", "ShapesError", "quiet_about_ill_typed_literals", "run_shapes"]


class ShapesError(Exception):
    """The shapes themselves cannot be used; the text says why."""


class CheckedGraph(Graph):
    """A graph that parses each query once.

    pySHACL hands over the same text anew for every focus node, and rdflib needs longer to parse it than to run it.
    """

    @cached_property
    def _spaces(self) -> tuple[tuple[str, URIRef], ...]:
        """The prefixes of the graph, which a query may use as in any graph of rdflib."""
        return tuple(self.namespaces())

    def query(self, query_object: str | Query, *args: object, **kwargs: object) -> QueryResult:
        """Run a query, parsed or not; see :meth:`rdflib.Graph.query`."""
        if isinstance(query_object, str):
            query_object = _prepare(query_object, self._spaces)
        return super().query(query_object, *args, **kwargs)  # type: ignore[arg-type]  # handed through as they came


@lru_cache(maxsize=256)
def _prepare(text: str, spaces: tuple[tuple[str, URIRef], ...]) -> Query:
    return prepareQuery(text, initNs=dict(spaces))


def run_shapes(data: CheckedGraph, shapes: Graph | None = None) -> Graph:
    """Validate a graph.

    Graphs are always handed over as objects: pySHACL opens a string as a file or address. Imports, JavaScript, rules
    and inference stay off, and ``focus_nodes`` is not used, since it makes valid data fail.

    :param data: the data with every concept and entity that it refers to.
    :param shapes: other shapes than the project's own.
    :returns: the report as SHACL defines it.
    :raises ShapesError: if the shapes cannot be used.
    """
    with quiet_about_ill_typed_literals():
        _, report, text = pyshacl.validate(
            data,
            shacl_graph=without_words(shapes_graph() if shapes is None else shapes),
            inference="none",
            advanced=False,
            js=False,
            do_owl_imports=False,
            meta_shacl=False,
            allow_infos=True,
            allow_warnings=True,
        )
    if not isinstance(report, Graph):
        raise ShapesError(str(text))
    return report


@contextmanager
def quiet_about_ill_typed_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each literal such as "soon"^^xsd:date: the finding says enough."""

    def worth_saying(record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith("Failed to convert Literal")

    # A filter of its own for each check: one that ends does not take the filter of another that goes on.
    logger = logging.getLogger("rdflib.term")
    logger.addFilter(worth_saying)
    try:
        yield
    finally:
        logger.removeFilter(worth_saying)
