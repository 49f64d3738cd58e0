"""The words of the screen, in English and Czech, and the language that the reader chose."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import streamlit as st
from ruamel.yaml import YAML

from loaders.findings import LANGUAGES

__all__ = ["LANGUAGE_KEY", "catalogue", "in_language", "language", "text"]

#: Query parameter and widget key of the chosen language.
LANGUAGE_KEY = "lang"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every text of the screen.

    :returns: key to language to text.
    """
    content = files("graph_app.components").joinpath("texts.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(content)
    return found


def language() -> str:
    """Return the language that the reader chose, English if none.

    :returns: one of :data:`loaders.findings.LANGUAGES`.
    """
    chosen = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def text(key: str, **values: object) -> str:
    """Return a text of the screen in the reader's language.

    :param key: key in ``texts.yaml``.
    :param values: what the text names in braces; escape values that come from data or from people first.
    :returns: the text.
    :raises KeyError: if there is no such text.
    """
    return catalogue()[key][language()].format(**values)


def in_language(texts: Mapping[str, str]) -> str:
    """Choose from texts that come with the data.

    :param texts: language to text.
    :returns: the text in the reader's language, else in English, else any, else an empty one.
    """
    return texts.get(language()) or texts.get(LANGUAGES[0]) or next(iter(texts.values()), "")
