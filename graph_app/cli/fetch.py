"""``intgraph fetch``: what a SPARQL endpoint knows, as a file that can be taken in."""

from pathlib import Path
from typing import Annotated

import typer

from graph_app.cli.console import err, fail, plain, told, working, write

__all__ = ["command"]

#: Bytes; a query is typed by a person.
_LARGEST_QUERY = 1_000_000


def command(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the SPARQL endpoint.")],
    *,
    construct: Annotated[
        Path, typer.Option("--construct", metavar="FILE", help="CONSTRUCT query in the terms of the ontology.")
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FILE.nt", help="File to write.")],
    page: Annotated[int, typer.Option("--page", min=1, help="Solutions asked for at a time.")] = 5_000,
    pause: Annotated[float, typer.Option("--pause", min=0, help="Seconds between two requests.")] = 1.0,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that a request may take.")] = 120.0,
) -> None:
    """Fetch what a CONSTRUCT query gives, page by page, into a file for `intgraph load`.

    Prints the name of the file.
    """
    with told():
        from loaders.sources.endpoint.fetch import Manners, fetch
        from loaders.sources.files import read_text

        if output.suffix.lower() != ".nt":
            fail(f"{output} should end in .nt, by which `intgraph load` knows what it is.")
        _, query = read_text(construct, _LARGEST_QUERY)
        with working() as say:
            found = fetch(url, query, output, Manners(page, pause, timeout), say)
        err().print(plain(f"{found.statements:,} statements on {found.pages:,} pages."))
        write(str(output))
