"""Text from data and from people made safe for Streamlit's Markdown."""

import re

__all__ = ["escape"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"\s+")
# Streamlit looks for these after the backslashes are gone: icons, emoji and coloured text, and bare addresses.
_LATE = re.compile(r"(:)(?=[a-z+][\w+-]*[:\[/])|(?<=http)(s?:)(?=//)|(www)(?=\.)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def escape(text: object) -> str:
    """Make a text stand on the screen as it is: no link, image, icon, colour or layout comes from it.

    :param text: any text, such as a title from the graph or the name of an uploaded file.
    :returns: one line of Markdown that shows it.
    """
    line = _SPACES.sub(" ", str(text)).strip()
    broken = _LATE.sub(lambda match: match[0] + _WORD_JOINER, line)
    return _PUNCTUATION.sub(r"\\\1", broken)
