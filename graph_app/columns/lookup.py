"""Find the number of a term without reading all terms."""

from collections.abc import Iterable

import duckdb

from graph_app.columns.encoding.layout import STEP
from graph_app.columns.kinds import Kind, ordinal

__all__ = ["find_iris", "find_term"]

_TERM = "kind = $kind AND lex = $lex AND datatype = $datatype AND lang = $lang"
_FENCE = """
SELECT max(id), (SELECT value::INTEGER FROM about WHERE key = 'sorted') FROM fence
WHERE (kind, lex, datatype, lang) <= ($kind::UTINYINT, $lex::VARCHAR, $datatype::VARCHAR, $lang::VARCHAR)
"""
_BEHIND = f"SELECT id FROM term WHERE id BETWEEN $first AND $last AND {_TERM}"
#: Terms that came with a change stand behind all others, in no order.
_LATER = f"SELECT id FROM term WHERE id > $last AND {_TERM}"
_MANY = """
SELECT lex, id FROM term JOIN (SELECT unnest($wanted::VARCHAR[]) AS wanted) ON lex = wanted
WHERE kind = $kind AND datatype = '' AND lang = ''
"""


def find_term(
    connection: duckdb.DuckDBPyConnection, kind: Kind, lex: str, datatype: str = "", lang: str = ""
) -> int | None:
    """Return the number of a term.

    :param connection: the columns.
    :param kind: its kind.
    :param lex: IRI, label of a blank node, or lexical form.
    :param datatype: IRI of its datatype, or ``''`` for a string.
    :param lang: its language in lower case, or ``''``.
    :returns: its number, or none where the graph has no such term.
    """
    term = {"kind": ordinal(kind), "lex": lex, "datatype": datatype, "lang": lang}
    fence = connection.execute(_FENCE, term).fetchone()
    first, last = fence or (None, 0)
    if first is not None:
        row = connection.execute(_BEHIND, {**term, "first": first, "last": min(first + STEP - 1, last)}).fetchone()
        if row:
            return int(row[0])
    row = connection.execute(_LATER, {**term, "last": last}).fetchone()
    return int(row[0]) if row else None


def find_iris(connection: duckdb.DuckDBPyConnection, iris: Iterable[str]) -> dict[str, int]:
    """Return the numbers of many IRIs, for which all terms are read once.

    :param connection: the columns.
    :param iris: the IRIs.
    :returns: IRI to number, for those that the graph has.
    """
    rows = connection.execute(_MANY, {"wanted": list(iris), "kind": ordinal(Kind.IRI)}).fetchall()
    return {lex: int(number) for lex, number in rows}
