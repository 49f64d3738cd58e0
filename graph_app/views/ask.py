"""Ask: the question library with a form for each question, and an editor of SPARQL."""

from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.choices import choose_segment
from graph_app.components.escape import escape
from graph_app.components.header import header
from graph_app.components.messages import problem
from graph_app.components.sparql import show_query
from graph_app.components.texts import in_language, language, text
from graph_app.questions.catalogue import Question, with_prefixes
from graph_app.questions.coverage import lacking, shares_of
from graph_app.questions.parameters import ParameterError, bind, read
from graph_app.questions.saved import SavedError, read_saved
from graph_app.views.answer_parts import show_parts
from graph_app.views.answer_share import show_share
from graph_app.views.answers import answer_to
from graph_app.views.ask_editor import shown_again, write
from graph_app.views.ask_library import choose_question
from graph_app.views.faults import say_faults
from graph_app.views.reading import ask, settings

__all__ = ["show"]

_LIBRARY, _SPARQL = "library", "sparql"


def show() -> None:
    """Draw the page."""
    header(text("page.ask"), text("ask.intro"))
    _open_saved()
    mode = choose_segment(
        "mode",
        text("ask.mode"),
        (_LIBRARY, _SPARQL),
        lambda name: text(f"ask.{name}"),
        unless=_SPARQL if "q" in st.query_params else _LIBRARY,
    )
    if mode == _SPARQL:
        asked = write()
        if asked.text.strip():
            _answer(Question("query", "", {}, asked.text), {}, asked.text, asked.title, again=asked.again)
            shown_again(asked.text)
    else:
        _choose()


def _choose() -> None:
    chosen = choose_question()
    if chosen is None:
        return
    question, values = chosen
    # Tables are wide: the answer has the whole page.
    title = in_language(question.summary)
    st.subheader(escape(title), anchor=False)
    if question.description:
        st.markdown(escape(in_language(question.description)))
    try:
        query = bind(question.text, read(question.params, values, base=settings().base))
    except ParameterError as error:
        st.info(escape(error), icon=":material/edit:")
        return
    _answer(question, values, query, title)
    show_query(with_prefixes(query))


def _answer(
    question: Question, values: Mapping[str, Sequence[str]], query: str, title: str, *, again: bool = False
) -> None:
    found = answer_to(question, values, again=again)
    if found is not None:
        show_parts(found, question)
        with say_faults():
            if missing := lacking(shares_of(question, values, ask), language()):
                st.caption(escape(missing))
        show_share(found, with_prefixes(query), title)


def _open_saved() -> None:
    """Put a kept query, and how its answer is drawn, into the address in place of its name."""
    slug = st.query_params.get("saved", "")
    if not slug:
        return
    del st.query_params["saved"]
    try:
        kept = read_saved(settings().home, slug)
    except SavedError as error:
        problem(text("save.not_opened"), escape(error))
        return
    for name, value in kept.view.items():
        st.query_params[name] = value
    st.query_params["q"] = kept.text
