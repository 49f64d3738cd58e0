"""The answer to a question a person asked, or a clear reason why there is none."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.editor import Fault
from graph_app.components.escape import escape
from graph_app.components.messages import problem
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
from graph_app.questions.results import Table, Triples, Truth
from graph_app.views.in_making import say_in_making
from graph_app.views.reading import ask, person, release, settings

__all__ = ["answer_to", "fault_of"]

_FAILED = "_failed"
#: Characters of a line that are shown on either side of a fault.
_BEFORE = 40


def answer_to(
    question: Question, values: Mapping[str, Sequence[str]], *, again: bool = False
) -> Table | Triples | Truth | None:
    """Ask, or say why there is no answer.

    :param question: the question.
    :param values: parameter to values.
    :param again: ask once more what has failed before.
    :returns: the answer, or ``None`` where there is none and the page says why.
    """
    asked = f"{release().version} {question.text} {values!r}"
    failed: tuple[str, Exception] | None = st.session_state.get(_FAILED)
    if failed and failed[0] == asked and not again:
        _explain(failed[1], question)
        return None
    try:
        with st.spinner(text("ask.running")):
            return ask(question, values, client=person())
    except StoreInMaking as error:  # told at once, and not for long: nothing is gained by keeping it
        say_in_making(error)
    except (QueryError, ParameterError) as error:
        # Kept, so that drawing the page again does not run a query for its whole time limit again.
        st.session_state[_FAILED] = (asked, error)
        _explain(error, question)
    return None


def fault_of(query: str) -> Fault | None:
    """Return where a query that was asked stops being SPARQL.

    :param query: the query.
    """
    failed: tuple[str, Exception] | None = st.session_state.get(_FAILED)
    if failed and isinstance(failed[1], QuerySyntaxError) and failed[0] == f"{release().version} {query} {{}}":
        error = failed[1]
        return Fault(query, error.line, error.column, error.message)
    return None


def _explain(error: Exception, question: Question) -> None:
    match error:
        case QuerySyntaxError():
            lines = question.text.split("\n")
            row = lines[min(error.line, len(lines)) - 1]
            first = max(0, error.column - _BEFORE)
            problem(
                text("ask.syntax", line=str(error.line), column=str(error.column)),
                escape(error.message),
            )
            st.code(f"{row[first : first + 2 * _BEFORE]}\n{' ' * (error.column - 1 - first)}^", language=None)
        case QueryTimeout():
            problem(text("ask.timeout"), text("ask.timeout_detail", seconds=f"{settings().time_limit:g}"))
        case QueryBusy():
            problem(text("ask.busy"), text("ask.busy_detail"))
        case QueryRefused():
            problem(text("ask.refused"), escape(error))
        case _:
            problem(text("ask.failed"), escape(error))
