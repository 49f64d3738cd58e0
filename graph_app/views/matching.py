"""What the organisations and projects of a draft may be in the graph already."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.matches import Shown, draw_decided, draw_mention
from graph_app.components.messages import refusal
from graph_app.components.texts import language, text
from graph_app.identity.entry import suggestions_for
from graph_app.identity.graph import known_names
from graph_app.identity.likeness import Relation
from graph_app.identity.mentions import Mention
from graph_app.identity.suggestions import Suggestion
from graph_app.questions.current import current_engine
from graph_app.stewardship.draft_check import Checked
from graph_app.stewardship.drafts import Draft, edit_draft, readable
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.map_matching import can_refer, decided, refer, take_back
from graph_app.stewardship.match_choices import Choice, Pair, choices_of, keep_choice
from graph_app.stewardship.matching import use_existing
from graph_app.stewardship.table_map import change_map
from graph_app.views.entry_ways import do
from graph_app.views.reading import answer, references, release, settings
from loaders.datasets import Dataset
from loaders.errors import SourceError
from loaders.normalise.names import lookup_key

__all__ = ["show_matches"]

#: Entries with more are looked through by the command, a page each time would be too slow.
_MOST = 200
_TEMPLATE, _MAPPED = "template", "mapped"
#: Format to what is said of suggestions: how its files can name what the graph has.
_NOTES = {_TEMPLATE: "matches.note", _MAPPED: "matches.note_mapped"}

_Found = Sequence[tuple[Mention, Sequence[Suggestion]]]


def show_matches(draft: Draft, checked: Checked) -> None:
    """Draw what the organisations and projects of a draft may be, if anything, and what was decided of them.

    :param draft: the draft.
    :param checked: its check.
    """
    if checked.dataset is None or not checked.understood.counts:
        return
    with st.spinner(text("matches.looking")):
        found, left_out = _found(draft.version, release().version, draft, checked.dataset)
    chosen = choices_of(draft)
    open_: list[tuple[Mention, Sequence[Suggestion]]] = [
        (mention, left)
        for mention, suggestions in found
        if (left := [one for one in suggestions if chosen.get((mention.iri, one.iri)) is not Choice.DIFFERENT])
    ]
    declined = [pair for pair, choice in chosen.items() if choice is Choice.DIFFERENT]
    known = _decided(draft)
    if not open_ and not declined and not known:
        return
    groups = list(_grouped(open_)) if checked.form == _MAPPED else [([mention], left) for mention, left in open_]
    likely = any(suggested[0].relation is Relation.SAME for _, suggested in groups)
    title = text("matches.title", count=len(groups))
    with st.expander(title, icon=":material/join_inner:", expanded=likely):
        if known:
            draw_decided(list(_told(draft, known)), key=draft.id)
        st.caption(text(_NOTES.get(checked.form, "matches.note_table")))
        named = references({one.iri for _, suggested in groups for one in suggested})
        for mentions, suggested in groups:
            first = mentions[0]
            shown = [
                Shown(
                    one,
                    named[one.iri],
                    _projects(one.iri) if first.described.kind == "organisation" else None,
                    all(chosen.get((mention.iri, one.iri)) is Choice.UNSURE for mention in mentions),
                    _use(draft, checked, mentions, one),
                    partial(_keep, draft, [(mention.iri, one.iri) for mention in mentions], Choice.DIFFERENT),
                    partial(_keep, draft, [(mention.iri, one.iri) for mention in mentions], Choice.UNSURE),
                    _only(draft, checked, mentions, one),
                    len(mentions),
                )
                for one in suggested
            ]
            draw_mention(first.described.texts, _places(mentions), shown, key=f"{draft.id} {first.iri}")
        if left_out:
            st.caption(text("matches.left_out", count=left_out))
        if declined:
            st.button(
                text("matches.again", count=len(declined)),
                key=f"declined {draft.id}",
                on_click=partial(_keep, draft, declined, None),
                type="tertiary",
            )


@st.cache_resource(max_entries=12, show_spinner=False)
def _found(version: str, release_version: str, _draft: Draft, _dataset: Dataset) -> tuple[_Found, int]:
    """Look up a draft as it is in the release that is current."""
    del version, release_version  # the same question has another answer after the next edit or release
    with current_engine(settings()).lease() as engine, readable(_draft) as (whole, _):
        return suggestions_for(engine, whole, _dataset, base=settings().base, most=_MOST)


def _grouped(found: _Found) -> Iterator[tuple[list[Mention], Sequence[Suggestion]]]:
    """Put mentions of one name together that may be the same: a table names an organisation in many rows."""
    groups: dict[tuple[object, ...], tuple[list[Mention], Sequence[Suggestion]]] = {}
    for mention, suggestions in found:
        same = mention.described.kind != "project" and tuple(sorted(one.iri for one in suggestions))
        key = (mention.described.kind, lookup_key(mention.name), same or mention.iri)
        groups.setdefault(key, ([], suggestions))[0].append(mention)
    yield from groups.values()


def _places(mentions: Sequence[Mention]) -> str:
    rows = [str(mention.place.row) for mention in mentions if mention.place.row is not None]
    first = mentions[0].place.text(language())
    return first if len(rows) < 2 else text("matches.rows", place=first, rows=", ".join(rows[1:_MOST]))


def _use(
    draft: Draft, checked: Checked, mentions: Sequence[Mention], suggestion: Suggestion
) -> Callable[[], None] | None:
    """Return what has the draft refer to what is suggested, or ``None`` where it cannot."""
    if suggestion.relation is not Relation.SAME:
        return None
    if checked.form == _TEMPLATE:
        return partial(_edit, draft, checked, mentions[0], suggestion)
    if draft.stated.map and can_refer(suggestion.iri, settings().base):
        return partial(_refer, draft, mentions[0], suggestion, everywhere=True)
    return None


def _only(
    draft: Draft, checked: Checked, mentions: Sequence[Mention], suggestion: Suggestion
) -> Sequence[tuple[str, Callable[[], None]]]:
    """Return what has one row alone refer to what is suggested, where several could."""
    if len(mentions) == 1 or _use(draft, checked, mentions, suggestion) is None:
        return ()
    return [
        (mention.place.text(language()), partial(_refer, draft, mention, suggestion, everywhere=False))
        for mention in mentions
    ]


def _edit(draft: Draft, checked: Checked, mention: Mention, suggestion: Suggestion) -> None:
    names = _names(mention, suggestion)
    edits = use_existing(checked.sheets, mention, suggestion.iri, names, base=settings().base)
    do(lambda: edit_draft(draft, edits))


def _refer(draft: Draft, mention: Mention, suggestion: Suggestion, *, everywhere: bool) -> None:
    base, names = settings().base, _names(mention, suggestion)

    def change(written: str) -> str:
        return refer(written, mention, suggestion.iri, names, everywhere=everywhere, base=base)

    do(lambda: change_map(draft, change))


def _names(mention: Mention, suggestion: Suggestion) -> Sequence[str]:
    with current_engine(settings()).lease() as engine:
        return known_names(engine).index(engine, mention.described.kind).entities[suggestion.iri].described.texts


def _decided(draft: Draft) -> Sequence[Mapping[str, str]]:
    try:
        return decided(draft.stated.map) if draft.stated.map else ()
    except SourceError:  # the page says already what is wrong with the map
        return ()


def _told(draft: Draft, known: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, Reference, Callable[[], None]]]:
    """Say each decision, with what takes it back."""
    iris = {index: settings().base + stated.get("is", "") for index, stated in enumerate(known)}
    named = references(iris.values())
    for index, stated in enumerate(known):
        name = next((stated[kind] for kind in ("organisation", "project", "programme") if kind in stated), "")
        whole = text("matches.within", name=name, project=stated["in"]) if "in" in stated else name
        back = partial(_back, stated=stated)
        yield whole, named[iris[index]], partial(do, partial(change_map, draft, back))


def _back(written: str, stated: Mapping[str, str]) -> str:
    return take_back(written, stated)


def _keep(draft: Draft, pairs: Sequence[Pair], choice: Choice | None) -> None:
    try:
        for pair in pairs:
            keep_choice(draft, pair, choice)
    except StewardshipError as error:
        st.toast(refusal(error), icon=":material/error:")


def _projects(iri: str) -> int:
    return len({row["project"].value for row in answer("organisation-participations", iri=iri)})
