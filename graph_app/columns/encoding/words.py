"""Take terms apart: lexical form, datatype and language of each, without escapes."""

import re

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_app.columns.encoding.grammar import BLANK, IRI, LITERAL, PLAIN_IRI, PLAIN_LITERAL
from graph_app.columns.encoding.lines import term_parts
from graph_app.columns.encoding.pieces import STOP

__all__ = ["STRING", "add_words", "is_graph"]

#: The datatype that goes without saying.
STRING = "http://www.w3.org/2001/XMLSchema#string"

_TERM = re.compile(f"{IRI}|{BLANK}|{LITERAL}", re.DOTALL)
_GRAPH = re.compile(f"{IRI}|{BLANK}")
_COLUMNS = pa.schema(
    [("word", pa.int32()), ("form", pa.uint8())] + [(name, pa.large_string()) for name in ("lex", "datatype", "lang")]
)
_FORMS = {"<": 1, "_": 2, '"': 3}

#: Reads words without escapes, and fails on what is no term.
_READ = """
INSERT INTO word
WITH bare AS (
    SELECT n, substr(text, 1, length(text) - CASE WHEN suffix(text, chr(10)) THEN 3 ELSE 1 END) AS text,
        text[1] AS start
    FROM piece
), told AS (
    SELECT n, text, start,
        CASE start WHEN '<' THEN regexp_full_match(text, $iri)
                   WHEN '_' THEN regexp_full_match(text, $blank)
                   ELSE regexp_full_match(text, $literal) END AS valid,
        CASE WHEN start <> '"' OR suffix(text, '"') THEN '' ELSE regexp_extract(text, '"([^"]*)$', 1) END AS tail
    FROM bare
)
SELECT n,
    CASE start WHEN '<' THEN 1 WHEN '_' THEN 2 ELSE 3 END,
    CASE WHEN NOT valid THEN error('no term')
         WHEN start = '_' THEN substr(text, 3)
         ELSE substr(text, 2, length(text) - length(tail) - 2) END,
    CASE WHEN tail[1] = '^' AND tail <> $string THEN substr(tail, 4, length(tail) - 4) ELSE '' END,
    CASE WHEN tail[1] = '@' THEN lower(substr(tail, 2)) ELSE '' END
FROM told
"""
_PATTERNS = {"iri": PLAIN_IRI, "blank": BLANK, "literal": PLAIN_LITERAL, "string": f"^^<{STRING}>"}


def add_words(connection: duckdb.DuckDBPyConnection, texts: pa.Array, used: npt.NDArray[np.int64], base: int) -> bool:
    """Add terms to the table of words.

    :param connection: the columns.
    :param texts: terms as N-Quads write them, white space and full stop behind them.
    :param used: places of those that are wanted.
    :param base: number of the first text.
    :returns: whether all are terms; if not, nothing is added.
    """
    piece = pa.table({"n": (used + base).astype(np.int32), "text": texts.take(pa.array(used))})
    escaped = pc.match_substring(piece["text"], "\\")
    try:
        read = _read_escaped(piece.filter(escaped))
        connection.register("piece", piece.filter(pc.invert(escaped)))
        connection.execute(_READ, _PATTERNS)
    except (ValueError, duckdb.InvalidInputException):
        return False
    finally:
        connection.unregister("piece")
    if read.num_rows:
        connection.from_arrow(read).insert_into("temp.word")
    return True


def _read_escaped(piece: pa.Table) -> pa.Table:
    rows = [
        (number, *_parts(text.removesuffix(STOP).removesuffix(" ")))
        for number, text in zip(piece["n"].to_pylist(), piece["text"].to_pylist(), strict=True)
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_COLUMNS)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, _COLUMNS.types, strict=True)], _COLUMNS)


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
