"""From when until when projects last, as far as sources state it."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

__all__ = ["Years", "span"]

#: IRI of a project or partnership to its first and its last year, 0 where no source states it.
Years: TypeAlias = Mapping[str, tuple[int, int]]


def span(years: Years, contexts: Iterable[str]) -> tuple[int, int]:
    """Return the first and the last year that any of several projects states.

    :param years: years of all projects.
    :param contexts: IRIs of the projects.
    :returns: two years, 0 where none is stated.
    """
    stated = [year for context in contexts for year in years.get(context, ()) if year]
    return min(stated, default=0), max(stated, default=0)
