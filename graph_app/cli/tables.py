"""Answers as tables on a terminal, IRIs in their short form."""

from collections.abc import Mapping

from rich.table import Table as RichTable
from rich.text import Text

from graph_app.cli.console import plain
from graph_app.questions.results import Table, Term

__all__ = ["rich_table", "short"]


def rich_table(answer: Table, base: str, prefixes: Mapping[str, str]) -> RichTable:
    """Draw a table.

    :param answer: the answer of a SELECT.
    :param base: base of instance IRIs, left out of their short form.
    :param prefixes: prefix to namespace.
    """
    table = RichTable(*answer.columns)
    for column in table.columns:
        column.overflow = "fold"
    for row in answer.rows:
        table.add_row(*(_cell(term, base, prefixes) for term in row))
    return table


def short(iri: str, base: str, prefixes: Mapping[str, str]) -> str:
    """Return the short form of an IRI, which the command line also takes: a path, a prefixed name, or the IRI itself.

    :param iri: the IRI.
    :param base: base of instance IRIs.
    :param prefixes: prefix to namespace.
    """
    if iri.startswith(base):
        return iri.removeprefix(base)
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not set(local) & set("/#"):
            return f"{prefix}:{local}"
    return iri


def _cell(term: Term | None, base: str, prefixes: Mapping[str, str]) -> Text:
    if term is None:
        return Text("")
    if term.kind == "iri":
        return Text(plain(short(term.value, base, prefixes)).plain, style="cyan")
    return plain(term.value)
