"""Take terms apart: lexical form, datatype and language of each, without escapes."""

import re

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from graph_app.columns.encoding.grammar import BLANK, IRI, LITERAL, PLAIN_BLANK, PLAIN_IRI, PLAIN_LITERAL
from graph_app.columns.encoding.lines import term_parts

__all__ = ["STRING", "add_words", "is_graph"]

#: The datatype that goes without saying.
STRING = "http://www.w3.org/2001/XMLSchema#string"

_TERM = re.compile(f"{IRI}|{BLANK}|{LITERAL}", re.DOTALL)
_GRAPH = re.compile(f"{IRI}|{BLANK}")
_FORMS = {"<": 1, "_": 2, '"': 3}

#: Words without escapes are read here; of others, and of what is no term, the text is kept as it is.
_READ = """
CREATE OR REPLACE TEMP TABLE fresh AS
WITH word AS (
    SELECT n, rtrim(text, ' .' || chr(10)) AS text, left(text, 1) AS start FROM piece
), told AS (
    SELECT n, text, start,
        CASE start WHEN '<' THEN regexp_full_match(text, $iri)
                   WHEN '_' THEN regexp_full_match(text, $blank)
                   ELSE regexp_full_match(text, $literal) END AS plain,
        CASE WHEN start <> '"' OR suffix(text, '"') THEN '' ELSE regexp_extract(text, '"([^"]*)$', 1) END AS tail
    FROM word
)
SELECT n, plain,
    CASE start WHEN '<' THEN 1 WHEN '_' THEN 2 ELSE 3 END AS form,
    CASE WHEN NOT plain THEN text
         WHEN start = '_' THEN substr(text, 3)
         ELSE substr(text, 2, length(text) - length(tail) - 2) END AS lex,
    CASE WHEN tail[1] = '^' AND tail <> $string THEN substr(tail, 4, length(tail) - 4) ELSE '' END AS datatype,
    CASE WHEN tail[1] = '@' THEN lower(substr(tail, 2)) ELSE '' END AS lang
FROM told
"""


def add_words(
    connection: duckdb.DuckDBPyConnection, table: str, texts: pa.Array, used: npt.NDArray[np.int64], base: int
) -> bool:
    """Add terms to a table.

    :param connection: the columns.
    :param table: name of the table.
    :param texts: terms as N-Quads write them, white space and full stop behind them.
    :param used: places of those that are wanted.
    :param base: number of the first text.
    :returns: whether all are terms; if not, nothing is added.
    """
    piece = pa.table({"n": (used + base).astype(np.int32), "text": texts.take(pa.array(used))})
    connection.register("piece", piece)
    patterns = {"iri": PLAIN_IRI, "blank": PLAIN_BLANK, "literal": PLAIN_LITERAL, "string": f"^^<{STRING}>"}
    connection.execute(_READ, patterns)
    connection.unregister("piece")
    rows = connection.execute("SELECT n, lex FROM fresh WHERE NOT plain").fetchall()
    try:
        escaped = [(number, *_parts(text)) for number, text in rows]
    except ValueError:
        return False
    connection.execute(f"INSERT INTO {table} SELECT n, form, lex, datatype, lang FROM fresh WHERE plain")
    if escaped:
        names = ["word", "form", "lex", "datatype", "lang"]
        columns = dict(zip(names, map(list, zip(*escaped, strict=True)), strict=True))
        types = [pa.int32(), pa.uint8(), pa.large_string(), pa.large_string(), pa.large_string()]
        arrays = [pa.array(columns[name], kind) for name, kind in zip(names, types, strict=True)]
        connection.from_arrow(pa.table(arrays, names=names)).insert_into(f"temp.{table}")
    return True


def is_graph(text: str) -> bool:
    """Tell whether a text names a graph; the empty one names the default graph.

    :param text: the text.
    """
    if not text:
        return True
    if not _GRAPH.fullmatch(text):
        return False
    try:
        term_parts(text)
    except ValueError:
        return False
    return True


def _parts(text: str) -> tuple[int, str, str, str]:
    if not _TERM.fullmatch(text):
        raise ValueError(text)
    lexical, datatype, language = term_parts(text)
    return _FORMS[text[0]], lexical, "" if datatype == STRING else datatype, language
