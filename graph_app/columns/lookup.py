"""Find the number of a term without reading all terms."""

from bisect import bisect_right
from collections.abc import Iterable
from math import inf

import duckdb

from graph_app.columns.encoding.layout import STEP
from graph_app.columns.kinds import Kind, ordinal

__all__ = ["Lookup"]

_TERM = "kind = $kind AND lex = $lex AND datatype = $datatype AND lang = $lang"
_FENCE = "SELECT kind, lex, datatype, lang, id FROM fence ORDER BY id"
_ENDS = """
SELECT (SELECT value::INTEGER FROM about WHERE key = 'sorted'), (SELECT coalesce(max(id), 0) FROM term)
"""
_BEHIND = f"SELECT id FROM term WHERE id BETWEEN $first AND $last AND {_TERM}"
_MANY = """
SELECT lex, id FROM term JOIN (SELECT unnest($wanted::VARCHAR[]) AS wanted) ON lex = wanted
WHERE kind = $kind AND datatype = '' AND lang = ''
"""


class Lookup:
    """Finds the numbers of terms.

    :param connection: the columns.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        #: Every so many-th of the terms in order, with its number.
        self._fence: list[tuple[int, str, str, str, int]] = connection.execute(_FENCE).fetchall()
        in_order, self._last = connection.execute(_ENDS).fetchall()[0]
        self._in_order: int = in_order or 0

    def term(self, kind: Kind, lex: str, datatype: str = "", lang: str = "") -> int | None:
        """Return the number of a term.

        :param kind: its kind.
        :param lex: IRI, label of a blank node, or lexical form.
        :param datatype: IRI of its datatype, or ``''`` for a string.
        :param lang: its language in lower case, or ``''``.
        :returns: its number, or none where the graph has no such term.
        """
        place = bisect_right(self._fence, (ordinal(kind), lex, datatype, lang, inf)) - 1
        term = {"kind": ordinal(kind), "lex": lex, "datatype": datatype, "lang": lang}
        if place >= 0:
            first = self._fence[place][-1]
            row = self._connection.execute(
                _BEHIND, {**term, "first": first, "last": min(first + STEP - 1, self._in_order)}
            )
            if found := row.fetchone():
                return int(found[0])
        if self._last == self._in_order:
            return None
        # Terms that came with a change stand behind all others, in no order.
        found = self._connection.execute(_BEHIND, {**term, "first": self._in_order + 1, "last": self._last}).fetchone()
        return int(found[0]) if found else None

    def iris(self, iris: Iterable[str]) -> dict[str, int]:
        """Return the numbers of many IRIs, for which all terms are read once.

        :param iris: the IRIs.
        :returns: IRI to number, for those that the graph has.
        """
        rows = self._connection.execute(_MANY, {"wanted": list(iris), "kind": ordinal(Kind.IRI)}).fetchall()
        return {lex: int(number) for lex, number in rows}
