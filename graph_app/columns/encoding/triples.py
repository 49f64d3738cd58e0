"""Number the triples by the terms, over all graphs, and sort them."""

from collections.abc import Iterator

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_app.columns.encoding.spool import Numbers, Spool
from graph_app.columns.encoding.terms import Known

__all__ = ["QUADS", "number_triples", "write_quads"]

#: Table of the statements that were read.
QUADS = "quad"

#: Subject and object of a triple in one number, the subject first.
_Keys = npt.NDArray[np.uint64]
_SHIFT = np.uint64(32)
_MASK = np.uint64((1 << 32) - 1)

_FACT = pa.schema([("p", pa.int32()), ("s", pa.int32()), ("o", pa.int32()), ("kind", pa.uint8())])
_SHARED = """
INSERT INTO shared
SELECT s, p, o, count(DISTINCT g) AS graphs FROM repeated GROUP BY ALL HAVING graphs > 1 ORDER BY ALL
"""


def number_triples(connection: duckdb.DuckDBPyConnection, spool: Spool, known: Known) -> None:
    """Make a table ``fact`` of all triples, sorted, and note those that stand in several graphs.

    :param connection: columns in the making, with their terms.
    :param spool: the statements.
    :param known: what its words mean.
    """
    predicates, triples = _sorted(spool, known)
    kinds = np.zeros(int(known.ids.max(initial=0)) + 1, np.uint8)
    kinds[known.ids] = known.kinds
    repeated: list[_Keys] = []

    def facts() -> Iterator[pa.RecordBatch]:
        for predicate, keys in zip(predicates, triples, strict=True):
            new = np.append(True, keys[1:] != keys[:-1]) if len(keys) else np.zeros(0, np.bool_)
            repeated.append(np.unique(keys[~new]))
            subjects, objects = _parts(keys[new])
            columns = np.full(len(subjects), predicate), subjects, objects, kinds[objects]
            yield pa.record_batch(list(map(pa.array, columns)), _FACT)

    with pa.RecordBatchReader.from_batches(_FACT, facts()) as batches:
        connection.register("facts", batches)
        connection.execute("CREATE TEMP TABLE fact AS FROM facts").complete()
        connection.unregister("facts")
    triples.clear()
    if any(map(len, repeated)):
        _note_shared(connection, spool, known, predicates, repeated)


def write_quads(connection: duckdb.DuckDBPyConnection, spool: Spool, table: str, known: Known) -> None:
    """Make a table of statements by the numbers of their terms, with the kind of the object.

    :param connection: columns.
    :param spool: the statements.
    :param table: which of them; the table gets the same name.
    :param known: what its words mean.
    """
    connection.execute(f"CREATE TEMP TABLE {table} (s INTEGER, p INTEGER, o INTEGER, kind UTINYINT, g INTEGER)")
    for read in spool.statements(table):
        columns = (*known.ids[read[:, :3]].T, known.kinds[read[:, 2]], read[:, 3])
        quads = pa.table(dict(zip(("s", "p", "o", "kind", "g"), columns, strict=True)))
        connection.from_arrow(quads).insert_into(f"temp.{table}")


def _sorted(spool: Spool, known: Known) -> tuple[Numbers, list[_Keys]]:
    """Return the predicates and the triples of each, sorted, a triple of several lines so often."""
    counts: dict[int, int] = {}
    for read in spool.statements(QUADS):
        found, numbers = np.unique(known.ids[read[:, 1]], return_counts=True)
        for one, number in zip(found.tolist(), numbers.tolist(), strict=True):
            counts[one] = counts.get(one, 0) + number
    predicates = np.array(sorted(counts), np.int32)
    triples = [np.empty(counts[one], np.uint64) for one in predicates.tolist()]
    filled = [0] * len(triples)
    for place, keys, _ in _by_predicate(spool, known, predicates):
        triples[place][filled[place] : filled[place] + len(keys)] = keys
        filled[place] += len(keys)
    for keys in triples:
        keys.sort()
    return predicates, triples


def _by_predicate(spool: Spool, known: Known, predicates: Numbers) -> Iterator[tuple[int, _Keys, Numbers]]:
    """Yield the place of a predicate with some of its triples and their graphs."""
    small = np.min_scalar_type(len(predicates))  # short numbers are sorted by their digits
    for read in spool.statements(QUADS):
        subjects, objects = (known.ids[read[:, column]].astype(np.uint64) for column in (0, 2))
        keys = (subjects << _SHIFT) | objects
        places = np.searchsorted(predicates, known.ids[read[:, 1]]).astype(small)
        order = np.argsort(places, kind="stable")
        found, starts = np.unique(places[order], return_index=True)
        for place, of_one in zip(found.tolist(), np.split(order, starts[1:]), strict=True):
            yield place, keys[of_one], read[of_one, 3]


def _parts(keys: _Keys) -> tuple[Numbers, Numbers]:
    return (keys >> _SHIFT).astype(np.int32), (keys & _MASK).astype(np.int32)


def _note_shared(
    connection: duckdb.DuckDBPyConnection, spool: Spool, known: Known, predicates: Numbers, repeated: list[_Keys]
) -> None:
    connection.execute("CREATE TEMP TABLE repeated (s INTEGER, p INTEGER, o INTEGER, g INTEGER)")
    for place, keys, graphs in _by_predicate(spool, known, predicates):
        among = np.isin(keys, repeated[place])
        if among.any():
            subjects, objects = _parts(keys[among])
            columns = {"s": subjects, "p": np.full(len(subjects), predicates[place]), "o": objects, "g": graphs[among]}
            connection.from_arrow(pa.table(columns)).insert_into("temp.repeated")
    connection.execute(_SHARED)
    connection.execute("DROP TABLE repeated")
