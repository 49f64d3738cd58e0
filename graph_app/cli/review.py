"""``intgraph review``, ``approve`` and ``reject``: what waits, what it will change, and the decision."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.changes import change_lines, changes_as_objects, counts_line
from graph_app.cli.console import Exit, err, out, plain, working, write
from graph_app.cli.questions import Language
from graph_app.cli.submissions import (
    Format,
    acting,
    as_object,
    findings_line,
    said_in,
    show_findings,
    show_state,
    tell,
)
from graph_app.journal.said import said

if TYPE_CHECKING:
    from graph_app.stewardship.review import Looked
    from graph_app.stewardship.submission import Submission
    from graph_app.stewardship.submit import Outcome

__all__ = ["approve_command", "reject_command", "review_command"]

_Name = Annotated[str, typer.Argument(metavar="SUBMISSION", help="Its id, or the first digits of it.")]
_Form = Annotated[Format, typer.Option("--format", "-f", help="How to write it.")]


def review_command(
    submission: Annotated[
        str, typer.Argument(metavar="SUBMISSION", help="Its id, or the first digits of it; else all are listed.")
    ] = "",
    *,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings and names.")] = Language.EN,
    form: _Form = Format.TABLE,
) -> None:
    """List all submissions, or show one: its history, its findings as the graph is now, and what it will change.

    A submission with violations gives exit code 1.
    """
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.review import look_at, queue

        if not submission:
            _show_queue(queue(actor, settings), form)
            return
        with working() as say:
            looked = look_at(submission, actor, settings, say)
        if form is Format.JSON:
            write(_as_json(looked, messages))
        else:
            _show_one(looked, messages)
        check = looked.examination
        raise typer.Exit(Exit.OK if check is None or check.accepted else Exit.INVALID)


def approve_command(
    submission: _Name,
    *,
    comment: Annotated[str, typer.Option("--comment", help="A word to those who read the journal later.")] = "",
    messages: Annotated[Language, typer.Option("--messages", help="Language of messages.")] = Language.EN,
    form: _Form = Format.TABLE,
) -> None:
    """Let a submission be published. Prints its id and state."""
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.review import approve

        outcome = approve(submission, actor, settings, comment=comment)
        done = f"Approved. `intgraph publish {outcome.submission.id}` brings it into the graph."
        _show_decision(outcome, done, form)


def reject_command(
    submission: _Name,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for its steward.")],
    messages: Annotated[Language, typer.Option("--messages", help="Language of messages.")] = Language.EN,
    form: _Form = Format.TABLE,
) -> None:
    """Send a submission back to its steward. Prints its id and state."""
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.review import reject

        _show_decision(reject(submission, actor, settings, reason=reason), "Rejected.", form)


def _show_decision(outcome: "Outcome", done: str, form: Format) -> None:
    known = outcome.submission
    last = known.events[-1]
    same = f"Nothing has changed: {known.id} is {known.state.value} since event {last.seq} of {last.actor}."
    tell([done if outcome.changed else same], "green" if outcome.changed else "")
    show_state(known, form)


def _show_queue(found: "Sequence[Submission]", form: Format) -> None:
    if form is Format.JSON:
        write(json.dumps([as_object(one) for one in found], ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    table = Table("submission", "state", "since", "steward", "file", "dataset", "findings", "last said")
    table.columns[-1].overflow = "fold"
    for one in found:
        check = one.validation
        table.add_row(
            one.id,
            one.state.value,
            f"{one.events[-1].time:%Y-%m-%d %H:%M}",
            plain(one.steward),
            plain(one.load.name),
            plain(f"{'replaces' if one.replaces else 'adds'} {one.load.dataset.key}"),
            findings_line(check.details["findings"]) if check else "not checked",
            plain(said_in(one.events[-1])),
        )
    out().print(table)
    if not found:
        err().print("Nothing was handed in yet. `intgraph submit FILE` does so.")


def _show_one(looked: "Looked", language: str) -> None:
    from rich.table import Table

    known, console = looked.submission, out()
    kept = ", ".join(f"{file.name} ({file.size:,} bytes, {file.sha256[:12]})" for file in known.load.files)
    place = f"{'replaces' if known.replaces else 'adds'} the dataset {known.load.dataset.key}"
    console.print(plain(f"Submission {known.id}, {known.state.value}: {known.load.name} {place}"), style="bold")
    console.print(plain(f"Handed in by {known.steward}: {kept}"), soft_wrap=True)
    table = Table("event", "time", "actor", "type", "said")
    table.columns[-1].overflow = "fold"
    for event in known.events:
        time = f"{event.time:%Y-%m-%d %H:%M:%S}"
        table.add_row(str(event.seq), time, plain(event.actor), event.type.value, plain(said_in(event)))
    console.print(table)
    check = looked.examination
    if check is None:
        console.print("It is in the graph; `intgraph history IRI` tells of its entities.")
        return
    against = f"release {check.release.version}" if check.release else "a graph that is still empty"
    counts = dict.fromkeys(("violation", "warning", "info"), 0)
    for found in check.findings:
        counts[found.severity.value] += 1
    console.print(plain(f"Checked against {against}: {findings_line(counts)}."))
    show_findings(check.findings, language, console, where=f"intgraph review {known.id} --format json")
    for moved in looked.moved:
        console.print(plain(f"Moved since it was checked: {said(moved, language)}"), style="yellow", soft_wrap=True)
    console.print(plain(counts_line(check)))
    for sentence in change_lines(check.changes, language):
        console.print(plain(f"  {sentence}"), soft_wrap=True)


def _as_json(looked: "Looked", language: str) -> str:
    from graph_app.cli.findings import cells

    check = looked.examination
    document = as_object(looked.submission) | {
        "moved": [said(one, language) for one in looked.moved],
        "release": check.release.version if check and check.release else None,
        "findings": [cells(found, language) for found in check.findings] if check else None,
        "changes": changes_as_objects(check.changes, language) if check else None,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
