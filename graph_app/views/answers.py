"""The answer to a question a person asked: a table with links, or a clear reason why there is none."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.downloads import as_csv, as_json, download
from graph_app.components.escape import escape
from graph_app.components.messages import empty, problem
from graph_app.components.result import draw_table
from graph_app.components.texts import text
from graph_app.questions.catalogue import Question
from graph_app.questions.errors import (
    QueryBusy,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreInMaking,
)
from graph_app.questions.parameters import ParameterError
from graph_app.questions.results import Table, Triples
from graph_app.views.in_making import say_in_making
from graph_app.views.reading import ask, person, references, release, settings

__all__ = ["show_answer"]

#: Looking up more names than this would take longer than the question itself.
_NAMED = 3_000
_SHOWN_TRIPLES = 60
_FAILED = "_failed"


def show_answer(question: Question, values: Mapping[str, Sequence[str]], *, again: bool = False) -> None:
    """Ask and draw the answer.

    :param question: the question.
    :param values: parameter to values.
    :param again: ask once more what has failed before.
    """
    asked = f"{release().version} {question.text} {values!r}"
    failed: tuple[str, Exception] | None = st.session_state.get(_FAILED)
    if failed and failed[0] == asked and not again:
        _explain(failed[1], question)
        return
    try:
        with st.spinner(text("ask.running")):
            found = ask(question, values, client=person())
    except StoreInMaking as error:  # told at once, and not for long: nothing is gained by keeping it
        say_in_making(error)
        return
    except (QueryError, ParameterError) as error:
        # Kept, so that drawing the page again does not run a query for its whole time limit again.
        st.session_state[_FAILED] = (asked, error)
        _explain(error, question)
        return
    if isinstance(found, Table):
        _table(found, question)
    elif isinstance(found, Triples):
        lines = found.ntriples.rstrip("\n").split("\n")
        st.code("\n".join(lines[:_SHOWN_TRIPLES]), language="turtle", wrap_lines=True)
        if len(lines) > _SHOWN_TRIPLES:
            st.caption(text("ask.more_triples", shown=_SHOWN_TRIPLES, all=len(lines)))
        if found.truncated:
            st.warning(escape(found.notice))
        download("N-Triples", found.ntriples.encode(), f"{question.name}.nt", "application/n-triples")
    else:
        st.metric(text("ask.answer"), text("yes") if found.value else text("no"))


def _table(table: Table, question: Question) -> None:
    if not table.rows:
        empty(text("ask.no_rows"))
        return
    iris = {term.value for row in table.rows for term in row if term is not None and term.kind == "iri"}
    # Columns of the library have headings in each language; those of a person's own query keep its names.
    draw_table(table, references(sorted(iris)[:_NAMED]), key=f"result {question.name}", worded=bool(question.group))
    records = table.records()
    with st.container(horizontal=True):
        rows = [[record[column] for column in table.columns] for record in records]
        download("CSV", as_csv(table.columns, rows), f"{question.name}.csv", "text/csv")
        download("JSON", as_json(records), f"{question.name}.json", "application/json")
    st.caption(text("ask.csv_note"))


def _explain(error: Exception, question: Question) -> None:
    match error:
        case QuerySyntaxError():
            lines = question.text.split("\n")
            row = lines[min(error.line, len(lines)) - 1]
            problem(
                text("ask.syntax", line=error.line, column=error.column),
                escape(error.message),
            )
            st.code(f"{row}\n{' ' * (error.column - 1)}^", language=None)
        case QueryTimeout():
            problem(text("ask.timeout"), text("ask.timeout_detail", seconds=f"{settings().time_limit:g}"))
        case QueryBusy():
            problem(text("ask.busy"), text("ask.busy_detail"))
        case QueryRefused():
            problem(text("ask.refused"), escape(error))
        case _:
            problem(text("ask.failed"), escape(error))
