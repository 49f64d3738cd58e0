"""Rows as arrays: numbers of terms and the terms by number, for networks and charts that read all there is.

An answer of a million rows is a few megabytes so, and becomes no object a row on either side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_app.questions.results import read_table

__all__ = ["MOST_BYTES", "MOST_ROWS", "UNBOUND", "Arrays", "of_codes", "of_json", "read_arrays"]

#: More rows than any network that a page can show is made of; the memory of a worker is the limit before.
MOST_ROWS = 10_000_000
#: The same, for engines whose answers are texts first.
MOST_BYTES = 1 << 30
#: Stands in a column where a variable has no value.
UNBOUND = -1

_TERMS = pa.schema([("text", pa.string()), ("language", pa.string())])


@dataclass(frozen=True)
class Arrays:
    """The rows of a SELECT as columns of numbers.

    :param columns: variable to the number of its term in each row, :data:`UNBOUND` where it has none.
    :param terms: the terms by number: ``text`` and ``language``.
    :param release: version of the release that gave them.
    :param truncated: whether a limit cut the rows.
    :param query: the query that was answered, as it runs in any SPARQL editor.
    """

    columns: Mapping[str, npt.NDArray[np.int32]]
    terms: pa.Table
    release: str = ""
    truncated: bool = False
    query: str = ""

    def __len__(self) -> int:
        """Count the rows."""
        return len(next(iter(self.columns.values()), ()))

    @cached_property
    def texts(self) -> list[str]:
        """IRIs and texts of literals by number."""
        found: list[str] = self.terms.column("text").to_pylist()
        return found

    @cached_property
    def languages(self) -> list[str]:
        """Language tags by number, empty where there is none."""
        found: list[str] = self.terms.column("language").to_pylist()
        return found

    def column(self, name: str) -> list[str]:
        """Return the texts of a column, empty where it has no value.

        :param name: its variable.
        """
        texts = self.texts
        return [texts[number] if number >= 0 else "" for number in self.columns[name].tolist()]


def of_codes(codes: pa.Table, terms: pa.Table) -> bytes:
    """Write what columns give as a worker sends it.

    :param codes: a column of numbers a variable, null where it is unbound.
    :param terms: ``code``, ``lex`` and ``lang`` of every number that occurs.
    """
    known = terms.column("code").combine_chunks()
    numbered = [pc.fill_null(pc.index_in(column, value_set=known), UNBOUND) for column in codes.columns]
    named = pa.table([terms.column("lex"), terms.column("lang")], schema=_TERMS)
    return _written(pa.table(numbered, names=codes.column_names), named)


def of_json(body: bytes) -> bytes:
    """Write SPARQL results JSON as a worker sends arrays, for engines that know no others.

    :param body: the JSON text.
    """
    names, rows = read_table(body)
    numbers: dict[tuple[str, str, str, str], int] = {}
    columns: list[list[int]] = [[] for _ in names]
    for row in rows:
        for column, term in zip(columns, row, strict=True):
            if term is None:
                column.append(UNBOUND)
            else:
                key = (term.kind, term.value, term.language, term.datatype)
                column.append(numbers.setdefault(key, len(numbers)))
    terms = pa.table([[key[1] for key in numbers], [key[2] for key in numbers]], schema=_TERMS)
    return _written(pa.table([pa.array(column, pa.int32()) for column in columns], names=list(names)), terms)


def read_arrays(body: bytes) -> tuple[dict[str, npt.NDArray[np.int32]], pa.Table]:
    """Read what a worker sends.

    :param body: as :func:`of_codes` and :func:`of_json` write it.
    :returns: columns and terms of :class:`Arrays`.
    """
    source = pa.BufferReader(body)
    codes = pa.ipc.open_stream(source).read_all()
    terms = pa.ipc.open_stream(source).read_all()
    return {name: codes.column(name).to_numpy() for name in codes.column_names}, terms


def _written(codes: pa.Table, terms: pa.Table) -> bytes:
    target = pa.BufferOutputStream()
    for table in (codes, terms):
        with pa.ipc.new_stream(target, table.schema) as writer:
            writer.write_table(table)
    written: bytes = target.getvalue().to_pybytes()
    return written
