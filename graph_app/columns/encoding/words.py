"""Take terms apart: lexical form, datatype and language of each, without escapes."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_app.columns.encoding.grammar import BLANK, IRI, LANG, LITERAL, PLAIN_IRI, PLAIN_TEXT
from graph_app.columns.encoding.lines import term_parts
from graph_app.columns.encoding.pieces import STOP
from graph_app.columns.encoding.spool import WORDS

__all__ = ["STRING", "is_graph", "read_words"]

#: The datatype that goes without saying.
STRING = "http://www.w3.org/2001/XMLSchema#string"

_TERM = re.compile(f"{IRI}|{BLANK}|{LITERAL}", re.DOTALL)
_GRAPH = re.compile(f"{IRI}|{BLANK}")
_GROUPS = ("iri", "text", "lang", "datatype")
_FORMS = {"<": 1, "_": 2, '"': 3}

#: Nearly all words are this, and need no more than to lose brackets and space.
_BARE_IRI = f"^{PLAIN_IRI} $"
#: Nearly all others are this: what stands behind ends the statement, or not. (Labels of blank nodes would slow it down
#: threefold, and releases hold none.)
_PLAIN = re.sub(
    r"\s{2,}",
    "",
    rf"""
    ^(?:<(?P<iri>{PLAIN_IRI[1:-1]})>
    |"(?P<text>{PLAIN_TEXT})"(?:@(?P<lang>{LANG})|\^\^<(?P<datatype>{PLAIN_IRI[1:-1]})>)?
    ) (?:\.\n)?$
    """,
)


def read_words(texts: pa.Array, used: npt.NDArray[np.int64], base: int) -> pa.Table | None:
    """Take terms apart.

    :param texts: terms as N-Quads write them, white space and full stop behind them.
    :param used: places of those that are wanted.
    :param base: number of the first text.
    :returns: the words, in no order, or none where a text is no term.
    """
    piece = pa.table({"n": (used + base).astype(np.int32), "text": texts.take(pa.array(used))})
    bare = pc.match_substring_regex(piece["text"], _BARE_IRI)
    others = piece.filter(pc.invert(bare))
    parts = pc.extract_regex(others["text"], _PLAIN)
    plain = parts.is_valid()
    try:
        slowly = _read_slowly(others.filter(pc.invert(plain)))
    except ValueError:
        return None
    return pa.concat_tables(
        [_read_iris(piece.filter(bare)), _read_plain(others["n"].filter(plain), parts.filter(plain)), slowly]
    )


def _read_iris(piece: pa.Table) -> pa.Table:
    size = len(piece)
    texts = pc.binary_slice(piece["text"].cast(pa.large_binary()), 1, -2).cast(pa.large_string())
    nothing = pa.repeat(pa.scalar("", pa.large_string()), size)
    return pa.table([piece["n"], pa.repeat(pa.scalar(_FORMS["<"], pa.uint8()), size), texts, nothing, nothing], WORDS)


def _read_plain(numbers: pa.ChunkedArray, parts: pa.ChunkedArray) -> pa.Table:
    iri, text, lang, datatype = (pc.struct_field(parts, name) for name in _GROUPS)
    is_iri = pc.not_equal(iri, "")
    form, lex = pc.if_else(is_iri, _FORMS["<"], _FORMS['"']), pc.if_else(is_iri, iri, text)
    datatype = pc.if_else(pc.equal(datatype, STRING), "", datatype)
    return pa.table([numbers, form.cast(pa.uint8()), lex, datatype, pc.ascii_lower(lang)], WORDS.names).cast(WORDS)


def _read_slowly(piece: pa.Table) -> pa.Table:
    """Read blank nodes, what holds an escape, and what is no term."""
    rows = [
        (number, *_parts(text.removesuffix(STOP).removesuffix(" ")))
        for number, text in zip(piece["n"].to_pylist(), piece["text"].to_pylist(), strict=True)
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(WORDS)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, WORDS.types, strict=True)], WORDS)


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
