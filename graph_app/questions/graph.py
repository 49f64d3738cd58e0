"""The graph for programs and notebooks: open it, ask, and take the rows as a table of pandas."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph_app.questions.catalogue import questions
from graph_app.questions.engine import Engine
from graph_app.questions.parameters import ParameterError
from graph_app.questions.results import Table, Term, Triples, Truth
from graph_app.releases.release import NoRelease, Release, current_release
from graph_app.settings import load_settings

__all__ = ["Graph", "Value"]

logger = logging.getLogger(__name__)

#: What goes into a parameter: a term of rdflib, or a value that :class:`rdflib.Literal` knows how to write.
Value = Node | str | int | float | bool


class Graph:
    """One release, asked under the limits of :mod:`graph_app.settings`; close it, or use it in a ``with`` block.

    >>> from graph_app import Graph
    >>> with Graph.open(".intgraph") as graph:
    ...     donors = graph.query("donors").to_pandas()
    """

    def __init__(self, engine: Engine) -> None:
        """Ask through an engine, which is closed with this.

        :param engine: the engine.
        """
        self._engine = engine

    @classmethod
    def open(cls, place: Path | str) -> Self:
        """Open what is current in a home folder, or what an endpoint holds.

        :param place: the folder, or the address at which an app or another engine takes queries.
        :returns: the graph; an endpoint that cannot be reached is told of by the first query.
        :raises NoRelease: if the folder has none.
        """
        found = load_settings()
        if not str(place).startswith(("http://", "https://")):
            settings = replace(found, home=Path(place), store="")
            return cls(Engine(current_release(settings), settings))
        settings = replace(found, store=str(place))
        try:
            return cls(Engine(current_release(settings), settings))
        except NoRelease as unnamed:  # only engines that releases are pushed to can tell which they hold
            logger.info("The release behind %s is not known: %s", place, unnamed)
            return cls(Engine(Release("", settings.home, "", datetime.now(UTC), 0, {}), settings))

    @property
    def release(self) -> str:
        """The version that is asked, however many are published meanwhile; empty where an endpoint does not say."""
        return self._engine.release.version

    def query(self, text: str, /, **params: Value | Sequence[Value]) -> Table | Triples | Truth:
        """Ask a question of the library by its name, or SPARQL.

        :param text: the name, or a query; declared prefixes need no PREFIX lines.
        :param params: for a question of the library, values as people write them; for a query, terms or plain values
            for its slots ``VALUES ?name { UNDEF }``. Several may be given.
        :returns: a table for SELECT, triples for CONSTRUCT and DESCRIBE, a truth value for ASK; each says whether a
            limit cut it.
        :raises ParameterError: if a value does not fit its parameter.
        :raises QueryError: as :meth:`graph_app.questions.engine.Engine.ask`.
        """
        given = {name: _several(values) for name, values in params.items()}
        question = questions().get(text)
        if question is None:
            return self._engine.ask(text, {name: [_term(value) for value in values] for name, values in given.items()})
        return self._engine.answer(question, {name: [str(value) for value in values] for name, values in given.items()})

    def close(self) -> None:
        """End its workers."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _several(values: Value | Sequence[Value]) -> Sequence[Value]:
    return [values] if isinstance(values, str | Node) or not isinstance(values, Sequence) else values


def _term(value: Value) -> Term:
    if isinstance(value, URIRef):
        return Term("iri", str(value))
    literal = value if isinstance(value, Literal) else Literal(value)
    if isinstance(value, Node) and not isinstance(value, Literal):
        raise ParameterError(f"{value.n3()} cannot be asked for; give an IRI or a literal.")
    return Term("literal", str(literal), literal.language or "", str(literal.datatype or ""))
