"""``intgraph template``: the workbook that data stewards fill."""

from pathlib import Path
from typing import Annotated

import typer

from graph_app.cli.console import err, fail, plain, told
from graph_app.cli.questions import Language

__all__ = ["command"]


def command(
    path: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
    *,
    language: Annotated[
        Language, typer.Option("--language", help="Language of headings and explanations.")
    ] = Language.EN,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write the workbook for new entries, with a drop-down list wherever values come from a list."""
    with told():
        from loaders.template.workbook import write_workbook

        if path.suffix.lower() != ".xlsx":
            fail(f"The template is a workbook: name a file that ends in .xlsx, not {path.name}.")
        if path.exists() and not force:
            fail(f"{path} exists already. Name another file, or add --force to replace it.")
        write_workbook(path, language.value)
        err().print(plain(f"Wrote {path}"))
