"""Answer SPARQL from columns: exactly, or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, repeat
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb

from graph_app.columns.algebra.nodes import Query
from graph_app.columns.algebra.query import read_query
from graph_app.columns.answers import Batch, ColumnAnswer, construct, json_term, table, written
from graph_app.columns.catalogue import read_catalogue
from graph_app.columns.database import connect_reading
from graph_app.columns.declined import ColumnsError, Declined
from graph_app.columns.expressions.udf import register
from graph_app.columns.kinds import BY_ORDINAL, Kind, ordinal
from graph_app.columns.lookup import Lookup
from graph_app.columns.patterns.context import Context
from graph_app.columns.patterns.values import SlotValue, in_one_list, list_values, slot_values
from graph_app.columns.plan import Plan, make_plan
from graph_app.columns.relation import Form, Output
from graph_app.columns.telling import told
from graph_app.columns.terms import Constant

if TYPE_CHECKING:
    from graph_app.columns.arrays import Arrays

__all__ = ["ColumnStore"]

#: Rows that are read and decoded at once.
_BATCH = 10_000
#: Plans that are kept.
_PLANS = 1_000

_Written = TypeVar("_Written")

#: What tells plans apart: text, prefixes, and the kinds of the terms in each slot.
_Key = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, tuple[Kind, ...]], ...]]


class ColumnStore:
    """Columns opened for reading; used by one thread at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = self._asking = connection
        self.catalogue = read_catalogue(connection)
        self._lookup = Lookup(connection)
        named = {iri: one.id for iri, one in self.catalogue.predicates.items()}
        named |= {iri: one.id for iri, one in self.catalogue.classes.items()}
        self._ids: dict[Constant, int | None] = {Constant(Kind.IRI, iri): one for iri, one in named.items()}
        self._plans: dict[_Key, Plan | Declined] = {}
        found = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM term WHERE kind = ?)", [ordinal(Kind.BLANK)]
        ).fetchone()
        self._blank = bool(found and found[0])

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        memory_limit: int | None = None,
        threads: int = 2,
        scratch: Path | None = None,
        scratch_limit: int | None = None,
    ) -> "ColumnStore":
        """Open columns.

        :param path: their folder.
        :param memory_limit: bytes that queries may hold.
        :param threads: threads a query may use.
        :param scratch: folder for what queries cannot hold; none has them fail then.
        :param scratch_limit: most bytes to write there.
        :raises ColumnsError: if there are none that can be read.
        """
        connection = connect_reading(
            path, memory_limit=memory_limit, threads=threads, scratch=scratch, scratch_limit=scratch_limit
        )
        try:
            register(connection)
            return cls(connection)
        except duckdb.Error as error:
            raise ColumnsError(f"The columns {path} cannot be read: {error}") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def interrupt(self) -> None:
        """End what another thread asks; it is told that the query is declined."""
        self._connection.interrupt()
        self._asking.interrupt()

    def plan(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        params: Mapping[str, Sequence[Constant]] | None = None,
    ) -> Plan:
        """Compile a query, or take it from those that were compiled before: also with other terms in its slots.

        :param text: the query.
        :param prefixes: prefixes that it may use without declaring them.
        :param params: variable to the terms that go into its slot ``VALUES ?name { UNDEF }``.
        :raises Declined: if it cannot be compiled exactly.
        """
        known = prefixes or {}
        slots = {name: tuple(term.kind for term in terms) for name, terms in (params or {}).items() if terms}
        key = text, tuple(sorted(known.items())), tuple(sorted(slots.items()))
        if key not in self._plans:
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            try:
                self._plans[key] = self._made(read_query(text, known), slots)
            except Declined as error:
                self._plans[key] = error
        plan = self._plans[key]
        if isinstance(plan, Declined):
            raise Declined(plan.reason)
        return plan

    def _made(self, query: Query, slots: Mapping[str, tuple[Kind, ...]]) -> Plan:
        return make_plan(query, Context(self.catalogue, self._find, self._blank, slots))

    def evaluate(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        params: Mapping[str, Sequence[Constant]] | None = None,
        row_limit: int | None = None,
        byte_limit: int | None = None,
    ) -> ColumnAnswer:
        """Answer a query.

        :param text: SELECT, ASK or CONSTRUCT.
        :param prefixes: prefixes that it may use without declaring them.
        :param params: variable to the terms that go into its slot ``VALUES ?name { UNDEF }``.
        :param row_limit: most rows or triples to give.
        :param byte_limit: most bytes to give.
        :raises Declined: if it is not answered here.
        :raises MemoryError: if it needs more memory than it may have.
        """
        plan = self.plan(text, prefixes=prefixes, params=params)
        with told():
            return self._answer(plan, self._slots(plan, params or {}), row_limit, byte_limit)

    def arrays(
        self,
        text: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        params: Mapping[str, Sequence[Constant]] | None = None,
        row_limit: int | None = None,
    ) -> "Arrays":
        """Answer a SELECT as arrays.

        :param text: the query.
        :param prefixes: prefixes that it may use without declaring them.
        :param params: variable to the terms that go into its slot ``VALUES ?name { UNDEF }``.
        :param row_limit: most rows to give, however many there are where none is said.
        :raises Declined: if it is not answered here, or is no SELECT.
        :raises MemoryError: if it needs more memory than it may have.
        """
        # Imported late: a worker that gives no arrays starts without the package behind them.
        from graph_app.columns.arrays import read_arrays  # noqa: PLC0415

        plan = self.plan(text, prefixes=prefixes, params=params)
        if plan.form != "SELECT":
            raise Declined("only the rows of a SELECT are arrays")
        sql = plan.sql if row_limit is None else f"{plan.sql} LIMIT {row_limit}"
        with told():
            return read_arrays(self._connection, sql, self._slots(plan, params or {}), plan.outputs)

    def triples(self, query: Query, params: Mapping[str, Sequence[Constant]] | None = None) -> Iterator[str]:
        """Answer a CONSTRUCT as N-Triples while they are found, however many there are.

        :param query: the query as algebra.
        :param params: as in :meth:`solutions`.
        :returns: texts of whole lines, some of which are repeated.
        :raises Declined: if it is not answered here.
        :raises MemoryError: if it needs more memory than it may have.
        """
        plan, slots = self._made_for(query, params)
        with told():
            yield from self._texts(plan, slots)

    def solutions(
        self, query: Query, params: Mapping[str, Sequence[Constant]] | None = None
    ) -> Iterator[tuple[Constant | None, ...]]:
        """Answer a SELECT that a program has put together, as terms while they are found.

        :param query: the query as algebra.
        :param params: variable to the terms that go into its slot, which is a single row without value.
        :returns: a term, or none, for each variable of each solution.
        :raises Declined: if it is not answered here.
        :raises MemoryError: if it needs more memory than it may have.
        """
        plan, slots = self._made_for(query, params)
        with told():
            for batch in self._batches(plan.sql, slots, plan.outputs, lambda term: term):
                yield from batch.rows()

    def _made_for(
        self, query: Query, params: Mapping[str, Sequence[Constant]] | None
    ) -> tuple[Plan, dict[str, SlotValue]]:
        given = {name: terms for name, terms in (params or {}).items() if terms}
        plan = self._made(query, {name: tuple(term.kind for term in terms) for name, terms in given.items()})
        with told():
            return plan, self._slots(plan, given)

    def _slots(self, plan: Plan, params: Mapping[str, Sequence[Constant]]) -> dict[str, SlotValue]:
        unknown = dict(plan.unknown)
        others = count(min(unknown.values(), default=0) - 1, -1)
        values: dict[str, SlotValue] = {}
        for name, terms in params.items():
            many = in_one_list([term.kind for term in terms])
            if many:
                self._find_all(terms)
            found = [self._find(term) for term in terms]
            identities = [
                unknown.setdefault(term, next(others)) if identity is None else identity
                for term, identity in zip(terms, found, strict=True)
            ]
            if many:
                values |= list_values(name, [term.lex for term in terms], identities)
                continue
            for number, (term, identity) in enumerate(zip(terms, identities, strict=True)):
                values |= slot_values(name, number, term, identity)
        return {name: value for name, value in values.items() if f"${name}::" in plan.sql}

    def _answer(
        self, plan: Plan, slots: dict[str, SlotValue], row_limit: int | None, byte_limit: int | None
    ) -> ColumnAnswer:
        if plan.form == "ASK":
            ((found,),) = self._connection.execute(plan.sql, slots).fetchall()
            return ColumnAnswer("truth", b"true" if found else b"false")
        if plan.form == "CONSTRUCT":
            lines = (f"{line}\n" for text in self._texts(plan, slots) for line in text.split("\n") if line)
            return construct(lines, row_limit, byte_limit)
        names = tuple(output.variable for output in plan.outputs)
        sql = plan.sql if row_limit is None else f"{plan.sql} LIMIT {row_limit + 1}"
        batches = self._batches(sql, slots, plan.outputs, json_term)
        return table(names, chain.from_iterable(batch.rows() for batch in batches), row_limit, byte_limit)

    def _texts(self, plan: Plan, slots: dict[str, SlotValue]) -> Iterator[str]:
        """Give the triples of a CONSTRUCT, many at a time."""
        self._asking = self._connection.cursor()
        found = self._asking.execute(plan.sql, slots)
        while rows := found.fetchmany(_BATCH):
            yield "".join([text for (text,) in rows])

    def _batches(
        self, sql: str, slots: dict[str, SlotValue], outputs: Sequence[Output], write: Callable[[Constant], _Written]
    ) -> Iterator[Batch[_Written]]:
        """Give rows, each different term written once."""
        self._asking = self._connection.cursor()
        found = self._asking.execute(sql, slots)
        ids = [output.start for output in outputs if output.form is Form.ID and output.start >= 0]
        dictionary: dict[int | None, _Written | None] = {None: None}
        while rows := found.fetchmany(_BATCH):
            columns = list(zip(*rows, strict=True))
            self._look_up({number for place in ids for number in columns[place]} - dictionary.keys(), dictionary, write)
            terms: list[Iterable[_Written | None]] = []
            for output in outputs:
                if output.start < 0:
                    terms.append(repeat(None, len(rows)))
                elif output.form is Form.ID:
                    terms.append(map(dictionary.__getitem__, columns[output.start]))
                else:
                    terms.append(written(columns, output, write))
            yield Batch(len(rows), terms)

    def _look_up(
        self,
        ids: set[int | None],
        dictionary: dict[int | None, _Written | None],
        write: Callable[[Constant], _Written],
    ) -> None:
        """Add terms to a dictionary."""
        if not ids:
            return
        listed = "(SELECT unnest(?::INTEGER[]) AS id)"
        statement = f"SELECT t.id, kind, lex, datatype, lang FROM term AS t JOIN {listed} AS w ON w.id = t.id"
        for number, kind, lex, datatype, language in self._connection.execute(statement, [list(ids)]).fetchall():
            dictionary[number] = write(Constant(BY_ORDINAL[kind], lex, datatype, language))

    def _find_all(self, iris: Sequence[Constant]) -> None:
        lacking = [iri for iri in iris if iri not in self._ids]
        if lacking:
            found = self._lookup.iris(iri.lex for iri in lacking)
            self._ids |= {iri: found.get(iri.lex) for iri in lacking}

    def _find(self, term: Constant) -> int | None:
        """Find the id of a term, or nothing where the graph has no such term."""
        if term not in self._ids:
            self._ids[term] = self._lookup.term(term.kind, term.lex, term.datatype, term.language)
        return self._ids[term]
