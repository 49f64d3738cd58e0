"""``intgraph match``: who is who: suggestions, pairs of a release, decisions, their exchange, and how right it is."""

import typer

from graph_app.cli.match import candidates, decide, evaluate, exchange, suggest

__all__ = ["commands"]

commands = typer.Typer(no_args_is_help=True, help="Find out and decide which organisations and projects are one.")
commands.command("suggest")(suggest.command)
commands.command("candidates")(candidates.candidates_command)
commands.command("accept")(candidates.accept_command)
commands.command("decide")(decide.decide_command)
commands.command("decisions")(decide.list_command)
commands.command("undo")(decide.undo_command)
commands.command("export")(exchange.export_command)
commands.command("import")(exchange.import_command)
commands.command("evaluate")(evaluate.command)
