"""The form for a new entry: begin one, go on with one, and fill it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import streamlit as st

from graph_app.components.downloads import XLSX, prepared_download
from graph_app.components.form.around import Around, Graph
from graph_app.components.form.languages import draw_languages
from graph_app.components.form.sheet import draw_sheet
from graph_app.components.form.told import draw_told
from graph_app.components.messages import problem, refusal
from graph_app.components.texts import language, text
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.draft_check import Checked, check_draft
from graph_app.stewardship.drafts import Draft, open_draft
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.form import Form
from graph_app.stewardship.form_drafts import FORM, begin_form, form_of, save_form, workbook_of
from graph_app.stewardship.form_findings import at_fields
from graph_app.views.acting import attempt
from graph_app.views.entry_names import name_in_entries
from graph_app.views.entry_ways import DRAFT
from graph_app.views.reading import answer, reference, references, settings
from loaders.errors import SourceError
from loaders.findings import Severity
from loaders.identifiers import is_iri
from loaders.model import ENTITIES
from loaders.template.filled import Filled
from loaders.template.sheets import sheets

__all__ = ["FORM", "begin_form_box", "show_form"]

_LONGEST_TITLE = 500
#: Answers up to which ``queries/views/named.rq`` gives all that there are.
_MANY = 300


@dataclass
class _Open:
    """A form as this window has it.

    :param form: what is filled in.
    :param draft: the draft where it was kept last.
    :param kept: what was filled in then.
    :param checked: the check of that.
    :param all_told: whether what is missing is told too.
    """

    form: Form
    draft: Draft
    kept: Filled
    checked: Checked
    all_told: bool = False


def show_form(ident: str, actor: Actor) -> None:
    """Draw a form that somebody fills in.

    :param ident: id of its draft.
    :param actor: whose draft it is.
    """
    try:
        opened = _opened(ident, actor)
    except (StewardshipError, SourceError) as error:
        problem(text("form.not_here"), refusal(error))
        with st.container(horizontal=True):
            st.button(text("form.on"), on_click=_go, args=({DRAFT: ident},))
            st.button(text("form.back"), on_click=_go, args=({},))
        return
    try:
        _keep(opened, actor)
    except StewardshipError as error:
        problem(text("form.not_saved"), refusal(error))
    _draw(opened)


def begin_form_box(actor: Actor) -> None:
    """Draw what begins a form.

    :param actor: who begins it.
    """
    with st.container(border=True):
        st.subheader(text("form.title"), anchor=False)
        st.markdown(text("form.intro"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            title = st.text_input(text("form.project"), key="form title", max_chars=_LONGEST_TITLE)

            def work() -> None:
                st.query_params[FORM] = begin_form(title, language(), actor, settings()).id

            if st.button(text("form.begin"), key="form begin", type="primary"):
                attempt(work, text("form.beginning"), "")


def _go(parameters: Mapping[str, str]) -> None:
    """Leave the form for what other parameters name."""
    for name in (FORM, DRAFT):
        st.query_params.pop(name, None)
    st.query_params.update(parameters)


def _opened(ident: str, actor: Actor) -> _Open:
    """Return the form as this window has it; one that was changed elsewhere and not here is read anew."""
    key, draft = f"open form {ident}", open_draft(ident, actor, settings())
    opened: _Open | None = st.session_state.get(key)
    if opened is None or (opened.draft.version != draft.version and opened.form.filled == opened.kept):
        filled = form_of(draft)
        opened = _Open(Form(filled), draft, filled, check_draft(draft, settings()))
        st.session_state[key] = opened
    return opened


def _keep(opened: _Open, actor: Actor) -> None:
    """Keep what was filled in since, and check it."""
    if opened.form.filled != opened.kept:
        opened.draft = save_form(opened.draft, opened.form.filled, actor, settings())
        opened.kept = opened.form.filled
        opened.checked = check_draft(opened.draft, settings())


def _draw(opened: _Open) -> None:
    # Many fields of one form ask for the same; answers hold for one drawing.
    graph = Graph(cache(_offered), _found, cache(_named))
    findings = at_fields(opened.kept, opened.checked.findings)
    around = Around(f"{opened.draft.id} {id(opened.form)}", opened.form, graph, findings, opened.all_told)
    _bar(opened, "top")
    draw_languages(around)
    elsewhere = [found for spot, members in findings.items() if not spot.sheet for found in members]
    draw_told([found for found in elsewhere if found.severity is not Severity.INFO], "", key="form", accept=None)
    for sheet in sheets():
        draw_sheet(sheet, around)
    _bar(opened, "bottom")


def _bar(opened: _Open, place: str) -> None:
    counted = {severity: sum(one.severity is severity for one in opened.checked.findings) for severity in Severity}
    with st.container(horizontal=True, vertical_alignment="center"):
        said = text("form.counted", violations=counted[Severity.VIOLATION], warnings=counted[Severity.WARNING])
        st.markdown(said, width="content")
        on = {DRAFT: opened.draft.id}
        st.button(text("form.check"), key=f"form check {place}", on_click=_tell_all, args=(opened,))
        st.button(text("form.on"), key=f"form on {place}", type="primary", on_click=_go, args=(on,))
        if place == "bottom":
            prepared_download(text("form.workbook"), workbook_of(opened.draft), opened.draft.name, XLSX)
        st.button(text("form.back"), key=f"form back {place}", on_click=_go, args=({},), help=text("form.back_note"))
    if opened.all_told and opened.checked.accepted:
        st.success(text("form.ready"), icon=":material/check_circle:")


def _tell_all(opened: _Open) -> None:
    opened.all_told = True


def _offered(kind: str) -> Mapping[str, str]:
    """Return the entities of a kind to pick from; none where there are too many to offer them all."""
    rows = list(answer("named", **{"class": str(ENTITIES[kind].type)}))
    return _addresses([row["entity"].value for row in rows]) if len(rows) < _MANY else {}


def _found(kind: str, name: str) -> Mapping[str, str]:
    rows = answer("named", **{"class": str(ENTITIES[kind].type), "text": name})
    return _addresses([row["entity"].value for row in rows])


def _addresses(iris: Sequence[str]) -> Mapping[str, str]:
    named = references(iris)
    return {name_in_entries(named[iri], settings().base) or iri: named[iri].label for iri in iris}


def _named(address: str) -> str:
    return reference(address if is_iri(address) else settings().base + address).label
