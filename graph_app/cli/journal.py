"""``intgraph journal``: what happened, whether it is all there, and how to undo it."""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, out, plain, told, working, write

if TYPE_CHECKING:
    from graph_app.journal.events import Event
    from graph_app.journal.journal import Verdict
    from graph_app.settings import Settings

__all__ = ["commands"]

commands = typer.Typer(no_args_is_help=True, help="Show, verify and undo what was taken in.")


class Format(StrEnum):
    """How events are written."""

    TABLE = "table"
    JSON = "json"


@commands.command("verify")
def verify_command() -> None:
    """Check every event of the journal, every file that it names, and that no release knows of more.

    Prints number and hash of the last event, or all that is wrong, with exit code 1.
    """
    with told():
        from graph_app.journal.deployment import open_journal
        from graph_app.journal.journal import verify
        from graph_app.releases.continuity import breaks
        from graph_app.releases.release import releases
        from graph_app.settings import load_settings

        settings = load_settings()
        path = open_journal(settings).path
        with working() as say:
            say(f"Checking {path}")
            verdict = verify(path)
            say("Checking the inbox")
            beside = [*breaks(verdict.events, releases(settings)), *_faults_of_files(verdict, settings)]
        if not verdict.intact or beside:
            faults = [*map(str, verdict.faults), *beside]
            for fault in faults:
                out().print(plain(fault), soft_wrap=True)
            fail("One fault." if len(faults) == 1 else f"{len(faults)} faults.", Exit.INVALID)
        for torn in verdict.faults:
            err().print(plain(str(torn)), style="yellow")
        err().print(plain(f"Intact: {len(verdict.events)} events, and every file that they name."), style="green")
        write(f"{verdict.head.seq} {verdict.head.hash}")


@commands.command("show")
def show_command(
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the events.")] = Format.TABLE,
) -> None:
    """List all events, the oldest first."""
    with told():
        from graph_app.journal.deployment import open_journal
        from graph_app.journal.events import line_of
        from graph_app.settings import load_settings

        events = open_journal(load_settings()).events()
        if form is Format.JSON:
            for event in events:
                write(line_of(event).decode())
        else:
            _show(events)


@commands.command("revert")
def revert_command(
    seq: Annotated[int, typer.Argument(help="Number of the event to undo.")],
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who read the journal later.")],
) -> None:
    """Undo a load: what its dataset held before comes back. Nothing is deleted, one more event says so."""
    with told():
        from graph_app.journal.deployment import open_journal
        from graph_app.journal.events import EventType
        from graph_app.journal.loads import loads_in_force
        from graph_app.journal.revert import revert
        from graph_app.settings import load_settings
        from graph_app.stewardship.actors import current_actor
        from graph_app.stewardship.permissions import Command, require

        settings = load_settings()
        require(current_actor(settings), Command.LOAD, None, settings)
        journal = open_journal(settings)
        if any(event.seq == seq and event.type is EventType.MATCH_DECIDED for event in journal.events()):
            fail(f"Event {seq} decides who is who: `intgraph match undo {seq}` undoes it.")
        event = revert(journal, seq, reason=reason, actor=settings.actor)
        events = journal.events()
        key = events[seq - 1].details["dataset"]["key"]
        left = {load.dataset.key: load.event.seq for load in loads_in_force(events)}
        now = f"{key} is now as in event {left[key]}" if key in left else f"Nothing of {key} is left"
        err().print(plain(f"Undone by event {event.seq}. {now}; `intgraph build` makes a release of it."))
        write(f"{event.seq} {event.hash}")


def _faults_of_files(verdict: "Verdict", settings: "Settings") -> Iterable[str]:
    from graph_app.journal.deployment import open_inbox
    from graph_app.journal.errors import InboxDamaged, JournalError
    from graph_app.journal.events import EventType
    from graph_app.journal.loads import load_of

    inbox = open_inbox(settings)
    for event in verdict.events:
        if event.type is EventType.PUBLISHED or (event.type is EventType.RECEIVED and "submission" in event.details):
            try:
                files = load_of(event).files
            except JournalError as error:
                yield str(error)
                continue
            for file in files:
                try:
                    inbox.check(file.sha256)
                except InboxDamaged as error:
                    yield f"Event {event.seq}, {file.name}: {error}"


def _show(events: "Iterable[Event]") -> None:
    from rich.table import Table

    table = Table("event", "time", "actor", "type", "what")
    table.columns[-1].overflow = "fold"
    numbers = {event.hash: event.seq for event in events}
    for event in events:
        time = event.time.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
        what = plain(_what(event, numbers))
        table.add_row(str(event.seq), time, plain(event.actor), event.type.value, what)
    out().print(table)


def _what(event: "Event", numbers: dict[str, int]) -> str:
    from graph_app.journal.errors import JournalError
    from graph_app.journal.events import EventType
    from graph_app.journal.loads import load_of

    if event.type is EventType.REVERTED:
        return f"event {numbers.get(event.details['event'], '?')}: {event.details['reason']}"
    if event.type is EventType.PUBLISHED:
        try:
            load = load_of(event)
        except JournalError:
            return json.dumps(dict(event.details), ensure_ascii=False)
        size = sum(file.size for file in load.files)
        kept = f"{len(load.files)} files" if load.folder else load.files[0].sha256[:12]
        return f"{load.dataset.key}: {load.name} ({kept}, {size:,} bytes)"
    if event.type is EventType.MATCH_DECIDED:
        return _of_decisions(event)
    if "submission" in event.details:
        return _of_submission(event)
    return json.dumps(dict(event.details), ensure_ascii=False)


def _of_submission(event: "Event") -> str:
    from graph_app.journal.events import EventType

    said = event.details.get("reason") or event.details.get("comment") or ""
    if event.type is EventType.RECEIVED:
        said = f"{event.details['name']} for {event.details['dataset']['key']}"
    elif event.type is EventType.VALIDATED:
        said = ", ".join(f"{number} {severity}" for severity, number in event.details["findings"].items())
    return f"submission {event.details['submission']}" + (f": {said}" if said else "")


def _of_decisions(event: "Event") -> str:
    first, *others = event.details["decisions"]
    said = f"{first['left']} – {first['judgement']} – {first['right']}"
    return f"{said} and {len(others)} more" if others else said
