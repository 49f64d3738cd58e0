"""Answers as arrays: numbers of terms and a dictionary. Networks and charts read them without objects for rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from graph_app.columns.expressions.operand import DATATYPES
from graph_app.columns.kinds import ordinal
from graph_app.columns.relation import TERM, Form, Output

__all__ = ["Arrays", "read_arrays"]


@dataclass(frozen=True, slots=True)
class Arrays:
    """The rows of a SELECT as columns.

    :param codes: a column of 32-bit numbers a variable, in the order of the query; null where it is unbound.
    :param terms: the terms by number: ``code``, ``kind`` (an ordinal of :mod:`graph_app.columns.kinds`), ``lex``,
        ``datatype``, ``lang``. Terms that the query has computed have negative numbers.
    """

    codes: pa.Table
    terms: pa.Table


def read_arrays(connection: duckdb.DuckDBPyConnection, sql: str, slots: object, outputs: Sequence[Output]) -> Arrays:
    """Ask for rows as arrays.

    :param connection: the columns.
    :param sql: the statement of a plan.
    :param slots: its parameters.
    :param outputs: what its columns hold.
    :returns: the arrays.
    :raises duckdb.Error: if the statement cannot be answered.
    """
    cursor = connection.cursor()
    rows: pa.Table = cursor.sql(sql, params=slots).to_arrow_table()
    columns: list[pa.Array] = []
    computed: list[pa.Table] = []
    for output in outputs:
        if output.start < 0:
            columns.append(pa.nulls(len(rows), pa.int32()))
        elif output.form is Form.ID:
            columns.append(rows.column(output.start).cast(pa.int32()))
        else:
            terms = _terms(rows, output)
            codes, known = _coded(terms, sum(len(one) for one in computed))
            columns.append(codes)
            computed.append(known)
    codes = pa.table(columns, names=[output.variable for output in outputs])
    return Arrays(codes, pa.concat_tables([_dictionary(cursor, codes, outputs), *computed]))


_SCHEMA = pa.schema(
    [
        ("code", pa.int32()),
        ("kind", pa.uint8()),
        ("lex", pa.string()),
        ("datatype", pa.string()),
        ("lang", pa.string()),
    ]
)


def _terms(rows: pa.Table, output: Output) -> pa.Table:
    """Return the parts of a computed variable, a row each."""
    first = rows.column(output.start)
    if output.form is Form.TERM:
        return pa.table([rows.column(output.start + place) for place in range(len(TERM))], names=_SCHEMA.names[1:])
    size = len(rows)
    fixed = (pa.repeat(ordinal(output.kind), size), first, pa.repeat(DATATYPES.get(output.kind, ""), size))
    return pa.table([*fixed, pa.repeat("", size)], names=_SCHEMA.names[1:])


def _coded(terms: pa.Table, taken: int) -> tuple[pa.Array, pa.Table]:
    """Give computed terms numbers from -1 downwards, each different one once."""
    names = _SCHEMA.names[1:]
    bound = terms.filter(terms.column("lex").is_valid())
    known = bound.group_by(names).aggregate([]).select(names)
    numbers = pa.array(range(-1 - taken, -1 - taken - len(known), -1), pa.int32())
    known = known.add_column(0, "code", numbers).cast(_SCHEMA)
    placed = terms.append_column("row", pa.array(range(len(terms)))).cast(
        pa.schema([*(_SCHEMA.field(name) for name in names), ("row", pa.int64())])
    )
    joined = placed.join(known, names, join_type="left outer").sort_by("row")
    return joined.column("code").combine_chunks(), known


def _dictionary(cursor: duckdb.DuckDBPyConnection, codes: pa.Table, outputs: Sequence[Output]) -> pa.Table:
    """Read the terms whose numbers occur."""
    stored = [codes.column(place) for place, output in enumerate(outputs) if output.form is Form.ID]
    if not stored:
        return _SCHEMA.empty_table()
    wanted = pa.table({"code": pa.chunked_array([chunk for column in stored for chunk in column.chunks], pa.int32())})
    cursor.register("wanted", wanted.group_by("code").aggregate([]))
    query = "SELECT id AS code, kind, lex, datatype, lang FROM term JOIN wanted ON code = id"
    found: pa.Table = cursor.sql(query).to_arrow_table()
    cursor.unregister("wanted")
    return found.cast(_SCHEMA)
