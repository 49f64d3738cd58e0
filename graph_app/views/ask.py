"""Ask: the question library with a form for each question, and a box for SPARQL."""

from collections.abc import Mapping

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.escape import escape
from graph_app.components.fields import field
from graph_app.components.header import header
from graph_app.components.sparql import show_query
from graph_app.components.texts import in_language, language, text
from graph_app.questions.catalogue import GROUPS, Question, questions, with_prefixes
from graph_app.questions.parameters import Parameter, ParameterError, bind, parse, read
from graph_app.views.answers import show_answer
from graph_app.views.reading import entities, settings

__all__ = ["show"]

_LIBRARY, _SPARQL = "library", "sparql"
_LONGEST_QUERY = 20_000

#: What the SPARQL box starts with.
_EXAMPLE = """SELECT ?project ?title ?start
WHERE {
  ?project a ig:Project ;
    dct:title ?title .
  OPTIONAL { ?project ig:startDate ?start }
}
ORDER BY ?start
LIMIT 20
"""


def show() -> None:
    """Draw the page."""
    header(text("page.ask"), text("ask.intro"))
    start = _SPARQL if "q" in st.query_params else _LIBRARY
    mode = st.segmented_control(
        text("ask.mode"),
        (_LIBRARY, _SPARQL),
        default=start,
        required=True,
        format_func=lambda name: text(f"ask.{name}"),
        key=f"ask mode {language()}",
        label_visibility="collapsed",
    )
    if mode == _SPARQL:
        _write()
    else:
        _choose()


def _choose() -> None:
    library = questions()
    left, right = st.columns(2, gap="medium")
    with left:
        found = _question(library)
        if found is None:
            st.caption(text("ask.none_match"))
            return
    with right:
        values = _form(found)
    # Tables are wide: the answer has the whole page.
    st.subheader(escape(in_language(found.summary)), anchor=False)
    if found.description:
        st.markdown(escape(in_language(found.description)))
    try:
        terms = read(found.params, values, base=settings().base)
    except ParameterError as error:
        st.info(escape(error), icon=":material/edit:")
        return
    show_answer(found, values)
    show_query(with_prefixes(bind(found.text, terms)))


def _question(library: Mapping[str, Question]) -> Question | None:
    asked = st.query_params.get("question", "")
    groups = [group for group in GROUPS if any(question.group == group for question in library.values())]
    group = st.pills(
        text("ask.group"),
        groups,
        default=library[asked].group if asked in library else None,
        format_func=lambda name: text(f"ask.group.{name}"),
        key=f"ask group {language()}",
    )
    tags = sorted({tag for question in library.values() if group in (None, question.group) for tag in question.tags})
    tag = st.selectbox(text("ask.tag"), tags, index=None, placeholder=text("any"), key=f"ask tag {group}")
    names = [
        name
        for name, question in library.items()
        if group in (None, question.group) and (tag is None or tag in question.tags)
    ]
    if not names:
        return None
    chosen = st.selectbox(
        text("ask.question"),
        names,
        index=names.index(asked) if asked in names else 0,
        format_func=lambda name: in_language(library[name].summary),
        key=f"ask question {group} {tag} {language()}",
    )
    if chosen != asked:
        for name in [name for name in st.query_params if name.startswith("p.")]:
            del st.query_params[name]
    remember("question", [chosen])
    return library[chosen]


def _form(question: Question) -> Mapping[str, list[str]]:
    if not question.params:
        return {}
    values: dict[str, list[str]] = {}
    with st.form(f"form {question.name}", border=True):
        for parameter in question.params:
            given = st.query_params.get_all(f"p.{parameter.name}") or ([parameter.default] if parameter.default else [])
            choices = entities(parameter.type)
            if choices:
                given = [iri for value in given if (iri := _full(parameter, value))]
            values[parameter.name] = field(
                parameter, choices, given, key=f"{question.name} {parameter.name} {language()}"
            )
        st.caption(text("ask.required"))
        st.form_submit_button(text("ask.run"), type="primary", icon=":material/play_arrow:")
    for name, chosen in values.items():
        remember(f"p.{name}", chosen)
    return values


def _full(parameter: Parameter, value: str) -> str:
    """Return the IRI that a value of the address stands for, or nothing where it stands for none."""
    try:
        return parse(parameter, value, base=settings().base).value
    except ParameterError:
        return ""


def _write() -> None:
    with st.form("sparql", border=False):
        query = st.text_area(
            text("ask.query"),
            value=st.query_params.get("q", _EXAMPLE),
            height=260,
            max_chars=_LONGEST_QUERY,
            key="sparql text",
            help=text("ask.query_help"),
        )
        submitted = st.form_submit_button(
            text("ask.run"), type="primary", icon=":material/play_arrow:", shortcut="Ctrl+Enter"
        )
    remember("q", [query] if query.strip() else [])
    st.caption(text("ask.permalink"))
    if query.strip():
        show_answer(Question("query", "", {}, query), {}, again=submitted)
