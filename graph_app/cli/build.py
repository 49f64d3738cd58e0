"""``intgraph build``: make a release of all that was published and make it the current one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import Exit, Work, err, plain, told, working, write

if TYPE_CHECKING:
    from graph_app.releases.release import Release
    from graph_app.settings import Settings

__all__ = ["command", "show_release"]


def command(
    *,
    full: Annotated[
        bool, typer.Option("--full", help="Make everything anew, and believe nothing of the current release.")
    ] = False,
) -> None:
    """Make a release of all that was published, from journal and inbox alone.

    Prints the version of the release that is current afterwards. Violations in the data leave the current release as
    it is and end with exit code 1. With --store, the release is then pushed to that engine.
    """
    with told():
        from functools import partial

        from graph_app.releases.build import build
        from graph_app.settings import load_settings
        from graph_app.stewardship.actors import current_actor
        from graph_app.stewardship.permissions import Command, require

        settings = load_settings()
        require(current_actor(settings), Command.BUILD, None, settings)
        show_release(settings, partial(build, full=full))


def show_release(settings: "Settings", make: "Callable[[Settings, Work], Release]") -> None:
    """Make a release, push it where the settings name an engine, and say what it is.

    :param settings: where journal, inbox and releases are.
    :param make: makes it.
    :raises typer.Exit: if no release was made; why was said.
    """
    from dataclasses import replace

    from graph_app.cli.findings import lines
    from graph_app.releases.build import BuildError

    messages = err()
    try:
        with working() as say:
            release = make(replace(settings, store=""), say)
            if settings.store:
                # Imported late: the client of remote engines is not needed without one.
                from graph_app.releases.push import push

                push(release, settings, say)
    except BuildError as error:
        for line in lines(error.findings):
            messages.print(line)
        messages.print(plain(str(error)), style="red")
        raise typer.Exit(Exit.INVALID if error.findings else Exit.FAILED) from error
    report = release.report
    messages.print(
        plain(
            f"This release was made by {_KINDS[report.kind]} build in {report.seconds:.1f} s: "
            f"{report.added:,} statements added, {report.removed:,} removed"
        )
    )
    counts = ", ".join(f"{count:,} {name}" for name, count in release.entities.items() if name in _SHOWN)
    findings = ", ".join(f"{count} {severity}" for severity, count in release.findings.items())
    messages.print(plain(f"{release.triples:,} statements: {counts}"))
    messages.print(plain(f"Findings of loading: {findings}"))
    write(release.version)


_KINDS = {"full": "a full", "incremental": "an incremental"}
_SHOWN = frozenset(("Organisation", "Project", "Participation", "Grant", "Programme", "Donor", "Partnership"))
