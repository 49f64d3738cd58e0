"""Number the terms in their order, and the triples by them."""

import duckdb

from graph_app.columns.encoding.kinds_sql import kind_of, values_of
from graph_app.columns.encoding.layout import STEP

__all__ = ["add_terms", "number_terms", "number_triples"]

_TERMS = f"""
INSERT INTO term
SELECT row_number() OVER () AS id, kind, lex, datatype, lang, {values_of()}
FROM (
    SELECT {kind_of()} AS kind, lex, datatype, lang
    FROM (SELECT DISTINCT form, lex, datatype, lang FROM word)
    ORDER BY kind, lex, datatype, lang
)
"""

#: IRIs, blank nodes and literals may look alike.
_FENCE = f"""
INSERT INTO fence SELECT id, kind, lex, datatype, lang FROM term WHERE id % {STEP} = 1 ORDER BY id
"""
_SORTED = "INSERT INTO about SELECT 'sorted', count(*)::VARCHAR FROM term"
_SAME = """term.lex = word.lex AND term.datatype = word.datatype AND term.lang = word.lang
    AND least(term.kind, 3) = word.form"""
_KNOWN = f"CREATE TEMP TABLE known AS SELECT word, id, kind FROM word JOIN term ON {_SAME}"

#: Terms of a small change: those that are there already, and then the others behind all that are there.
_NEAR = """
CREATE TEMP TABLE near AS SELECT id, kind, lex, datatype, lang FROM term WHERE lex IN (SELECT lex FROM word)
"""
_NOVEL = f"""
INSERT INTO term
SELECT $last + row_number() OVER () AS id, kind, lex, datatype, lang, {values_of()}
FROM (
    SELECT {kind_of()} AS kind, lex, datatype, lang
    FROM (SELECT DISTINCT form, lex, datatype, lang FROM word ANTI JOIN near AS term ON {_SAME})
    ORDER BY kind, lex, datatype, lang
)
"""
_NEAR_NOVEL = "INSERT INTO near SELECT id, kind, lex, datatype, lang FROM term WHERE id > $last"
_NEAR_KNOWN = f"CREATE TEMP TABLE known AS SELECT word, id, kind FROM word JOIN near AS term ON {_SAME}"

#: One row a triple over all graphs, sorted; ``lines`` counts a line that stands twice twice.
_TRIPLES = """
CREATE TEMP TABLE fact AS
SELECT p.id AS p, s.id AS s, o.id AS o, any_value(o.kind) AS kind, count(*) AS lines
FROM quad JOIN known AS s ON s.word = quad.s JOIN known AS p ON p.word = quad.p JOIN known AS o ON o.word = quad.o
GROUP BY ALL
ORDER BY ALL
"""

_SHARED = """
INSERT INTO shared
SELECT fact.s, fact.p, fact.o, count(DISTINCT quad.g) AS graphs
FROM quad JOIN known AS s ON s.word = quad.s JOIN known AS p ON p.word = quad.p JOIN known AS o ON o.word = quad.o
    JOIN (FROM fact WHERE lines > 1) AS fact ON fact.s = s.id AND fact.p = p.id AND fact.o = o.id
GROUP BY ALL
HAVING graphs > 1
ORDER BY ALL
"""


def number_terms(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table of terms from the words, sorted; the words then know their term.

    :param connection: columns in the making.
    """
    connection.execute(_TERMS)
    connection.execute(_FENCE)
    connection.execute(_SORTED)
    connection.execute(_KNOWN)
    connection.execute("DROP TABLE word")


def add_terms(connection: duckdb.DuckDBPyConnection) -> None:
    """Append what is new among the words to the table of terms; the words then know their term.

    :param connection: columns that are changed.
    """
    connection.execute(_NEAR)
    row = connection.execute("SELECT coalesce(max(id), 0) FROM term").fetchone()
    last = {"last": row[0] if row else 0}
    connection.execute(_NOVEL, last)
    connection.execute(_NEAR_NOVEL, last)
    connection.execute(_NEAR_KNOWN)


def number_triples(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a table of all triples, sorted, and note those that stand in several graphs.

    :param connection: columns in the making.
    """
    connection.execute(_TRIPLES)
    connection.execute(_SHARED)
    connection.execute("DROP TABLE quad")
    connection.execute("DROP TABLE known")
