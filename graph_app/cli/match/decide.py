"""``intgraph match decide``, ``decisions`` and ``undo``: who is who, as somebody decided."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from graph_app.cli.console import Exit, err, fail, out, plain, write
from graph_app.cli.match.naming import names_of
from graph_app.cli.questions import Language
from graph_app.cli.submissions import acting

if TYPE_CHECKING:
    from graph_app.journal.decisions import Decided, Decision
    from graph_app.settings import Settings
    from graph_app.stewardship.deciding import Outcome

__all__ = ["decide_command", "list_command", "undo_command"]


class Verdict(StrEnum):
    """What the first is to the second."""

    SAME = "same"
    DIFFERENT = "different"
    PART = "part"
    FOLLOWS = "follows"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


class Format(StrEnum):
    """How decisions are written."""

    TABLE = "table"
    JSON = "json"


_Messages = Annotated[Language, typer.Option("--messages", help="Language of reasons and refusals.")]


def decide_command(
    left: Annotated[str, typer.Argument(help="The first, such as organisation/curated/iom.")],
    verdict: Annotated[Verdict, typer.Argument(help="What the first is to the second.")],
    right: Annotated[str, typer.Argument(help="The second.")],
    *,
    comment: Annotated[str, typer.Option("--comment", help="Why, for those who read it later.")] = "",
    messages: _Messages = Language.EN,
) -> None:
    """Decide what two organisations or projects are to each other; `intgraph build` makes a release of it.

    Of two that are the same, the one published first gives both its address and its name. With part the first is a
    branch of the second, with follows a project that continues it; withdrawn takes back what was decided on the two.
    """
    with acting(messages) as (settings, actor):
        from graph_app.journal.decisions import Decision, Judgement
        from graph_app.stewardship.deciding import decide

        first, second = (iri.removeprefix(settings.base) for iri in (left, right))
        known = names_of([first, second], settings)
        for iri in (first, second):
            if iri not in known and verdict is not Verdict.WITHDRAWN:
                fail(f"The current release has nothing under {iri}. `intgraph search` finds what it has.")
        outcome = decide([Decision(first, second, Judgement(verdict.value), comment=comment.strip())], actor, settings)
        tell(outcome, settings)


def list_command(
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write them.")] = Format.TABLE,
    messages: _Messages = Language.EN,
) -> None:
    """List what is decided and holds, the oldest first."""
    with acting(messages) as (settings, _):
        from graph_app.stewardship.deciding import decisions

        held = decisions(settings)
        if form is Format.JSON:
            write(json.dumps([_as_object(one) for one in held], ensure_ascii=False, indent=2))
            return
        known = names_of([iri for one in held for iri in (one.decision.left, one.decision.right)], settings)
        table = Table("event", "day", "by", "first", "is", "second", "way", "score", "reasons")
        for column in table.columns:
            column.overflow = "fold"
        for one in held:
            decision = one.decision
            reasons = " ".join(reason.get(messages, "") for reason in decision.reasons)
            table.add_row(
                str(one.event.seq),
                one.event.time.date().isoformat(),
                plain(one.event.actor),
                plain(_named(decision.left, known)),
                decision.judgement.value,
                plain(_named(decision.right, known)),
                plain(f"{decision.way.value} {decision.rule}".strip()),
                "" if decision.score is None else f"{decision.score:.2f}",
                plain(f"{reasons} {decision.comment}".strip()),
            )
        if held:
            out().print(table)
        else:
            err().print("Nothing is decided yet.")


def undo_command(
    seq: Annotated[int, typer.Argument(metavar="EVENT", help="Number of the event, see `intgraph match decisions`.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who read it later.")],
    messages: _Messages = Language.EN,
) -> None:
    """Undo all decisions of one event; what was decided before it holds again. `intgraph build` makes a release."""
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.deciding import undo

        event = undo(seq, actor, settings, reason=reason)
        err().print(plain(f"Undone by event {event.seq}. `intgraph build` makes a release of it."))
        write(f"{event.seq} {event.hash}")


def tell(outcome: "Outcome", settings: "Settings") -> None:
    """Say what became of decisions; ends the command with 1 where some contradict what holds.

    :param outcome: what became of them.
    :param settings: where the release is whose names are told.
    """
    told = [decision for pair in outcome.contradicted for decision in pair]
    names = names_of([iri for decision in told for iri in (decision.left, decision.right)], settings)
    for refused, holds in outcome.contradicted:
        said = f"{_sentence(refused, names)} is not taken: {_sentence(holds, names)} is decided. Withdraw that first."
        err().print(plain(said), style="red")
    if outcome.known:
        err().print(plain(f"{len(outcome.known)} decided already."), style="dim")
    if outcome.event is not None:
        number = "One decision is" if len(outcome.taken) == 1 else f"{len(outcome.taken)} decisions are"
        err().print(plain(f"{number} written down. `intgraph build` makes a release of it."))
        write(f"{outcome.event.seq} {outcome.event.hash}")
    if outcome.contradicted:
        raise typer.Exit(Exit.INVALID)


def _sentence(decision: "Decision", names: dict[str, str]) -> str:
    return f"“{_named(decision.left, names)} – {decision.judgement.value} – {_named(decision.right, names)}”"


def _named(iri: str, names: dict[str, str]) -> str:
    return f"{names[iri]} ({iri})" if iri in names else iri


def _as_object(one: "Decided") -> dict[str, object]:
    about = {"event": one.event.seq, "time": one.event.time.isoformat(), "actor": one.event.actor}
    return {**about, **asdict(one.decision)}
