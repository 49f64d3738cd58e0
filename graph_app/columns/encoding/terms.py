"""Number the terms in their order."""

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from graph_app.columns.encoding.kinds_sql import kind_of, values_of
from graph_app.columns.encoding.layout import STEP
from graph_app.columns.encoding.reading import Intake
from graph_app.columns.encoding.spool import Numbers

__all__ = ["Known", "add_terms", "number_terms"]

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
#: Numbers are joined in a third of the time that texts take. Where no two terms have the same hash, that of a word is
#: the hash of its term alone; else texts are compared.
_HASH = "hash(form, lex, datatype, lang)"
_HASHED = "SELECT id, kind, hash(least(kind, 3)::UTINYINT, lex, datatype, lang) AS hash FROM {}"
_APART = "SELECT count(*) = count(DISTINCT hash) FROM hashed"
_BY_HASH = f"SELECT word, id, hashed.kind FROM (SELECT word, {_HASH} AS hash FROM word) JOIN hashed USING (hash)"
_BY_TEXT = f"SELECT word, id, kind FROM word JOIN {{}} AS term ON {_SAME}"

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


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What words mean: two arrays with a place a word.

    :param ids: number of the term; 0 for a word that is none.
    :param kinds: ordinal of its kind.
    """

    ids: Numbers
    kinds: npt.NDArray[np.uint8]


def number_terms(connection: duckdb.DuckDBPyConnection, intake: Intake) -> Known:
    """Fill the table of terms from the words, sorted.

    :param connection: columns in the making.
    :param intake: what was read.
    :returns: what each word means.
    """
    with intake.spool.words() as words:
        connection.register("word", words)
        connection.execute(_TERMS).complete()
        connection.unregister("word")
    connection.execute(_FENCE)
    connection.execute(_SORTED)
    with intake.spool.words() as words:
        connection.register("word", words)
        return _known(connection, "term", intake.words)


def add_terms(connection: duckdb.DuckDBPyConnection, intake: Intake) -> Known:
    """Append what is new among the words to the table of terms.

    :param connection: columns that are changed.
    :param intake: what was read.
    :returns: what each word means.
    """
    with intake.spool.words() as words:
        connection.register("words", words)
        connection.execute("CREATE TEMP TABLE word AS FROM words").complete()
        connection.unregister("words")
    connection.execute(_NEAR)
    row = connection.execute("SELECT coalesce(max(id), 0) FROM term").fetchone()
    last = {"last": row[0] if row else 0}
    connection.execute(_NOVEL, last)
    connection.execute(_NEAR_NOVEL, last)
    return _known(connection, "near", intake.words)


def _known(connection: duckdb.DuckDBPyConnection, terms: str, words: int) -> Known:
    connection.execute(f"CREATE TEMP TABLE hashed AS {_HASHED.format(terms)}").complete()
    apart = connection.execute(_APART).fetchall()[0][0]
    ids, kinds = np.zeros(words, np.int32), np.zeros(words, np.uint8)
    for batch in connection.sql(_BY_HASH if apart else _BY_TEXT.format(terms)).to_arrow_reader():
        word, id_, kind = (column.to_numpy() for column in batch.columns)
        ids[word], kinds[word] = id_, kind
    connection.execute("DROP TABLE hashed")
    return Known(ids, kinds)
