"""Decide who is who: pairs of organisations or projects that are one, part of each other, or two."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph_app.journal.decisions import Decided, Decision, Held, Judgement, decided_details
from graph_app.journal.deployment import JOURNAL
from graph_app.journal.events import Event, EventType
from graph_app.journal.journal import Journal
from graph_app.journal.revert import revert
from graph_app.releases.merging.clusters import group
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.permissions import Command, require

__all__ = ["Outcome", "decide", "decisions", "undo", "withdraw"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of decisions.

    :param event: the event that wrote them down, or ``None`` where all of them held already.
    :param taken: those that were written down.
    :param known: those that held already.
    :param contradicted: those that were not taken, each with one that holds and says otherwise.
    """

    event: Event | None
    taken: tuple[Decision, ...] = ()
    known: tuple[Decision, ...] = ()
    contradicted: tuple[tuple[Decision, Decision], ...] = ()


def decisions(settings: Settings) -> tuple[Decided, ...]:
    """Return what is decided and holds, in the order in which it was decided.

    :param settings: where the journal is.
    :raises JournalError: if it cannot be read.
    """
    journal, held = _journal(settings.home.resolve())
    return held.after(journal.events())


def decide(wanted: Sequence[Decision], actor: Actor, settings: Settings) -> Outcome:
    """Write down what somebody decides; the next release holds it.

    A later decision on a pair takes the place of an earlier one. One that would make one, by way of others, what
    somebody else decided to be two is not taken, and neither is the reverse: that one has to be withdrawn first.

    :param wanted: the decisions, each of another pair.
    :param actor: who decides.
    :param settings: where the journal is.
    :returns: which were taken, which held already, and which contradict what holds.
    :raises NotAllowed: if they may not.
    :raises JournalError: if there is nothing to decide, or the event cannot be written.
    """
    require(actor, Command.DECIDE, None, settings)
    decided_details(wanted)  # refuses what no journal can hold, before anything else
    journal, known_so_far = _journal(settings.home.resolve())
    with journal.writing() as writer:
        held = {one.decision.pair: one.decision for one in known_so_far.after(writer.events)}
        known = tuple(one for one in wanted if _says(held.get(one.pair)) == _says(one))
        fresh = [one for one in wanted if one not in known and _changes(one, held)]
        taken, contradicted = _without_contradiction(fresh, held)
        if not taken:
            return Outcome(None, (), known, contradicted)
        event = writer.append(
            EventType.MATCH_DECIDED,
            decided_details(taken),
            event_id=f"decide-{secrets.token_hex(16)}",
            actor=actor.name,
        )
    return Outcome(event, taken, known, contradicted)


def withdraw(left: str, right: str, actor: Actor, settings: Settings) -> Outcome:
    """Take back what was decided on a pair, whoever decided it: it is as if nobody had.

    :param left: one of the two.
    :param right: the other.
    :param actor: who takes it back.
    :param settings: where the journal is.
    :raises NotAllowed: if they may not.
    :raises Refused: if nothing is decided on the two.
    :raises JournalError: if the event cannot be written.
    """
    outcome = decide([Decision(left, right, Judgement.WITHDRAWN)], actor, settings)
    if outcome.event is None:
        raise Refused("Nothing is decided on {left} and {right}.", left=left, right=right)
    return outcome


def undo(seq: int, actor: Actor, settings: Settings, *, reason: str) -> Event:
    """Undo all decisions of an event; what was decided on their pairs before holds again.

    :param seq: number of the event.
    :param actor: who undoes it.
    :param settings: where the journal is.
    :param reason: why, for those who read the journal later.
    :returns: the event that undoes it.
    :raises NotAllowed: if they may not.
    :raises Refused: if the event decides nothing.
    :raises JournalError: if there is no such event, it is undone already, or no reason is given.
    """
    require(actor, Command.DECIDE, None, settings)
    journal, _ = _journal(settings.home.resolve())
    events = journal.events()
    if 1 <= seq <= len(events) and events[seq - 1].type is not EventType.MATCH_DECIDED:
        raise Refused("Event {seq} does not decide who is who.", seq=seq)
    return revert(journal, seq, reason=reason, actor=actor.name)


# Somebody decides hundreds of pairs in a row: a journal that stays open reads only what was written since.
@lru_cache(maxsize=2)
def _journal(home: Path) -> tuple[Journal, Held]:
    return Journal(home / JOURNAL), Held()


def _says(decision: Decision | None) -> tuple[str, ...]:
    """Return what a decision says of a pair; which of two is first means something only where one is part of the other.

    :param decision: the decision, or ``None`` where there is none.
    """
    if decision is None:
        return (Judgement.WITHDRAWN.value,)
    directed = decision.judgement in {Judgement.PART, Judgement.FOLLOWS}
    ends = (decision.left, decision.right) if directed else tuple(sorted(decision.pair))
    return (decision.judgement.value, *ends) if decision.judgement is not Judgement.WITHDRAWN else ("withdrawn",)


def _changes(decision: Decision, held: dict[frozenset[str], Decision]) -> bool:
    return decision.judgement is not Judgement.WITHDRAWN or decision.pair in held


def _without_contradiction(
    wanted: Sequence[Decision], held: dict[frozenset[str], Decision]
) -> tuple[tuple[Decision, ...], tuple[tuple[Decision, Decision], ...]]:
    """Leave out what contradicts what holds, or what is wanted before it."""
    pairs = {one.pair for one in wanted}
    others = [decision for pair, decision in held.items() if pair not in pairs]
    taken = list(wanted)
    left_out: dict[frozenset[str], tuple[Decision, Decision]] = {}
    while True:
        found = group([*others, *taken]).contradicted
        ours = {one.pair for one in taken}
        fresh = {
            one.pair: (one, other)
            for pair in found
            for one, other in (pair, reversed(pair))
            if one.pair in ours and (one is pair[0] or pair[0].pair not in ours)
        }
        if not fresh:
            return tuple(taken), tuple(left_out.values())
        left_out |= fresh
        taken = [one for one in taken if one.pair not in fresh]
