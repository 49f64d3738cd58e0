"""``intgraph submit``: hand in a file for review."""

from pathlib import Path
from typing import Annotated

import typer

from graph_app.cli.changes import counts_line
from graph_app.cli.console import Exit, err, fail, working
from graph_app.cli.questions import Language
from graph_app.cli.submissions import Format, acting, findings_line, show_findings, show_state, tell

__all__ = ["command"]


def command(
    file: Annotated[Path, typer.Argument(help="What to hand in: a file, or a folder of CSV files.")],
    *,
    dataset: Annotated[
        str,
        typer.Option("--dataset", metavar="KEY", help="Dataset that it replaces or adds; else one is named after it."),
    ] = "",
    source: Annotated[str, typer.Option("--source", help="Format of the file; else told by its content.")] = "",
    map_: Annotated[str, typer.Option("--map", metavar="NAME|FILE", help="Column map that reads a table.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of a dataset that it adds.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Address of its licence, or words.")] = "",
    language: Annotated[str, typer.Option("--language", help="Code of the language it is written in.")] = "",
    comment: Annotated[str, typer.Option("--comment", help="A word to the reviewer.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Hand in what was rejected or reverted once more.")] = False,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the submission.")] = Format.TABLE,
) -> None:
    """Hand in a file: it is kept, checked, and put before a reviewer if nothing blocks. The graph stays as it is.

    Prints id and state of the submission. Violations give exit code 1: repair what is named and hand in the repaired
    file. The same file handed in again is the same submission.
    """
    with acting(messages) as (settings, actor):
        from graph_app.cli.described import column_map
        from graph_app.cli.findings import lines
        from graph_app.stewardship.described import Stated
        from graph_app.stewardship.states import State
        from graph_app.stewardship.submit import submit
        from loaders.errors import SourceFault

        stated = Stated(dataset, source, column_map(map_) if map_ else "", title, licence, language)
        try:
            with working() as say:
                outcome = submit(file, actor, settings, stated, comment=comment, again=again, progress=say)
        except SourceFault as fault:  # a kind of file that nothing reads
            for line in lines(fault.findings, messages):
                err().print(line)
            fail("Nothing was handed in.", Exit.INVALID)
        known, check = outcome.submission, outcome.examination
        if check is not None:
            show_findings(check.findings, messages, err(), where=f"intgraph review {known.id} --format json")
            tell([f"Checked: {findings_line(check.details['findings'])}.", counts_line(check)])
        waits = known.state is State.SUBMITTED and outcome.changed
        blocked = known.state is State.RECEIVED
        if waits:
            tell([f"Submitted as {known.id}. `intgraph review {known.id}` shows it to a reviewer."], "green")
        elif blocked:
            tell(["It cannot be submitted so: repair what is named and hand in the repaired file."], "red")
        else:
            last = known.events[-1]
            tell([f"Nothing has changed: {known.id} is {known.state.value} since event {last.seq} of {last.actor}."])
            if known.state in {State.REJECTED, State.REVERTED}:
                tell(["`--again` hands it in once more."])
        show_state(known, form)
        raise typer.Exit(Exit.INVALID if blocked else Exit.OK)
