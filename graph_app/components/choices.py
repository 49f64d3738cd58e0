"""Pickers over entities whose choice stands in the address of the page."""

from collections.abc import Callable, Collection, Iterable, Sequence

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.texts import language, text
from loaders.normalise.folding import fold

__all__ = [
    "NOTHING",
    "choose_kept",
    "choose_many",
    "choose_one",
    "choose_segment",
    "choose_value",
    "forget",
    "remember",
]

#: Stands in an address where nothing is chosen on purpose.
NOTHING = "none"
_IN_A_LINE = 5
#: A picker searches in the browser among as many choices; of more, the server sends those that fit a search.
_MOST_SENT = 500


def remember(name: str, values: Sequence[str]) -> None:
    """Write a choice into the address of the page, or take it out where there is none.

    :param name: query parameter.
    :param values: its values.
    """
    if list(values) == st.query_params.get_all(name):
        return
    if values:
        st.query_params[name] = list(values)
    else:
        del st.query_params[name]


def choose_many(
    name: str, label: str, options: Sequence[Reference], short: Callable[[str], str], usual: Collection[str] = ()
) -> list[str]:
    """Draw a picker of several entities, bound to a query parameter.

    :param name: query parameter.
    :param label: label of the picker.
    :param options: the choices.
    :param short: IRI to what stands for it in the address.
    :param usual: IRIs of what is chosen where the address says nothing.
    :returns: IRIs of the chosen entities.
    """
    asked = st.query_params.get_all(name)
    kept = st.session_state.get(_key(name)) or [one.iri for one in options if asked and short(one.iri) in asked]
    by_iri = {option.iri: option for option in _sent(name, label, options, kept)}
    chosen = st.multiselect(
        label,
        list(by_iri),
        default=[iri for iri in by_iri if (short(iri) in asked if asked else iri in usual)],
        format_func=lambda iri: by_iri[iri].label,
        placeholder=text("any"),
        key=_key(name),
    )
    as_usual = set(chosen) == set(usual)
    remember(name, [] if as_usual else [short(iri) for iri in chosen] or [NOTHING])
    return list(chosen)


def choose_kept(name: str, label: str, options: Sequence[Reference], short: Callable[[str], str] = str) -> str:
    """Draw a picker of one entity, bound to a query parameter.

    :param name: query parameter.
    :param label: label of the picker.
    :param options: the choices.
    :param short: IRI to what stands for it in the address.
    :returns: IRI of the chosen entity, or empty.
    """
    asked = st.query_params.get(name, "")
    kept = st.session_state.get(_key(name)) or next(
        (one.iri for one in options if asked and short(one.iri) == asked), ""
    )
    by_iri = {option.iri: option for option in _sent(name, label, options, [kept])}
    start = next((place for place, iri in enumerate(by_iri) if short(iri) == asked), None) if asked else None
    chosen = st.selectbox(
        label,
        list(by_iri),
        index=start,
        format_func=lambda iri: by_iri[iri].label,
        placeholder=text("type_to_find"),
        key=_key(name),
    )
    remember(name, [short(chosen)] if chosen else [])
    return chosen or ""


def choose_segment(
    name: str, label: str, options: Sequence[str], words: Callable[[str], str], *, unless: str = ""
) -> str:
    """Draw a choice of one of a few things, bound to a query parameter; the first is the usual one.

    :param name: query parameter.
    :param label: label of the choice.
    :param options: the choices.
    :param words: option to what the screen says.
    :param unless: what is chosen where the address says nothing, if that is not the first.
    :returns: the chosen one.
    """
    asked = st.query_params.get(name, "") or unless
    # Segments stand in one line and are cut where it ends; pills go on in the next.
    draw = st.segmented_control if len(options) <= _IN_A_LINE else st.pills
    chosen = draw(
        label,
        options,
        default=asked if asked in options else options[0],
        required=True,
        format_func=words,
        key=_key(name),
    )
    remember(name, [chosen] if chosen != (unless or options[0]) else [])
    return chosen


def choose_value(
    name: str, label: str, options: Sequence[str], usual: str = "", *, words: Callable[[str], str] = str
) -> str:
    """Draw a choice of one of many values, such as years, bound to a query parameter.

    :param name: query parameter.
    :param label: label of the choice.
    :param options: the choices; a value that the address holds is one as well.
    :param usual: what is chosen where the address says nothing; where it is empty, there may be no choice.
    :param words: value to what the screen says.
    :returns: the chosen value, or empty.
    """
    asked = st.query_params.get(name, "") or usual
    known = [*options, *([asked] if asked and asked not in options else [])]
    chosen = st.selectbox(
        label,
        known,
        index=known.index(asked) if asked else None,
        format_func=words,
        placeholder=text("any"),
        key=_key(name),
    )
    remember(name, [chosen] if chosen and chosen != usual else [])
    return chosen or ""


def forget(names: Iterable[str]) -> None:
    """Let pickers start anew from what the address says, as after a view was opened.

    :param names: their query parameters.
    """
    for name in names:
        st.session_state.pop(_key(name), None)


def choose_one(name: str, label: str, options: Sequence[Reference], *, placeholder: str) -> str | None:
    """Draw a picker of one entity.

    :param name: key of the picker.
    :param label: its label.
    :param options: the choices.
    :param placeholder: what stands in it before anything is chosen.
    :returns: IRI of the chosen entity.
    """
    by_iri = {option.iri: option for option in _sent(name, label, options, [st.session_state.get(_key(name)) or ""])}
    return st.selectbox(
        label,
        list(by_iri),
        index=None,
        format_func=lambda iri: by_iri[iri].label,
        placeholder=placeholder,
        key=_key(name),
    )


def _sent(name: str, label: str, options: Sequence[Reference], kept: Collection[str]) -> Sequence[Reference]:
    """Draw a search where there are too many choices to send, and return what fits it and what is chosen already."""
    if len(options) <= _MOST_SENT:
        return options
    told = text("find_among", label=label, count=len(options))
    sought = st.text_input(told, key=_key(f"find {name}"), placeholder=text("type_to_find"))
    words = fold(sought).split()
    fitting = [one for one in options if all(word in fold(one.label) for word in words)] if words else options
    if len(fitting) > _MOST_SENT:
        st.caption(text("found_many", shown=_MOST_SENT, count=len(fitting)))
    sent = fitting[:_MOST_SENT]
    missing = set(kept).difference(one.iri for one in sent)
    return [*(one for one in options if one.iri in missing), *sent]


def _key(name: str) -> str:
    return f"{name} {language()}"
