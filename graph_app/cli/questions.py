"""``intgraph questions``: what the library asks, and the SPARQL behind each question."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import fail, out, plain, told, write

if TYPE_CHECKING:
    from graph_app.questions.catalogue import Question

__all__ = ["command"]


class Format(StrEnum):
    """How the list is written."""

    TABLE = "table"
    JSON = "json"


class Language(StrEnum):
    """Language of summaries and labels."""

    EN = "en"
    CS = "cs"


def command(
    name: Annotated[str, typer.Argument(help="A question to show in full.")] = "",
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write it.")] = Format.TABLE,
    language: Annotated[Language, typer.Option("--language", help="Language of summaries and labels.")] = Language.EN,
) -> None:
    """List the question library, or show one question with its parameters and SPARQL."""
    with told():
        from graph_app.questions.catalogue import questions

        library = questions()
        if name and name not in library:
            fail(f"There is no question {name}. `intgraph questions` lists them.")
        chosen = [library[name]] if name else list(library.values())
        if form is Format.JSON:
            described = [_described(question) for question in chosen]
            write(json.dumps(described[0] if name else described, ensure_ascii=False, indent=2))
        elif name:
            _show(chosen[0], language)
        else:
            _list(chosen, language)


def _list(chosen: "list[Question]", language: str) -> None:
    from rich.table import Table

    table = Table("group", "name", "summary", "parameters")
    for question in chosen:
        params = ", ".join(f"{param.name}*" if param.required else param.name for param in question.params)
        table.add_row(question.group, question.name, plain(_text(question.summary, language)), plain(params))
    out().print(table)


def _show(question: "Question", language: str) -> None:
    from graph_app.questions.catalogue import with_prefixes

    lines = [f"# {_text(question.summary, language)}"]
    if question.description:
        lines.append(f"# {_text(question.description, language)}")
    for param in question.params:
        kind = f"{param.type}{', required' * param.required}{', several' * param.multiple}"
        default = f", default {param.default}" if param.default is not None else ""
        lines.append(f"# --param {param.name}=…  {_text(param.label, language)} ({kind}{default})")
    lines.append(f"# Columns: {', '.join(question.returns)}")
    # The lines above are comments, so what is printed can be saved and run as it is.
    write("\n".join(" ".join(line.split()) for line in lines) + "\n\n" + with_prefixes(question.text))


def _described(question: "Question") -> dict[str, object]:
    from graph_app.questions.catalogue import with_prefixes

    params = [
        {
            "name": param.name,
            "type": param.type,
            "label": dict(param.label),
            "required": param.required,
            "default": param.default,
            "multiple": param.multiple,
        }
        for param in question.params
    ]
    return {
        "name": question.name,
        "group": question.group,
        "summary": dict(question.summary),
        "description": dict(question.description),
        "tags": question.tags,
        "params": params,
        "returns": question.returns,
        "sparql": with_prefixes(question.text),
    }


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or ""
