"""The part of Ask where a question of the library is chosen and its form filled in."""

from collections.abc import Mapping

import streamlit as st

from graph_app.components.choices import remember
from graph_app.components.fields import field
from graph_app.components.texts import in_language, language, text
from graph_app.questions.catalogue import GROUPS, Question, questions
from graph_app.questions.parameters import Parameter, ParameterError, parse
from graph_app.views.answer_share import VIEW
from graph_app.views.reading import entities, settings

__all__ = ["choose_question"]


def choose_question() -> tuple[Question, Mapping[str, list[str]]] | None:
    """Draw the library and the form of the chosen question.

    :returns: the question and its values, or ``None`` where none is left to choose.
    """
    library = questions()
    left, right = st.columns(2, gap="medium")
    with left:
        found = _question(library)
        if found is None:
            st.caption(text("ask.none_match"))
            return None
    with right:
        return found, _form(found)


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
        for name in [name for name in st.query_params if name.startswith("p.") or (asked and name in VIEW)]:
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
