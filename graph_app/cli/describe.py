"""``intgraph describe``: one entity with its facts, its names and where each comes from."""

from typing import Annotated

import typer

from graph_app.cli.console import err, fail, out, plain, told
from graph_app.cli.questions import Language

__all__ = ["command"]


def command(
    iri: Annotated[str, typer.Argument(help="An IRI, or its short form: organisation/curated/iom, role:partner.")],
    *,
    language: Annotated[Language, typer.Option("--language", help="Language of labels.")] = Language.EN,
) -> None:
    """Show what the graph states about an entity, and the source records behind it."""
    with told():
        from graph_app.cli.portrait import draw
        from graph_app.questions.engine import Engine
        from graph_app.questions.parameters import Parameter, parse
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings

        settings = load_settings()
        entity = parse(Parameter("iri", "iri"), iri, base=settings.base).value
        with Engine(current_release(settings), settings) as engine:
            portrait = draw(engine, entity, settings.base, language)
        if portrait is None:
            fail(f"The graph states nothing about {entity}.")
        console = out()
        console.print(plain(portrait.label), style="bold")
        console.print(plain(entity))
        console.print(portrait.facts)
        console.print(portrait.sources)
        for notice in portrait.notices:
            err().print(plain(notice), style="yellow")
