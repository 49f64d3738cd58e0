"""``intgraph prune``: remove releases that nobody needs any more."""

from typing import Annotated

import typer

from graph_app.cli.console import err, plain, told, write

__all__ = ["command"]


def command(
    *,
    keep: Annotated[int, typer.Option("--keep", min=1, help="How many releases stay, the current one included.")] = 5,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")] = False,
) -> None:
    """Remove old releases and the reports on them. The current one stays, the newest others, and those in use.

    Prints what becomes of each release. Those removed can be made again: journal and inbox hold all they follow from.
    """
    with told():
        from graph_app.releases.keeping import prune
        from graph_app.settings import load_settings
        from graph_app.stewardship.actors import current_actor
        from graph_app.stewardship.permissions import Command, require

        settings = load_settings()
        require(current_actor(settings), Command.BUILD, None, settings)
        pruned = prune(settings, keep, dry_run=dry_run)
        for version, reason in pruned.left:
            write(f"{version} stays: {reason}")
        for version in pruned.removed:
            write(f"{version} {'would be removed' if dry_run else 'removed'}")
        if not (pruned.left or pruned.removed):
            err().print(plain("There is no release yet. Run `intgraph build` to make one."))
