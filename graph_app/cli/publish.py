"""``intgraph publish`` and ``revert``: into the graph and out of it, with a release made of what is there then."""

from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.build import show_release
from graph_app.cli.changes import counts_line
from graph_app.cli.console import Exit, err, working
from graph_app.cli.questions import Language
from graph_app.cli.submissions import Format, acting, findings_line, show_findings, show_state, tell
from graph_app.journal.said import said

if TYPE_CHECKING:
    from graph_app.settings import Settings
    from graph_app.stewardship.actors import Actor

__all__ = ["publish_command", "revert_command"]

_Name = Annotated[str, typer.Argument(metavar="SUBMISSION", help="Its id, or the first digits of it.")]


def publish_command(
    submission: _Name,
    *,
    rebase: Annotated[
        bool,
        typer.Option("--rebase", help="Check it anew against what is current; it then has to be approved again."),
    ] = False,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Bring an approved submission into the graph and make a release of it.

    It is checked once more against what is current now. Violations that came up meanwhile, and changes of what it
    touches, leave everything as it is and end with exit code 1. Prints the version of the release that is current
    afterwards; with --rebase, id and state of the submission.
    """
    with acting(messages) as (settings, actor):
        from graph_app.releases.build import BuildError
        from graph_app.stewardship.errors import Blocked, Conflict
        from graph_app.stewardship.publication import publish
        from graph_app.stewardship.releasing import make_release

        try:
            if rebase:
                _rebase(submission, actor, settings, messages)
                return
            with working() as say:
                outcome = publish(submission, actor, settings, say)
        except Conflict as conflict:
            tell([said(one, messages) for one in conflict.reasons], "yellow")
            tell([said(conflict, messages)], "red")
            raise typer.Exit(Exit.INVALID) from conflict
        except (Blocked, BuildError) as error:
            show_findings(error.findings, messages, err(), where=f"intgraph review {submission} --format json")
            tell([said(error, messages)], "red")
            raise typer.Exit(Exit.INVALID if error.findings else Exit.FAILED) from error
        known = outcome.submission
        seq = known.events[-1].seq
        done = f"Published {known.load.dataset.key} as event {seq}."
        tell([done if outcome.changed else f"Nothing has changed: {known.id} is published since event {seq}."])
        show_release(settings, make_release)


def revert_command(
    submission: _Name,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who read the journal later.")],
    messages: Annotated[Language, typer.Option("--messages", help="Language of messages.")] = Language.EN,
) -> None:
    """Take a published submission out of the graph again and make a release of that. Nothing is deleted.

    What its dataset held before comes back. Prints the version of the release that is current afterwards.
    """
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.publication import revert
        from graph_app.stewardship.releasing import make_release

        outcome = revert(submission, actor, settings, reason=reason)
        seq = outcome.submission.events[-1].seq
        same = f"Nothing has changed: {outcome.submission.id} is reverted since event {seq}."
        tell([f"Undone by event {seq}." if outcome.changed else same])
        show_release(settings, make_release)


def _rebase(submission: str, actor: "Actor", settings: "Settings", language: str) -> None:
    from graph_app.stewardship.publication import rebase
    from graph_app.stewardship.states import State

    with working() as say:
        outcome = rebase(submission, actor, settings, say)
    known, check = outcome.submission, outcome.examination
    if check is not None:
        show_findings(check.findings, language, err(), where=f"intgraph review {known.id} --format json")
        counts = check.details["findings"]
        tell([f"Checked anew: {findings_line(counts)}.", counts_line(check)])
    if known.state is State.RECEIVED:
        tell(["It has violations now: repair what is named and hand in the repaired file."], "red")
    elif outcome.changed:
        tell([f"It waits for a reviewer again: `intgraph approve {known.id}`."], "green")
    else:
        tell(["Nothing has changed: the graph did not move in what it touches."])
    show_state(known, Format.TABLE)
    raise typer.Exit(Exit.INVALID if known.state is State.RECEIVED else Exit.OK)
