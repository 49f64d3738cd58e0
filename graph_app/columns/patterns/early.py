"""Patterns of which only the set of some variables matters, as under DISTINCT: what is not needed any more goes early.

Walking from organisation to project to organisation, each way counts in a table of solutions; where only the
organisations matter, they are made different after each step, so that the ways do not multiply.
"""

from collections.abc import Iterable, Sequence

from graph_app.columns.algebra.nodes import Node, Step, Triple, Variable
from graph_app.columns.patterns.context import Context

__all__ = ["stages"]


def stages(
    triples: Sequence[Triple], needed: frozenset[str], context: Context
) -> list[tuple[list[Triple], str | None]]:
    """Put patterns in order, in stages after each of which one variable is left that anything later needs.

    :param triples: patterns of single predicates, variables as predicates, or paths.
    :param needed: variables that are needed after all of them.
    :param context: what the query shares.
    :returns: the stages, each with the variable that is left after it; none after the last one.
    """
    left = list(triples)
    known: set[str] = set()
    found: list[tuple[list[Triple], str | None]] = []
    stage: list[Triple] = []
    grown = False
    while left:
        chosen = min(left, key=lambda triple: _rank(triple, known, context))
        left.remove(chosen)
        grown = grown or _grows(chosen, known, context)
        stage.append(chosen)
        known |= set(_variables([chosen]))
        kept = known & (needed | set(_variables(left)))
        if left and grown and len(kept) == 1 and len(known) > 1 and not _waits(left, kept, context):
            found.append((stage, next(iter(kept))))
            stage, known, grown = [], kept, False
    found.append((stage, None))
    return found


def _variables(triples: Iterable[Triple]) -> Iterable[str]:
    for triple in triples:
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, Variable):
                yield node.name


def _is_known(node: Node, known: set[str]) -> bool:
    return not isinstance(node, Variable) or node.name in known


def _rank(triple: Triple, known: set[str], context: Context) -> tuple[bool, float]:
    """Tell how many rows a pattern adds to each, those that reach nothing known last."""
    subject, target = _is_known(triple.subject, known), _is_known(triple.object, known)
    reached = not known or bool(known & set(_variables([triple])))
    if not isinstance(triple.predicate, Step):
        return not reached, float(context.catalogue.triples)
    predicate = context.predicate(triple.predicate.iri)
    if predicate is None:
        return False, 0.0
    rows = float(predicate.triples)
    if subject:
        rows /= max(predicate.subjects, 1)
    if target:
        rows /= max(predicate.objects, 1)
    return not reached, rows


def _grows(triple: Triple, known: set[str], context: Context) -> bool:
    """Tell whether a pattern can give several rows for one."""
    if not isinstance(triple.predicate, Step):
        return True
    predicate = context.predicate(triple.predicate.iri)
    if predicate is None:
        return False
    return not _is_known(triple.subject, known) or not (predicate.functional or _is_known(triple.object, known))


def _waits(left: list[Triple], kept: set[str], context: Context) -> bool:
    """Tell whether a pattern of what is left adds no rows, and so had better come first."""
    return any(set(_variables([triple])) & kept and not _grows(triple, kept, context) for triple in left)
