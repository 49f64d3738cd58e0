"""Text from data and from people made safe for Streamlit's Markdown."""

import re

__all__ = ["escape"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"\s+")
# Streamlit looks for these after the backslashes are gone: icons, emoji and coloured text, bare addresses and e-mail,
# and signs that it draws as arrows, dashes and comparisons.
_LATE = re.compile(
    r"(:)(?=[a-z+][\w+-]*[:\[/])|(?<=http)(s?:)(?=//)|(?<=www)(\.)|(?<=[\w.+-])(@)(?=[\w-]+\.[\w-])"
    r"|(?<!\S)(<?->|<-|--|[<>~]=)(?!\S)",
    re.IGNORECASE,
)
_WORD_JOINER = "\u2060"


def escape(text: object) -> str:
    """Make a text stand on the screen as it is: no link, image, icon, colour or layout comes from it.

    :param text: any text, such as a title from the graph or the name of an uploaded file.
    :returns: one line of Markdown that shows it.
    """
    line = _SPACES.sub(" ", str(text)).strip()
    # Before the dot of "www.", after which anything would still make a link; elsewhere after what begins one.
    broken = _LATE.sub(lambda match: _WORD_JOINER + match[0] if match[3] else match[0] + _WORD_JOINER, line)
    return _PUNCTUATION.sub(r"\\\1", broken)
