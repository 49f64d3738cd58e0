"""Small pieces of SQL."""

import re
from collections.abc import Iterable

from graph_app.columns.kinds import BY_ORDINAL, Kind, ordinal

__all__ = ["DECIMAL", "all_of", "any_of", "is_constant", "is_kind", "quoted", "timestamp"]

#: The exact type of numbers, as wide as that of Oxigraph.
DECIMAL = "DECIMAL(38,18)"
_CONSTANT = re.compile(r"\(?(-?[0-9.]+|'([^']|'')*'|TRUE|FALSE|NULL)\)?(::[A-Z]+)?")


def quoted(text: str) -> str:
    """Write a text as SQL reads it.

    :param text: any text.
    :raises ValueError: if it holds a character that no SQL text can hold.
    """
    if "\0" in text:
        raise ValueError("SQL has no text with a null character")
    return "'" + text.replace("'", "''") + "'"


def is_kind(sql: str, kinds: Kind) -> str:
    """Ask whether the ordinal of a kind is among some kinds.

    :param sql: the ordinal.
    :param kinds: the kinds.
    """
    numbers = [str(ordinal(kind)) for kind in BY_ORDINAL.values() if kind & kinds]
    return f"{sql} = {numbers[0]}" if len(numbers) == 1 else f"{sql} IN ({', '.join(numbers)})"


def is_constant(sql: str) -> bool:
    """Tell whether an expression is one value written out, which DuckDB takes for something else in some places.

    :param sql: the expression.
    """
    return _CONSTANT.fullmatch(sql) is not None


def all_of(conditions: Iterable[str]) -> str:
    """Join conditions that all have to hold.

    :param conditions: SQL conditions; none means true.
    """
    return " AND ".join(f"({one})" for one in conditions) or "TRUE"


def any_of(conditions: Iterable[str]) -> str:
    """Join conditions of which one has to hold.

    :param conditions: SQL conditions; none means false.
    """
    return " OR ".join(f"({one})" for one in conditions) or "FALSE"


def timestamp(text: str) -> str:
    """Write an instant.

    :param text: in the form of ISO 8601, without zone.
    """
    return f"TIMESTAMP {quoted(text)}"
