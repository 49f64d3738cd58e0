"""``intgraph match export`` and ``import``: decisions on who is who that installations give each other."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, err, fail, plain, write
from graph_app.cli.match.decide import tell
from graph_app.cli.match.naming import names_of
from graph_app.cli.questions import Language
from graph_app.cli.submissions import acting

if TYPE_CHECKING:
    from graph_app.journal.decisions import Decision

__all__ = ["export_command", "import_command"]

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


class Format(StrEnum):
    """How decisions are written."""

    CSV = "csv"
    SSSOM = "sssom"


def export_command(
    *,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="CSV keeps everything; SSSOM is a standard.")
    ] = Format.CSV,
    licence: Annotated[str, typer.Option("--licence", help="Licence that a mapping set names.")] = _CC0,
) -> None:
    """Write what is decided and holds, for another installation. Who decided is left out."""
    with acting(Language.EN) as (settings, _):
        from graph_app.stewardship.deciding import decisions
        from graph_app.stewardship.exchange.sssom import left_out, write_sssom
        from graph_app.stewardship.exchange.table import write_table

        held = decisions(settings)
        names = names_of([iri for one in held for iri in (one.decision.left, one.decision.right)], settings)
        if form is Format.CSV:
            write(write_table(held, names))
            return
        write(write_sssom(held, names, settings.base, licence))
        if open_pairs := left_out(held):
            err().print(plain(f"{open_pairs} left out: SSSOM has no word for a pair that is left open."))


def import_command(
    file: Annotated[Path, typer.Argument(help="Decisions as CSV or SSSOM, as `intgraph match export` writes them.")],
    *,
    messages: Annotated[Language, typer.Option("--messages", help="Language of refusals.")] = Language.EN,
) -> None:
    """Take over what was decided elsewhere, as one event that can be undone as a whole.

    Lines about what the current release does not have, lines about two that stand in an earlier one, and lines that
    contradict what holds here are not taken and told with their number; then the exit code is 1.
    """
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.deciding import Outcome, decide
        from graph_app.stewardship.exchange import read_decisions
        from graph_app.stewardship.exchange.rows import Refusal

        if not file.is_file():
            fail(f"There is no file {file}.")
        rows = list(read_decisions(file, settings.base))
        refused = [row for row in rows if isinstance(row, Refusal)]
        read = [row for row in rows if not isinstance(row, Refusal)]
        names = names_of([iri for _, one in read for iri in (one.left, one.right)], settings)
        for row in refused:
            err().print(plain(f"{file.name}, line {row.line}: {row.why.text(messages)}"), style="red")
        unknown = [(line, iri) for line, one in read for iri in (one.left, one.right) if iri not in names]
        for line, iri in unknown:
            err().print(
                plain(f"{file.name}, line {line}: the current release has nothing under {iri}."), style="yellow"
            )
        wanted: dict[frozenset[str], Decision] = {}
        again = []
        for line, one in read:
            if one.left not in names or one.right not in names:
                continue
            if wanted.setdefault(one.pair, one) is not one:
                again.append(line)
                told = f"{file.name}, line {line}: these two stand in an earlier line, which is taken."
                err().print(plain(told), style="yellow")
        outcome = decide(list(wanted.values()), actor, settings) if wanted else Outcome(None)
        tell(outcome, settings)
        if refused or unknown or again:
            raise typer.Exit(Exit.INVALID)
