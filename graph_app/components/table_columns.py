"""One column of a table of any shape: what it is, and how its cells are read, as choices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.texts import language, percent, text
from loaders.fields import ValueKind
from loaders.schemes import scheme
from loaders.sources.mapped.choices import LEFT_OUT, UNSAID, ColumnChoice, Meaning, meanings
from loaders.sources.mapped.evidence import share_of_dates, share_of_numbers
from loaders.sources.mapped.partings import cut_names, whole_names
from loaders.sources.mapped.readings import DATE_FORMS, NUMBER_FORMS

__all__ = ["Chosen", "Parts", "draw_column"]

_SAMPLES, _SAMPLE_LENGTH = 3, 48
_SEPARATORS = ("", ";", ",", "\n", "|", "/")
_CUTS, _MOST_WHOLE = 4, 60
#: Currencies that come first; any other can be typed.
_CURRENCIES = ("EUR", "CZK", "USD", "GBP", "PLN", "CHF", "HUF")

#: Name of a part of the map to the heading of the column that makes it, and its kind.
Parts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is called when somebody has chosen something of a column; the page is drawn anew after it.

    :param meaning: with what it is.
    :param part: with the part that it belongs to.
    :param setting: with how its cells are read: the name and the texts.
    :param stated: with what is the same in all its cells: the name and the text.
    """

    meaning: Callable[[str], None]
    part: Callable[[str], None]
    setting: Callable[[str, Sequence[str]], None]
    stated: Callable[[str, str], None]


def draw_column(choice: ColumnChoice, values: Sequence[str], parts: Parts, chosen: Chosen, *, key: str) -> None:
    """Draw a column with its samples and choices.

    :param choice: what the map says of it.
    :param values: its values, none of them blank.
    :param parts: the parts that columns of the table fill.
    :param chosen: called with what somebody chooses.
    :param key: what tells its fields from others.
    """
    head, what, how = st.columns([4, 4, 5], vertical_alignment="top")
    samples = list(dict.fromkeys(" ".join(value.split()) for value in values))[:_SAMPLES]
    shown = " · ".join(escape(sample[:_SAMPLE_LENGTH]) for sample in samples) or text("columns.blank")
    head.markdown(f"**{escape(choice.heading)}**  \n:small[{shown}]")
    with what:
        words = (UNSAID, LEFT_OUT, *meanings())
        label = text("columns.what", heading=choice.heading)
        _select(label, words, choice.meaning, _called, chosen.meaning, key=f"{key} what")
    with how:
        if not choice.simple:
            st.caption(text("columns.not_simple"))
        elif (meaning := meanings().get(choice.meaning)) is not None:
            _draw_reading(choice, meaning, values, parts, chosen, key)
        elif choice.reason:
            st.caption(escape(choice.reason))


def _called(word: str) -> str:
    """Return the name of a meaning, with what it belongs to."""
    if word in (LEFT_OUT, UNSAID):
        return text("columns.left_out" if word == LEFT_OUT else "columns.unsaid")
    meaning = meanings().get(word)
    return f"{meaning.whose(language())} · {meaning.name(language()) or text('columns.id')}" if meaning else word


def _draw_reading(
    choice: ColumnChoice,
    meaning: Meaning,
    values: Sequence[str],
    parts: Parts,
    chosen: Chosen,
    key: str,
) -> None:
    """Draw how the cells of a column are read, as far as that is not plain."""
    heading = choice.heading
    if meaning.key == "organisation.name":
        _concept("roles", "role", text("columns.role", heading=heading), choice, chosen, key)
        _same_name(choice, chosen, key)
    elif meaning.key == "amount.value":
        _concept("amount-kinds", "amount_kind", text("columns.amount_kind", heading=heading), choice, chosen, key)
        _currency(choice, chosen, key)
    else:
        _owner(choice, meaning, parts, chosen, key)
    if meaning.value_kind is ValueKind.DATE and meaning.field != "id":
        shares = {form: share_of_dates(values, form) for form in ("", *DATE_FORMS[1:])}
        _form("date", text("columns.date", heading=heading), shares, choice, chosen, key)
    elif meaning.value_kind in {ValueKind.DECIMAL, ValueKind.INTEGER} and meaning.field != "id":
        currency = (choice.stated or {}).get("currency", "")
        shares = {form: share_of_numbers(values, form, currency) for form in NUMBER_FORMS}
        _form("number", text("columns.number", heading=heading), shares, choice, chosen, key)
    if meaning.many:
        _split(choice, meaning, values, chosen, key)


def _concept(name: str, field: str, label: str, choice: ColumnChoice, chosen: Chosen, key: str) -> None:
    """Draw the choice of what all cells of a column share, from one of the graph's lists."""
    concepts = {concept.key: concept.label(language()) for concept in scheme(name).concepts}
    found = scheme(name).find((choice.stated or {}).get(field, ""))
    current = scheme(name).key(found) if found is not None else ""

    def state(word: str) -> None:
        chosen.stated(field, word)

    named = {"": text("columns.none"), **concepts}
    _select(label, list(named), current, named.__getitem__, state, key=f"{key} {field}")


def _same_name(choice: ColumnChoice, chosen: Chosen, key: str) -> None:
    """Draw whether a name means one organisation in the whole table, which nobody but a person can know."""
    state_key = f"{key} identity"
    st.session_state[state_key] = bool((choice.stated or {}).get("identity"))

    def state() -> None:
        chosen.stated("identity", "name" if st.session_state[state_key] else "")

    st.checkbox(text("columns.same_name", heading=choice.heading), key=state_key, on_change=state)


def _currency(choice: ColumnChoice, chosen: Chosen, key: str) -> None:
    current = (choice.stated or {}).get("currency", "")
    options = list(dict.fromkeys(("", *_CURRENCIES, *([current] if current else []))))

    def state(word: str) -> None:
        chosen.stated("currency", word)

    label = text("columns.currency", heading=choice.heading)
    _select(label, options, current, lambda word: word or text("columns.none"), state, key=f"{key} currency", new=True)
    if not current:
        st.caption(f":material/warning: {text('columns.no_currency')}")


def _owner(choice: ColumnChoice, meaning: Meaning, parts: Parts, chosen: Chosen, key: str) -> None:
    """Draw to which of several organisations or sums a column belongs."""
    own = {part: heading for part, (heading, kind) in parts.items() if kind == meaning.kind}
    if len(own) > 1 and choice.part in own:
        label = text("columns.owner", heading=choice.heading)
        _select(label, list(own), choice.part, own.__getitem__, chosen.part, key=f"{key} owner")


def _form(name: str, label: str, shares: Mapping[str, float], choice: ColumnChoice, chosen: Chosen, key: str) -> None:
    """Draw the choice of a form, each with how many values have it."""
    stated = choice.setting(name)
    current = stated[0] if stated else ""
    options = list(dict.fromkeys((*shares, current)))

    def called(form: str) -> str:
        shown = form or text("columns.usual_date" if name == "date" else "columns.none")
        return f"{shown} · {text('columns.fits', share=percent(shares.get(form, 0)))}" if form in shares else shown

    def state(form: str) -> None:
        chosen.setting(name, [form] if form else [])

    _select(label, options, current, called, state, key=f"{key} {name}")


def _split(choice: ColumnChoice, meaning: Meaning, values: Sequence[str], chosen: Chosen, key: str) -> None:
    """Draw what parts several values of a cell, what would be cut, and what stays whole."""
    stated = choice.setting("split")
    current = stated[0] if stated else ""
    options = list(dict.fromkeys((*_SEPARATORS, current)))
    names = {"": text("columns.one_value"), "\n": text("columns.line_end")}

    def split(sign: str) -> None:
        chosen.setting("split", [sign] if sign else [])

    label = text("columns.split", heading=choice.heading)
    _select(label, options, current, lambda sign: names.get(sign, f"“{sign}”"), split, key=f"{key} split")
    if not current:
        return
    whole = choice.setting("whole")
    cuts = cut_names(values, current, whole)
    lines = [f"{escape(value)} → {' :gray[|] '.join(f'**{escape(name)}**' for name in names)}" for value, names in cuts]
    told = text("columns.cuts", count=len(cuts)) if cuts else text("columns.no_cuts")
    st.caption("  \n".join([told, *lines[:_CUTS], *(["…"] if len(lines) > _CUTS else [])]))
    if meaning.kind == "organisation":
        _whole(whole, whole_names(values, current), choice, chosen, key)


def _whole(whole: Sequence[str], offered: Sequence[str], choice: ColumnChoice, chosen: Chosen, key: str) -> None:
    options = list(dict.fromkeys((*whole, *offered)))[: _MOST_WHOLE + len(whole)]
    state_key = f"{key} whole"
    st.session_state[state_key] = list(whole)

    def state() -> None:
        chosen.setting("whole", list(st.session_state[state_key]))

    st.multiselect(
        text("columns.whole", heading=choice.heading),
        options,
        key=state_key,
        on_change=state,
        placeholder=text("choose"),
    )


def _select(
    label: str,
    options: Sequence[str],
    current: str,
    called: Callable[[str], str],
    on_choice: Callable[[str], None],
    *,
    key: str,
    new: bool = False,
) -> None:
    """Draw a choice that always shows what the map says, whoever has changed it."""
    known = list(options) if current in options else [current, *options]
    st.session_state[key] = current
    st.selectbox(
        label,
        known,
        format_func=called,
        key=key,
        on_change=lambda: on_choice(st.session_state[key] or ""),
        accept_new_options=new,
        label_visibility="collapsed" if key.endswith("what") else "visible",
    )
