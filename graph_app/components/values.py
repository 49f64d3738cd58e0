"""Values of the graph as people read them."""

from graph_app.components.texts import language, text
from graph_app.questions.results import XSD, Term

__all__ = ["shown"]

_NARROW_SPACE = "\u202f"
_NUMBERS = frozenset(XSD + name for name in ("decimal", "integer", "nonNegativeInteger", "positiveInteger"))


def shown(term: Term | None) -> str:
    """Write a literal for the screen; numbers keep every digit.

    :param term: a literal, or ``None``.
    :returns: the text, empty for ``None``.
    """
    if term is None:
        return ""
    if term.datatype == XSD + "boolean":
        return text("yes") if term.value in {"true", "1"} else text("no")
    if term.datatype in _NUMBERS:
        whole, point, fraction = term.value.partition(".")
        comma = "," if language() == "cs" else "."
        return f"{int(whole):,}".replace(",", _NARROW_SPACE) + (comma + fraction if point else "")
    return term.value
