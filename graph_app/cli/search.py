"""``intgraph search``: find entities by name, identifier or description."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import err, fail, out, plain, told, write
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from graph_app.questions.engine import Engine
    from graph_app.search.find import Found

__all__ = ["command"]

_MOST = 1_000


class Format(StrEnum):
    """How hits are written."""

    TABLE = "table"
    JSON = "json"


def command(
    words: Annotated[list[str], typer.Argument(help="What to look for; beginnings of words, in any alphabet.")],
    *,
    type_: Annotated[list[str], typer.Option("--type", help="Class, such as ig:Project.")] = [],  # noqa: B006
    country: Annotated[list[str], typer.Option(help="Country of activity or seat, such as country:CZE.")] = [],  # noqa: B006
    year: Annotated[list[int], typer.Option(help="Year of activity.")] = [],  # noqa: B006
    donor: Annotated[list[str], typer.Option(help="Donor, as IRI or in its short form.")] = [],  # noqa: B006
    target_group: Annotated[list[str], typer.Option(help="Target group, such as tg:refugees.")] = [],  # noqa: B006
    programme: Annotated[list[str], typer.Option(help="Programme or fund.")] = [],  # noqa: B006
    limit: Annotated[int, typer.Option(min=1, max=_MOST, help="Most entities to show.")] = 20,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write them.")] = Format.TABLE,
    language: Annotated[Language, typer.Option("--language", help="Language of names.")] = Language.EN,
) -> None:
    """Find organisations, projects and everything else by name, identifier or description, misspelt or not."""
    with told():
        from graph_app.questions.engine import Engine
        from graph_app.questions.parameters import Parameter, parse
        from graph_app.questions.searching import describe, search
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings

        settings = load_settings()
        named = {"type": type_, "country": country, "donor": donor, "targetGroup": target_group, "programme": programme}
        chosen = {
            name: [parse(Parameter(name, "iri"), value, base=settings.base).value for value in values]
            for name, values in named.items()
        }
        text = " ".join(words)
        with Engine(current_release(settings), settings) as engine:
            found = search(engine, text, {**chosen, "year": list(map(str, year))}, limit=limit)
            if form is Format.JSON:
                write(json.dumps(describe(engine, found, language), ensure_ascii=False, indent=2))
                return
            if not found.hits:
                fail(f"Nothing is found for {text}. Try a shorter part of the name.")
            _show(engine, found, language)


def _show(engine: "Engine", found: "Found", language: str) -> None:
    from rich.table import Table

    from graph_app.questions.labels import names

    named = names(engine, [hit.iri for hit in found.hits], language)
    kinds = names(engine, [label.type for label in named.values() if label.type], language)
    table = Table("name", "kind", "IRI")
    for hit in found.hits:
        label = named[hit.iri]
        table.add_row(plain(label.name), plain(kinds[label.type].name if label.type in kinds else ""), plain(hit.iri))
    out().print(table)
    for word, taken in found.instead.items():
        err().print(plain(f"Nothing is called {word}; taken for it: {', '.join(taken)}."), style="yellow")
    if not found.indexed:
        err().print("No search index: texts are compared as they stand.", style="yellow")
    if not found.every:
        err().print("Nothing has all these words; what has one of them is shown.", style="yellow")
    err().print(f"{len(found.hits)} of {found.total} found.", style="dim")
