"""What a change of the stated content changes about what follows by rule, without deriving the rest again.

For each rule: which values of its key the change touches, and what the rule derives for these before and after it. What
is no longer derived for them stays where another rule, or the same one for another value, still derives it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from graph_app.columns.encoding import memory_for_columns
from graph_app.columns.engine import ColumnStore
from graph_app.columns.terms import Constant
from graph_app.releases.rules import Rule, RuleError
from graph_app.releases.touched import able, read_statements, touched

__all__ = ["Rederived", "rederive"]


class Rederived(NamedTuple):
    """What a change comes to.

    :param removed: lines that nothing derives any more.
    :param added: lines that are derived now; some may have been derived before as well.
    """

    removed: set[bytes]
    added: set[bytes]


def rederive(
    before: Path, after: Path, removed: Iterable[bytes], added: Iterable[bytes], rules: Sequence[Rule], scratch: Path
) -> Rederived:
    """Find what a change of the stated content does to what is derived.

    :param before: folder of the columns of what was stated before.
    :param after: folder of the columns of what is stated now.
    :param removed: canonical lines that were taken away; what they say may be stated still.
    :param added: canonical lines that were added; what they say may have been stated before.
    :param rules: the rules.
    :param scratch: folder for what does not fit into memory.
    :raises ColumnsError: if the columns cannot be read.
    :raises RuleError: if a rule cannot be used.
    """
    gone, come = read_statements(removed), read_statements(added)
    missed: set[bytes] = set()
    made: set[bytes] = set()
    with ExitStack() as held:
        old, new = (
            held.enter_context(closing(ColumnStore.open(path, memory_limit=memory_for_columns(path), scratch=scratch)))
            for path in (before, after)
        )
        for rule in rules:
            left, entered = touched(rule, gone, old), touched(rule, come, new)
            values = None if left is None or entered is None else {rule.keys[0]: left | entered}
            derived_before, derived_now = _derived(rule, values, old), _derived(rule, values, new)
            missed |= derived_before - derived_now
            made |= derived_now - derived_before
        missed -= made
        for rule in rules:
            missed -= _derived(rule, able(rule, read_statements(missed), new), new)
    return Rederived(missed, made)


def _derived(rule: Rule, values: Mapping[str, set[Constant]] | None, columns: ColumnStore) -> set[bytes]:
    """Return what a rule derives for some values of its keys, or for everything."""
    if values is None:
        return _lines(rule.conclusions(columns))
    found: set[bytes] = set()
    for key, terms in values.items():
        if terms:
            try:
                found |= _lines(rule.conclusions(columns, key, sorted(terms, key=str)))
            except RuleError:  # for everything the columns answer it, or say why not
                return _lines(rule.conclusions(columns))
    return found


def _lines(texts: Iterator[str]) -> set[bytes]:
    return {line for text in texts for line in text.encode().splitlines(keepends=True)}
