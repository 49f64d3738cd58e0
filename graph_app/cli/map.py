"""``intgraph map``: column maps, by which tables of any kind are read: list, draft and try them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, plain, told, write
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from loaders.sources.mapped.check import MapCheck

__all__ = ["commands"]

commands = typer.Typer(
    no_args_is_help=True, help="Column maps of tables (CSV, XLSX): list those that are there, draft one, try it."
)
_FILE = typer.Argument(help="The table: a CSV file or a workbook.")


@commands.command("list")
def listing() -> None:
    """List the maps that come with the program, each with the list that it is for."""
    from loaders.sources.mapped.shipped import map_names, shipped_map

    with told():
        for name in map_names():
            write(f"{name}\t{shipped_map(name).about}")


@commands.command("suggest")
def suggest(file: Annotated[Path, _FILE]) -> None:
    """Draft a map from the headings and values of FILE.

    Prints YAML with the reason of every guess beside it. Save it, correct it, and try it with `intgraph map check`.
    """
    from loaders.sources.mapped.suggest import suggest as draft

    with told():
        write(draft(file).rstrip("\n"))


@commands.command("check")
def check(
    map_: Annotated[str, typer.Argument(metavar="MAP", help="Name of a map that comes with the program, or a file.")],
    file: Annotated[Path, _FILE],
    *,
    messages: Annotated[Language, typer.Option("--messages", help="Language of findings.")] = Language.EN,
) -> None:
    """Say what MAP takes of FILE and what it skips; nothing is taken in.

    Ends with exit code 1 if the map or the file cannot be read, or nothing of the file is taken.
    """
    from graph_app.cli.described import column_map
    from graph_app.cli.findings import lines
    from loaders.errors import SourceFault
    from loaders.sources.mapped.check import check_map

    with told():
        if not file.exists():
            fail(f"There is no file {file}.")
        try:
            found = check_map(column_map(map_), file)
        except SourceFault as fault:
            for line in lines(fault.findings, messages):
                err().print(line)
            raise typer.Exit(Exit.INVALID) from fault
        for line in lines(found.findings, messages):
            err().print(line)
        _show(found)
        raise typer.Exit(Exit.OK if found.entities else Exit.INVALID)


def _show(found: "MapCheck") -> None:
    for place, heading, fills, why in found.columns:
        write(f"{place}\t{heading}\t{fills or '-'}" + (f"\t{why}" if why else ""))
    counts = ", ".join(f"{number} {kind}" for kind, number in found.entities.items())
    err().print(plain(f"{found.rows} rows give: {counts or 'nothing'}."), style="green" if found.entities else "red")
    err().print(plain(f"Rows and values left out: {found.skipped}. Entities are counted once each."))
