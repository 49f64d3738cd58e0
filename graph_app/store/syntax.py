"""Whether a text is a SPARQL query, said by the engine's own parser."""

from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph as ox

__all__ = ["check_syntax"]


def check_syntax(text: str, prefixes: Mapping[str, str] | None = None) -> None:
    """Have the engine parse a query, and ask it of nothing.

    :param text: the query.
    :param prefixes: prefixes that it may use without declaring them.
    :raises SyntaxError: if it is none; the message holds line and column.
    """
    with suppress(RuntimeError, ValueError):  # what cannot be evaluated is told by who evaluates it
        ox.Store().query(text, prefixes=dict(prefixes or {}))
