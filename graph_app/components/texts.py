"""The words and numbers of the screen, in English and Czech, and the language that the reader chose."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import streamlit as st
from babel.numbers import format_decimal, format_percent
from ruamel.yaml import YAML

from loaders.findings import LANGUAGES

__all__ = ["LANGUAGE_KEY", "catalogue", "choose_language", "in_language", "language", "number", "percent", "text"]

#: Query parameter of the chosen language.
LANGUAGE_KEY = "lang"
_CHOSEN = "_language"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every text of the screen.

    :returns: key to language to text.
    """
    content = files("graph_app.components").joinpath("texts.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(content)
    return found


def language() -> str:
    """Return the language of the address, else the one that the reader chose last, else English.

    :returns: one of :data:`loaders.findings.LANGUAGES`.
    """
    asked = st.query_params.get(LANGUAGE_KEY)
    chosen = asked if asked in LANGUAGES else st.session_state.get(_CHOSEN)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def choose_language(chosen: str) -> None:
    """Keep a language for this page and those that its reader opens next.

    :param chosen: one of :data:`loaders.findings.LANGUAGES`.
    """
    st.session_state[_CHOSEN] = chosen
    stated = chosen if chosen != LANGUAGES[0] else None
    if st.query_params.get(LANGUAGE_KEY) == stated:
        return
    if stated:
        st.query_params[LANGUAGE_KEY] = stated
    else:
        del st.query_params[LANGUAGE_KEY]


def text(key: str, **values: object) -> str:
    """Return a text of the screen in the reader's language.

    :param key: key in ``texts.yaml``.
    :param values: what the text names in braces; escape values that come from data or from people first. Whole numbers
        are counts; what is a name in digits, such as a year or a line, comes as text.
    :returns: the text.
    :raises KeyError: if there is no such text.
    """
    said = {name: number(value) if isinstance(value, int) else value for name, value in values.items()}
    return catalogue()[key][language()].format(**said)


def number(value: float, places: int = 0) -> str:
    """Write a number as the reader's language writes it.

    :param value: the number.
    :param places: decimal places.
    """
    form = f"#,##0.{'0' * places}" if places else "#,##0"
    return str(format_decimal(value, format=form, locale=language()))


def percent(share: float, places: int = 0) -> str:
    """Write a share of one in percent, as the reader's language writes it.

    :param share: the share.
    :param places: decimal places at most.
    """
    return str(format_percent(round(share, 2 + places), locale=language(), decimal_quantization=False))


def in_language(texts: Mapping[str, str]) -> str:
    """Choose from texts that come with the data.

    :param texts: language to text.
    :returns: the text in the reader's language, else in English, else any, else an empty one.
    """
    return texts.get(language()) or texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")
