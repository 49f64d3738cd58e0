"""Rows that add up the others, by the words that people put before a sum."""

import re
from collections.abc import Container

from loaders.normalise.names import lookup_key
from loaders.sources.tables import Row

__all__ = ["total_column"]

_WORDS = (
    "celkem", "celkově", "součet", "součty", "mezisoučet", "úhrnem", "spolu", "súčet",
    "total", "totals", "grand total", "sub-total", "subtotal", "sum", "sum total",
    "summe", "summen", "gesamt", "gesamtsumme", "insgesamt", "zwischensumme",
    "razem", "suma", "suma całkowita", "ogółem", "łącznie",
    "total général", "sous-total", "somme", "importe total", "suma total", "totale", "totale complessivo", "totaal",
    "összesen", "skupaj", "ukupno", "σύνολο", "общо",
)  # fmt: skip
_BEGINNING = re.compile("|".join(re.escape(lookup_key(word)) for word in sorted(_WORDS, key=len, reverse=True)))
#: What may stand after the word where it is all that is said: a unit or a count.
_UNITS = "€|£|kč|zł|ft|eur|czk|usd|gbp|pln|huf|chf|sek|dkk|nok|ron|bgn"
_REST = re.compile(rf"[\s:.=-]*(?:[(\[]?\s*(?:(?:v|in|en)\s+)?(?:{_UNITS})\s*[)\]]?)?[\s:.=]*")
_LETTERS = re.compile(r"[^\W\d_]{4,}")


def total_column(row: Row, title: int | None, ident: int | None, named: Container[str]) -> int | None:
    """Tell whether a row looks like the sum of others.

    :param row: the row.
    :param title: index of the column of titles; a row with another title is no sum.
    :param ident: index of the column of ids; a row with an id is one only if the word stands alone.
    :param named: look-up keys of words that name a project in this list, although they look like a sum.
    :returns: index of the cell that says so, or ``None``.
    """
    filled = [index for index, cell in enumerate(row.cells) if cell.strip()]
    if not filled:
        return None
    first = filled[0]
    titled = row.cells[title].strip() if title is not None and title < len(row.cells) else ""
    index = title if title is not None and titled else first
    text = lookup_key(row.cells[index])
    begins = _BEGINNING.match(text)
    if begins is None or text in named:
        return None
    rest = text[begins.end() :]
    others = [other for other in filled if other != index]
    return index if _REST.fullmatch(rest) is not None or (ident not in others and _sums(row, others, rest)) else None


def _sums(row: Row, others: list[int], rest: str) -> bool:
    """Tell whether a whole word stands before nothing but numbers."""
    return not rest[:1].isalpha() and bool(others) and not any(_LETTERS.search(row.cells[index]) for index in others)
