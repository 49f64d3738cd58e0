"""The editor of SPARQL: tabs, history, highlighting, completion and errors at their line, in the browser."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from graph_app.components.bundles import component
from graph_app.components.texts import language, text

__all__ = ["Fault", "Given", "can_draw_editor", "draw_editor", "written"]

_WORDS = ("query", "tabs", "tools", "run", "format", "new", "close", "history", "forget", "nothing", "keys")
#: What the editor's library says by itself, in English, to the key of our words.
_PHRASES = {
    "Find": "find", "Replace": "replace", "next": "next", "previous": "previous", "all": "all", "close": "shut",
    "match case": "case", "by word": "by_word", "regexp": "regexp", "replace": "replace", "replace all": "replace_all",
    "Completions": "completions",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A query that the server hands to the editor, once.

    :param text: the query.
    :param id: what tells it from others.
    :param laid_out: whether it takes the place of the query at hand, of which it is another form.
    """

    text: str
    id: str
    laid_out: bool = False

    @classmethod
    def now(cls, text: str, *, laid_out: bool = False) -> "Given":
        """Make one that no browser has taken yet."""
        return cls(text, uuid4().hex, laid_out)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a query stops being SPARQL.

    :param text: the query.
    :param line: line, from 1.
    :param column: column, from 1.
    :param message: what is wrong there.
    """

    text: str
    line: int
    column: int
    message: str


def can_draw_editor() -> bool:
    """Tell whether the part of the editor that runs in the browser was built."""
    return component("editor") is not None


def draw_editor(
    *,
    key: str,
    example: str,
    vocabulary: str,
    given: Given | None,
    fault: Fault | None,
    on_run: Callable[[], None],
    on_format: Callable[[], None],
) -> None:
    """Draw the editor. What was written stands in :func:`written` when it is called back.

    :param key: key of the component.
    :param example: what an unused tab holds.
    :param vocabulary: address of what is completed from.
    :param given: a query to open, if any.
    :param fault: what was wrong with the query that was asked last, if anything.
    :param on_run: called when a query is asked.
    :param on_format: called when one is to be laid out.
    """
    drawn = component("editor")
    if drawn is None:
        raise RuntimeError("The editor was not built; ask can_draw_editor() first.")
    words = {word: text(f"editor.{word}") for word in _WORDS} | {
        "tab": text("editor.tab", number="{number}"),
        "language": language(),
        "phrases": {phrase: text(f"editor.{word}") for phrase, word in _PHRASES.items()},
    }
    data = {
        "example": example,
        "vocabulary": vocabulary,
        "given": given and {"text": given.text, "id": given.id, "laidOut": given.laid_out},
        "fault": fault and {"text": fault.text, "line": fault.line, "column": fault.column, "message": fault.message},
        "words": words,
    }
    drawn(key=key, data=data, on_run_change=on_run, on_format_change=on_format)


def written(key: str, event: str) -> str:
    """Return the query that was asked or is to be laid out.

    :param key: key of the component.
    :param event: ``run`` or ``format``.
    """
    state = st.session_state.get(key) or {}
    return str(state.get(event) or "")
