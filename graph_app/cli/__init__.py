"""The ``intgraph`` command: one module a subcommand, each a thin layer over the rooms below."""

import gc
import importlib.metadata
import logging
from typing import Annotated

import typer

from graph_app.cli import (
    build,
    convert,
    describe,
    fetch,
    history,
    inspect,
    journal,
    load,
    match,
    network,
    prune,
    publish,
    query,
    questions,
    review,
    search,
    serve,
    submit,
    template,
    validate,
)
from graph_app.cli import map as map_
from graph_app.cli.console import told
from graph_app.settings import chosen_store

__all__ = ["application", "look_for_garbage_seldom", "main"]

#: New objects, and rounds of each generation, after which Python looks for unreachable cycles.
_GARBAGE = (50_000, 20, 10)

application = typer.Typer(
    name="intgraph",
    help="Integration Graph: a knowledge graph of actors, projects and funding.",
    epilog="Exit codes: 0 done, 1 the data has violations, 2 wrong usage or the command cannot run.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
application.command("load")(load.command)
application.command("convert")(convert.command)
application.command("fetch")(fetch.command)
application.command("inspect")(inspect.command)
application.command("build")(build.command)
application.command("prune")(prune.command)
application.command("validate")(validate.command)
application.command("submit")(submit.command)
application.command("review")(review.review_command)
application.command("approve")(review.approve_command)
application.command("reject")(review.reject_command)
application.command("publish")(publish.publish_command)
application.command("revert")(publish.revert_command)
application.command("history")(history.command)
application.command("query")(query.command)
application.command("questions")(questions.command)
application.command("search")(search.command)
application.command("describe")(describe.command)
application.command("network")(network.command)
application.command("template")(template.command)
application.add_typer(map_.commands, name="map")
application.add_typer(match.commands, name="match")
application.add_typer(journal.commands, name="journal")
application.command("app")(serve.command)


def _version(*, value: bool) -> None:
    if value:
        typer.echo(f"intgraph {importlib.metadata.version('integration-graph')}")
        raise typer.Exit


@application.callback()
def common(
    context: typer.Context,
    *,
    store: Annotated[
        str,
        typer.Option(
            "--store", metavar="URL", help="Use the remote SPARQL engine at this address in place of the embedded one."
        ),
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what happens to standard error.")] = False,
) -> None:
    """Say what holds for every command."""
    del version  # answered by its callback
    with told():
        context.with_resource(chosen_store(store))
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(name)s: %(message)s")


def main() -> None:
    """Run the command line."""
    look_for_garbage_seldom()
    application()


def look_for_garbage_seldom() -> None:
    """Have Python look for unreachable cycles less often: a command makes few, and a look passes over all its modules.

    Converting a large file takes a sixth less time so.
    """
    gc.set_threshold(*_GARBAGE)
