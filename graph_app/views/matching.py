"""What the organisations and projects of a draft may be in the graph already."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from graph_app.components.matches import Shown, draw_mention
from graph_app.components.messages import refusal
from graph_app.components.texts import language, text
from graph_app.identity.entry import suggestions_for
from graph_app.identity.graph import known_names
from graph_app.identity.likeness import Relation
from graph_app.identity.mentions import Mention
from graph_app.identity.suggestions import Suggestion
from graph_app.questions.current import current_engine
from graph_app.stewardship.draft_check import Checked
from graph_app.stewardship.drafts import Draft, readable
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.errors import StewardshipError
from graph_app.stewardship.match_choices import Choice, Pair, choices_of, keep_choice
from graph_app.stewardship.matching import use_existing
from graph_app.views.reading import answer, references, release, settings
from loaders.datasets import Dataset

__all__ = ["show_matches"]

#: Entries with more are looked through by the command, a page each time would be too slow.
_MOST = 200
#: Formats whose cells can name what the graph has.
_WITH_ADDRESSES = frozenset({"template"})

_Found = Sequence[tuple[Mention, Sequence[Suggestion]]]


def show_matches(draft: Draft, checked: Checked, use: Callable[[Sequence[Edit]], object]) -> None:
    """Draw what the organisations and projects of a draft may be, if anything.

    :param draft: the draft.
    :param checked: its check.
    :param use: makes the edits by which the entry refers to what the graph has; the draft is drawn anew after it.
    """
    if checked.dataset is None:
        return
    with st.spinner(text("matches.looking")):
        found, left_out = _found(draft.version, release().version, draft, checked.dataset)
    chosen = choices_of(draft)
    open_ = [
        (mention, left)
        for mention, suggestions in found
        if (left := [one for one in suggestions if chosen.get((mention.iri, one.iri)) is not Choice.DIFFERENT])
    ]
    declined = [pair for pair, choice in chosen.items() if choice is Choice.DIFFERENT]
    if not open_ and not declined:
        return
    likely = sum(left[0].relation is Relation.SAME for _, left in open_)
    title = text("matches.title", count=len(open_))
    with st.expander(title, icon=":material/join_inner:", expanded=bool(likely)):
        st.caption(text("matches.note" if checked.form in _WITH_ADDRESSES else "matches.note_table"))
        named = references({one.iri for _, left in open_ for one in left})
        for mention, left in open_:
            shown = []
            for one in left:
                pair = (mention.iri, one.iri)
                shown.append(
                    Shown(
                        one,
                        named[one.iri],
                        _projects(one.iri) if mention.described.kind == "organisation" else None,
                        chosen.get(pair) is Choice.UNSURE,
                        partial(_use, checked, mention, one, use) if _can_use(checked, one) else None,
                        partial(_keep, draft, [pair], Choice.DIFFERENT),
                        partial(_keep, draft, [pair], Choice.UNSURE),
                    )
                )
            draw_mention(
                mention.described.texts, mention.place.text(language()), shown, key=f"{draft.id} {mention.iri}"
            )
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


def _can_use(checked: Checked, suggestion: Suggestion) -> bool:
    return checked.form in _WITH_ADDRESSES and suggestion.relation is Relation.SAME


def _use(checked: Checked, mention: Mention, suggestion: Suggestion, use: Callable[[Sequence[Edit]], object]) -> None:
    with current_engine(settings()).lease() as engine:
        entity = known_names(engine).index(engine, mention.described.kind).entities[suggestion.iri]
    use(use_existing(checked.sheets, mention, suggestion.iri, entity.described.texts, base=settings().base))


def _keep(draft: Draft, pairs: Sequence[Pair], choice: Choice | None) -> None:
    try:
        for pair in pairs:
            keep_choice(draft, pair, choice)
    except StewardshipError as error:
        st.toast(refusal(error), icon=":material/error:")


def _projects(iri: str) -> int:
    return len({row["project"].value for row in answer("organisation-participations", iri=iri)})
