"""``intgraph query``: ask the current release, with a file, a question of the library, or standard input."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_app.cli.console import err, fail, out, plain, told, write

if TYPE_CHECKING:
    from graph_app.questions.catalogue import Question
    from graph_app.questions.engine import Engine
    from graph_app.questions.results import Table, Triples, Truth

__all__ = ["Format", "command"]


class Chosen(StrEnum):
    """Which engine answers."""

    AUTO = "auto"
    COLUMNS = "columns"
    OXIGRAPH = "oxigraph"


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"


def command(
    source: Annotated[
        str,
        typer.Argument(metavar="[FILE|NAME|-]", help="A .rq file, a question of the library, or - for standard input."),
    ] = "",
    *,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; repeat it for more.")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: table, and ttl for CONSTRUCT and DESCRIBE.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many rows.")] = None,
    engine: Annotated[
        Chosen | None, typer.Option("--engine", help="Who answers: auto leaves it to what is likely to be faster.")
    ] = None,
) -> None:
    """Ask the current release a question in SPARQL.

    In CSV, text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    with told():
        from graph_app.questions.engine import Engine
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings

        settings = load_settings()
        if engine is not None:
            settings = replace(settings, engine=engine.value)
        question = _question(source)
        values = _values(param or [])
        with Engine(current_release(settings), settings) as opened:
            answer = opened.answer(question, values, row_limit=limit)
            _show(answer, form, settings.base)
            _say_lacking(question, values, opened)
        if answer.notice:
            err().print(plain(answer.notice), style="yellow")
        if engine is not None or err().is_terminal:
            milliseconds = f"{answer.seconds * 1000:,.0f} ms"
            err().print(plain(f"Answered by {answer.engine} in {milliseconds} ({answer.reason})."), style="dim")


def _say_lacking(question: "Question", values: dict[str, list[str]], engine: "Engine") -> None:
    """Say how many projects do not state what the answer stands on; an answer is worth having without."""
    from graph_app.questions.coverage import lacking, shares_of
    from graph_app.questions.errors import QueryError

    try:
        said = lacking(shares_of(question, values, engine.answer))
    except QueryError as error:
        said = f"How many projects lack what this stands on is not known: {error}"
    if said:
        err().print(plain(said), style="dim")


def _question(source: str) -> "Question":
    from graph_app.questions.catalogue import Question, parse_question, questions

    path = Path(source)
    if source == "-" or (not source and _is_piped()):
        text, path = _decoded(_standard_input(), "Standard input"), Path("-")
    elif not source:
        fail(
            "Name a .rq file or a question, or send a query to standard input. `intgraph questions` lists the library."
        )
    elif "{" in source:
        fail("A query goes to standard input or into a file; an argument names a file or a question.")
    elif path.suffix == ".rq" or path.is_file():
        text = _decoded(path.read_bytes(), source)
    elif source in questions():
        return questions()[source]
    else:
        fail(f"There is neither a file nor a question {source}. `intgraph questions` lists the library.")
    # The header is a comment to SPARQL; it stays, so that faults are named at their line of the file.
    return replace(parse_question(text, path), text=text) if text.startswith("#+") else Question("", "", {}, text)


def _is_piped() -> bool:
    return sys.stdin is not None and not sys.stdin.isatty()


def _standard_input() -> bytes:
    if sys.stdin is None:
        fail("Standard input is closed, so there is no query.")
    return sys.stdin.buffer.read()


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        fail(f"{name} is no text in UTF-8: byte {error.start + 1} does not fit. Save it as UTF-8.")


def _values(pairs: list[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            fail(f"Write a parameter as NAME=VALUE, not {pair!r}.")
        values.setdefault(name, []).append(value)
    return values


def _show(answer: "Table | Triples | Truth", form: Format | None, base: str) -> None:
    from graph_app.cli.tables import rich_table
    from graph_app.questions.formats import to_csv, to_json, to_turtle
    from graph_app.questions.results import Table, Triples
    from loaders.vocabulary import prefixes

    if form is Format.TTL and not isinstance(answer, Triples):
        fail("ttl holds triples, and this query gives none. Use CONSTRUCT or DESCRIBE, or another format.")
    if form is Format.TABLE and isinstance(answer, Triples):
        fail("A table holds rows, and this query gives triples. Use the format ttl, json or csv.")
    match form or (Format.TTL if isinstance(answer, Triples) else Format.TABLE):
        case Format.JSON:
            write(to_json(answer))
        case Format.CSV:
            write(to_csv(answer))
        case Format.TTL if isinstance(answer, Triples):
            write(to_turtle(answer))
        case Format.TABLE if isinstance(answer, Table):
            out().print(rich_table(answer, base, prefixes()))
        case _:
            write("yes" if answer else "no")
