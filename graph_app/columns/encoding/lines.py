"""Read any line that N-Quads allow, slowly and exactly, and write it in the one form that the quick way reads."""

import re

from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding.grammar import SCHEME, STATEMENT, unescape

__all__ = ["canonical", "split_literal", "term_parts"]

_END = re.compile(rb"\r\n|\n|\r")
_SCHEME = re.compile(SCHEME)
_OUTSIDE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SHOWN = 120


def canonical(block: bytes, name: str, first: int) -> bytes:
    """Return the statements of a block of lines with one space between terms and nothing else.

    :param block: whole lines.
    :param name: name of their file, for the error.
    :param first: number of the first line.
    :raises ColumnsError: at the first line that is not N-Quads.
    """
    statements = []
    for number, line in enumerate(_END.split(block), first):
        try:
            statements.append(_statement(line.decode()))
        except ValueError as error:
            raise ColumnsError(f"{name}, line {number} is not N-Quads: {error}") from error
    return "".join(statements).encode()


def _statement(line: str) -> str:
    match = STATEMENT.fullmatch(line)
    if match is None:
        shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"
        raise ValueError(shown)
    terms = [term for term in match.groups() if term]
    for term in terms:
        term_parts(term)
    return f"{' '.join(terms)} .\n" if terms else ""


def term_parts(text: str) -> tuple[str, str, str]:
    """Return lexical form, datatype and language of a term, without escapes.

    :param text: the term, valid by the grammar.
    :raises ValueError: if an escape stands for what may not be there.
    """
    if text.startswith("<"):
        return _iri(text), "", ""
    if text.startswith("_"):
        return text[2:], "", ""
    lexical, datatype, language = split_literal(text)
    return unescape(lexical), _iri(datatype) if datatype else "", language.lower()


def split_literal(text: str) -> tuple[str, str, str]:
    """Return the pieces of a literal as they are written: text between quotes, datatype in brackets, language.

    :param text: the literal, valid by the grammar.
    """
    end = text.rindex('"')
    suffix = text[end + 1 :]
    if suffix.startswith("^^"):
        return text[1:end], suffix[2:], ""
    return text[1:end], "", suffix[1:]


def _iri(text: str) -> str:
    iri = unescape(text[1:-1])
    if not _SCHEME.match(iri):
        raise ValueError(f"<{iri}> is no absolute IRI.")
    if "\\" in text and _OUTSIDE.search(iri):
        raise ValueError(f"<{iri}> holds a character that no IRI may hold.")
    return iri
